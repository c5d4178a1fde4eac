package account

import (
	"cmp"
	"strings"
	"time"

	"rollcall/client/text"
)

// ServiceInfo describes a service that rollcall can ask.
type ServiceInfo struct {
	// Name is the key used in the configuration: "katapult".
	Name string
	// Alias is another name that the configuration takes for the same; empty for none.
	Alias string
	// Title is the name for people: "Katapult".
	Title string
	// DefaultURL is the public address; empty where every user has their own. It can
	// have a part in braces, which the profile sets: "https://{site}.example.org".
	DefaultURL string
	// Prefix is the part of the path that all requests share. It is added to a
	// base URL that does not end with it already.
	Prefix string
	// Path is the path of the identity request below Prefix.
	Path string
	// Basic is set where the service takes a user name and a password.
	Basic bool
	// Anonymous is set where the service tells nobody who the user is: a good answer
	// comes without one.
	Anonymous bool
	// Window is the length of the service's rate-limit window. It is the cooldown
	// where a refusal names no time. Zero stands for a minute.
	Window time.Duration
	// LimitPerUser is set where the service counts requests by user: all tokens of
	// one share the limit.
	LimitPerUser bool
	// GroupsWord is what the service calls organizations, in the plural and with an s
	// at its end: "groups"; empty for that word itself.
	GroupsWord string
	// LinksWord is what it calls linked accounts, likewise.
	LinksWord string
	// LateEmails and LateLinks are set where the identity answer tells of some of the
	// user's e-mail addresses, or of the linked accounts, at most, but further requests
	// of all: what those told holds until they are made again.
	LateEmails, LateLinks bool
	// Unlinked is set where the service knows no accounts at identity providers, and
	// Ungrouped where it tells of no organizations.
	Unlinked, Ungrouped bool
}

// Groups is the service's word for organizations, in the plural.
func (i ServiceInfo) Groups() string { return cmp.Or(i.GroupsWord, "organizations") }

// Links is the service's word for linked accounts, in the plural.
func (i ServiceInfo) Links() string { return cmp.Or(i.LinksWord, "linked accounts") }

// Group is that word in the singular.
func (i ServiceInfo) Group() string { return strings.TrimSuffix(i.Groups(), "s") }

// CountGroups is a number of organizations in the service's words: "1 group".
func (i ServiceInfo) CountGroups(n int) string {
	return text.Plural(n, i.Group())
}
