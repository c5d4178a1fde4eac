package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/config/credential"
)

// Profile is one saved account.
type Profile struct {
	Name     string
	Provider string
	BaseURL  string
	// Parts are what the profile puts into the address of a service that leaves some
	// of it open, such as a region, by name.
	Parts map[string]string
	// Token is set, or Username and Password are; Username with Token where a service
	// wants both.
	Token    credential.Credential
	Username string
	Password credential.Credential
	// SecondToken is set where the service wants two secrets.
	SecondToken credential.Credential
	Label       string
	Tags        []string
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
func (p Profile) Credential() credential.Credential {
	if p.Token.IsZero() {
		return p.Password
	}
	return p.Token
}

// Unasked is why nobody asks the service of a profile, and what to do about that, a
// sentence each.
type Unasked struct {
	Why, Remedy string
	// Command is the command line that Remedy asks for; empty for none.
	Command string
}

// Unasked tells why nobody asks the service of the profile: it is switched off, or
// something is wrong with it. It is zero where it can be asked.
func (p Profile) Unasked() Unasked {
	switch {
	case p.Disabled:
		return Unasked{Why: "The profile is switched off in the configuration."}
	case len(p.Problems) > 0:
		// What is written wrongly is most likely what seems to be missing.
		first := p.Problems[max(0, slices.IndexFunc(p.Problems, func(q Problem) bool { return q.absent == nil }))]
		return Unasked{first.Error(), cmp.Or(first.Remedy, fmt.Sprintf("Correct the line in %s.", first.File)), first.Command}
	}
	return Unasked{}
}

// wrongName says what a profile's name must not be; empty for a good name.
func wrongName(name string) string {
	switch {
	case name == "":
		return "must not be empty"
	case !readable(name):
		return "must not have line breaks or control characters in it"
	case strings.TrimSpace(name) != name:
		return "must not begin or end with a space"
	case strings.HasPrefix(name, "-"):
		return `must not begin with "-", or a command would take it for an option`
	}
	return ""
}
