package web

import (
	"errors"
	"math"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"headroom/db"
)

// keyedLimiter is a token bucket per key (an address, or an address with an e-mail). Buckets that have refilled are
// forgotten, so memory is bounded by what is active; over maxKeys active keys, new ones share one bucket.
type keyedLimiter struct {
	mu      sync.Mutex
	every   rate.Limit
	burst   int
	buckets map[string]*bucket
}

type bucket struct {
	limiter *rate.Limiter
	used    time.Time
}

const maxKeys = 20_000

// NewKeyedLimiter allows each key a burst of tries, then one for each interval of the limit.
func NewKeyedLimiter(every rate.Limit, burst int) *keyedLimiter {
	return &keyedLimiter{every: every, burst: burst, buckets: map[string]*bucket{}}
}

// Take takes one token of the key's bucket; without one it is a *tooManyError.
func (l *keyedLimiter) Take(key string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.buckets) >= maxKeys {
		l.forget(now)
	}
	if len(l.buckets) >= maxKeys {
		key = ""
	}
	b, ok := l.buckets[key]
	if !ok {
		b = &bucket{limiter: rate.NewLimiter(l.every, l.burst)}
		l.buckets[key] = b
	}
	b.used = now
	if b.limiter.AllowN(now, 1) {
		return nil
	}
	return &tooManyError{seconds: int(math.Ceil((1 - b.limiter.TokensAt(now)) / float64(l.every)))}
}

// tooManyError is errTooMany with the whole seconds until the next try can succeed, at least 1.
type tooManyError struct{ seconds int }

func (e *tooManyError) Error() string        { return errTooMany.Error() }
func (e *tooManyError) Is(target error) bool { return target == errTooMany }

// busySeconds is when a request that found every place taken may try again.
const busySeconds = 5

// SayWhenToRetry adds the header that tells a caller of too many requests, or of a busy server, how long to wait.
func SayWhenToRetry(c echo.Context, err error) {
	var tooMany *tooManyError
	if errors.As(err, &tooMany) {
		c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(max(1, tooMany.seconds)))
	}
	if errors.Is(err, ErrBusy) {
		c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(busySeconds))
	}
}

// forget drops the buckets that are full again.
func (l *keyedLimiter) forget(now time.Time) {
	refill := time.Duration(float64(l.burst) / float64(l.every) * float64(time.Second))
	for key, b := range l.buckets {
		if now.Sub(b.used) > refill {
			delete(l.buckets, key)
		}
	}
}

// limiters are the server's rate limits.
type limiters struct {
	api    *keyedLimiter // by address
	SignIn *keyedLimiter // by address and e-mail: ten tries, then one every twelve seconds
	SignUp *keyedLimiter // by address: twenty accounts, then one every three minutes
}

func newLimiters(c Config) *limiters {
	return &limiters{
		api:    NewKeyedLimiter(rate.Limit(c.APIRate), max(1, int(2*c.APIRate))),
		SignIn: NewKeyedLimiter(rate.Every(12*time.Second), 10),
		SignUp: NewKeyedLimiter(rate.Every(3*time.Minute), 20),
	}
}

// Client is what limits by address count: an IPv4 address, also one that is written as IPv6, and of an IPv6 address its
// first 64 bits, because a subscriber is given at least that many addresses to choose from (RFC 6177).
func Client(c echo.Context) string {
	address, err := netip.ParseAddr(c.RealIP())
	if err != nil {
		return c.RealIP()
	}
	if address = address.Unmap().WithZone(""); address.Is4() {
		return address.String()
	}
	return netip.PrefixFrom(address, 64).Masked().String()
}

// SignInKey is what the limit of signing in counts: a client with an account's address, however that is written.
func SignInKey(c echo.Context, email string) string { return Client(c) + " " + db.EmailKey(email) }

// limitAPI refuses an address that calls the API faster than Config.APIRate.
func (s *Site) limitAPI(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !isAPI(c) {
			return next(c)
		}
		if err := s.Limits.api.Take(Client(c), s.Deps.Now()); err != nil {
			return err
		}
		return next(c)
	}
}
