package config

import "time"

// Config is a checked configuration.
type Config struct {
	// Path is the file it was read from.
	Path string
	// DefaultProfile is the active one unless another is chosen; empty for none. Where there is
	// none of that name, that is one of the problems.
	DefaultProfile string
	// RefreshInterval is the time between automatic checks; zero for none.
	RefreshInterval time.Duration
	RequestTimeout  time.Duration
	ExpiryWarning   time.Duration
	UI              UI
	// Profiles are in the order of the file, the bad ones among them.
	Profiles []Profile
	// Problems are all that is wrong, in the order of the file. Those that
	// name a profile make that profile misconfigured; the others leave the
	// profiles usable.
	Problems []Problem

	// providers are those that the file was read with.
	providers []Provider
	// versions are those of the files that this was read from.
	versions map[string]fileVersion
}

// Profile is the one with a name.
func (c *Config) Profile(name string) (p Profile, ok bool) {
	for _, p := range c.Profiles {
		if p.Name == name {
			return p, true
		}
	}
	return Profile{}, false
}

// Names are those of the profiles.
func (c *Config) Names() []string {
	var names []string
	for _, p := range c.Profiles {
		names = append(names, p.Name)
	}
	return names
}

// defaults is the configuration of an empty file.
func defaults(path string) *Config {
	return &Config{
		Path:            path,
		RefreshInterval: time.Minute,
		RequestTimeout:  10 * time.Second,
		ExpiryWarning:   14 * 24 * time.Hour,
		UI:              UI{Theme: "auto", Mouse: true, Avatars: true, Remember: true},
	}
}

// UI is how the dashboard looks and behaves.
type UI struct {
	// Theme is one of auto, dark, light, high-contrast, mono: the one that is
	// named, or that the user's own theme is based on.
	Theme string
	// Colors are the roles that the user's own theme gives another colour,
	// "#rrggbb" or a number up to 255.
	Colors  map[string]string
	Mouse   bool
	Avatars bool
	// Remember is set where the screen is arranged as it was when the dashboard was
	// left.
	Remember bool
	// Notify is set where a change of state is told to the terminal, too.
	Notify bool
	// Keys maps actions of the help screen to the keys that replace theirs.
	Keys map[string][]string
}

// Provider is what a configuration must know of a service.
type Provider struct {
	Name string
	// Alias is another name for it that the file may have; empty for none.
	Alias string
	// DefaultURL is the public address; a profile of a service without one
	// must have a base_url.
	DefaultURL string
	// Basic says whether username and password will do instead of a token.
	Basic bool
}
