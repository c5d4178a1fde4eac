package service

import (
	"net/http"
	"time"

	"rollcall/client/ratelimit"
)

// Answer is one HTTP answer, read whole.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	At     time.Time
	// Limits are the budgets of requests that the header tells of. They are
	// read once, by the one who makes the answer.
	Limits []ratelimit.Bucket
}

// Asked is what was asked, for answers whose meaning depends on it.
type Asked struct {
	// Endpoint is the address asked, host its host.
	Endpoint, Host string
	// Source is where the credential comes from: "env KATAPULT_API_KEY".
	Source string
	// Secret is there for what a token tells by itself. No text holds it.
	Secret string
	// Basic is set where a user name and password were sent.
	Basic bool
}

// Credential is the word for what was sent.
func (q Asked) Credential() string {
	if q.Basic {
		return "password"
	}
	return "token"
}

// Kept tells in brackets where the credential comes from.
func (q Asked) Kept() string {
	if q.Source == "" {
		return ""
	}
	return " (" + q.Source + ")"
}

// Renew is the remedy for a credential that is no longer good.
func (q Asked) Renew(where string) string {
	if q.Basic {
		return "Check the username in the profile, and the password" + q.Kept() + "."
	}
	return "Create a new token " + where + " and put it in place of the old one" + q.Kept() + "."
}
