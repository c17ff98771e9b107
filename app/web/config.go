package web

import (
	"time"
)

// Config is what an operator can set; the zero value is not usable, start from DefaultConfig.
type Config struct {
	// Listen is the address to serve on, ":8080" by default.
	Listen string
	// Secure marks cookies as HTTPS-only and sends HSTS: set it behind a TLS proxy.
	Secure bool
	// Dev serves the component gallery at /dev/gallery.
	Dev bool
	// TrustProxy takes the client's address from X-Forwarded-For, for rate limits behind a reverse proxy.
	TrustProxy bool
	// Version is shown in the footer and written into downloads.
	Version string

	// MaxBody bounds a request body in bytes; larger ones get 413. Plans are at most 5 MB (plan-format, bounds).
	MaxBody int64
	// ShutdownGrace is how long running requests may finish after a stop signal.
	ShutdownGrace time.Duration
	// APIRate is how many API requests a second one address may make, with bursts of twice that.
	APIRate float64
	// PlaceWait is how long a request waits for others to finish computing before it is answered with 503.
	PlaceWait time.Duration
	// PlanMemory is how many bytes the large plans that the API evaluates at a time may take by estimate, and apart
	// from them those of pages. A plan that is larger runs alone.
	PlanMemory int64
	// HashMemory is the memory that hashing a password takes, in KiB. Nothing but a test, which has many passwords to
	// hash and none to protect, sets another than the default.
	HashMemory uint32
}

// DefaultConfig is what `headroom serve` runs with when nothing is set.
func DefaultConfig() Config {
	return Config{
		Listen:        ":8080",
		Version:       "dev",
		MaxBody:       6 << 20, // a 5 MB plan plus its form
		ShutdownGrace: 10 * time.Second,
		APIRate:       50,
		PlaceWait:     10 * time.Second,
		PlanMemory:    384 << 20,
		HashMemory:    argonMemory,
	}
}

const argonMemory = 19 * 1024
