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
	// Profiles are in the order of the file, the bad ones among them, and so are Views.
	Profiles []Profile
	// Commands are the person's own, those that can be run, in the order of the file.
	Commands []Command
	// Hooks are those that can be told of events, in the order of the file.
	Hooks []Hook
	Views []View
	// Problems are all that is wrong, in the order of the file. Those that
	// name a profile make that profile misconfigured; the others leave the
	// profiles usable.
	Problems []Problem

	// Declarations are the services that the configuration describes itself.
	Declarations []Declaration
	// PassedOver tells of files beside those of services that describe none, which is
	// nothing wrong.
	PassedOver []Problem

	// services are those that the file was read with, and its own.
	services Services
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

// Provider is what is known of the service of a name; ok is false where there is
// none.
func (c *Config) Provider(name string) (p Provider, ok bool) { return c.services.provider(name) }

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
