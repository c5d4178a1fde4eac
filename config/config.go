package config

import (
	"fmt"
	"time"
)

// Config is a checked configuration.
type Config struct {
	// Path is the file it was read from.
	Path string
	// DefaultProfile is selected at start; empty for the first. Where there is
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
	// seen is what was seen of each file that this was read from.
	seen map[string]sighting
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
		UI:              UI{Theme: "auto", Mouse: true, Avatars: true},
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
	// Notify is set where a change of state is told to the terminal, too.
	Notify bool
	// Keys maps actions of the help screen to the keys that replace theirs.
	Keys map[string][]string
}

// Profile is one saved account.
type Profile struct {
	Name     string
	Provider string
	BaseURL  string
	// Token is set, or Username and Password are.
	Token    Credential
	Username string
	Password Credential
	Label    string
	Tags     []string
	// RefreshInterval and RequestTimeout are the profile's own or those of
	// the file.
	RefreshInterval time.Duration
	RequestTimeout  time.Duration

	// CAFile, ClientCert and ClientKey are paths; those that the file gives
	// relative to its own folder come with that folder.
	CAFile, ClientCert, ClientKey string
	// Proxy is an address, which can hold a password: do not print it.
	Proxy              string
	InsecureSkipVerify bool
	Disabled           bool
	// Identity is the user id that must answer; empty to pin the first.
	Identity string

	// Line is where the profile begins in the file, from 1.
	Line int
	// Problems make the profile misconfigured.
	Problems []Problem
}

// Credential is the one that the profile holds, token or password.
func (p Profile) Credential() Credential {
	if p.Token.IsZero() {
		return p.Password
	}
	return p.Token
}

// Problem is one thing that is wrong in a file.
type Problem struct {
	// File and Line say where; Line counts from 1, and is 0 for the whole
	// file.
	File string
	Line int
	// Profile is the profile concerned; empty for the rest of the file.
	Profile string
	// Key is the one concerned, such as "base_url", "token.env" or, outside
	// the profiles, "ui.theme"; empty for none in particular.
	Key string
	// Message says what is wrong, and what would be right.
	Message string
	// Remedy is what to do, where that is more than to edit the line.
	Remedy string
}

// Error is the problem as FILE:LINE: what is wrong.
func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// Provider is what a configuration must know of a service.
type Provider struct {
	Name string
	// DefaultURL is the public address; a profile of a service without one
	// must have a base_url.
	DefaultURL string
	// Basic says whether username and password will do instead of a token.
	Basic bool
}
