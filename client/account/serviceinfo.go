package account

import "time"

// ServiceInfo describes a service that rollcall can ask.
type ServiceInfo struct {
	// Name is the key used in the configuration: "katapult".
	Name string
	// Title is the name for people: "Katapult".
	Title string
	// DefaultURL is the public address; empty where every user has their own.
	DefaultURL string
	// Prefix is the part of the path that all requests share. It is added to a
	// base URL that does not end with it already.
	Prefix string
	// Path is the path of the identity request below Prefix.
	Path string
	// Basic is set where the service takes a user name and a password.
	Basic bool
	// Window is the length of the service's rate-limit window. It is the cooldown
	// where a refusal names no time. Zero stands for a minute.
	Window time.Duration
	// LimitPerUser is set where the service counts requests by user: all tokens of
	// one share the limit.
	LimitPerUser bool
}
