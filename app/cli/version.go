package cli

import "runtime/debug"

// release is set by the linker for tagged builds: -ldflags "-X headroom/app/cli.release=v1.0.0".
var release string

// Version names the build: the release, else the commit, else "dev".
func Version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "dev"
}
