package client

import (
	"net/http"
	"time"
)

// answer is one HTTP answer, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
	at     time.Time
}

// question is what was asked, for answers whose meaning depends on it.
type question struct {
	// endpoint is the address asked, host its host.
	endpoint, host string
	// source is where the credential comes from: "env KATAPULT_API_KEY".
	source string
	// secret is there for what a token tells by itself. No text holds it.
	secret string
	// basic is set where a user name and password were sent.
	basic bool
}

// credential is the word for what was sent.
func (q question) credential() string {
	if q.basic {
		return "password"
	}
	return "token"
}

// kept tells in brackets where the credential comes from.
func (q question) kept() string {
	if q.source == "" {
		return ""
	}
	return " (" + q.source + ")"
}

// renew is the remedy for a credential that is no longer good.
func (q question) renew(where string) string {
	if q.basic {
		return "Check the username in the profile, and the password" + q.kept() + "."
	}
	return "Create a new token " + where + " and put it in place of the old one" + q.kept() + "."
}
