package service

import (
	"fmt"

	"rollcall/client/account"
	"rollcall/client/redact"
)

// Bearer is the credential of one check: what is shown to the service, and what
// stands for it elsewhere. It is made once a check, and printed it shows nothing.
type Bearer struct {
	username, secret, second, source, fingerprint string
	// token is set where the secret is a token although there is a user name.
	token             bool
	redact, redactOwn func(string) string
}

// NewBearer makes the bearer of a secret, which is the password where there is a
// user name and a token otherwise. The source tells where the secret comes from
// ("env KATAPULT_API_KEY"), and the fingerprint stands for the credential.
func NewBearer(username, secret, source, fingerprint string) Bearer {
	redactor := redact.New(username, secret)
	return Bearer{
		username: username, secret: secret, source: source, fingerprint: fingerprint,
		redact: redactor, redactOwn: redact.Sentences(secret, redactor),
	}
}

// ByToken is the bearer whose secret is a token, for a service that wants a user name
// beside it.
func (b Bearer) ByToken() Bearer {
	b.token = true
	return b
}

// WithSecond is the bearer with a second secret, for a service that wants two.
func (b Bearer) WithSecond(second string) Bearer {
	first, own := b.Redact, b.RedactOwn
	redactor := redact.New(b.username, second)
	sentences := redact.Sentences(second, redactor)
	b.second = second
	b.redact = func(text string) string { return redactor(first(text)) }
	b.redactOwn = func(text string) string { return sentences(own(text)) }
	return b
}

// Username is who signs in with a password, or whom a service wants beside a token;
// empty for a token alone.
func (b Bearer) Username() string { return b.username }

// Secret is the token or password itself. No text may hold it.
func (b Bearer) Secret() string { return b.secret }

// Second is the second secret of a service that wants two; empty for others. No text
// may hold it.
func (b Bearer) Second() string { return b.second }

// Fingerprint stands for the credential at its origin, in this run only.
func (b Bearer) Fingerprint() string { return b.fingerprint }

// Redact is a text without the secret.
func (b Bearer) Redact(text string) string {
	if b.redact == nil {
		return text
	}
	return b.redact(text)
}

// RedactOwn is a sentence of our own without the secret, which takes no ordinary
// word out of it. What it quotes was redacted by [Bearer.Redact].
func (b Bearer) RedactOwn(text string) string {
	if b.redactOwn == nil {
		return text
	}
	return b.redactOwn(text)
}

// Basic reports whether a user name and password are shown.
func (b Bearer) Basic() bool { return b.username != "" && !b.token }

// Credential is the word for what is shown.
func (b Bearer) Credential() string {
	if b.Basic() {
		return "password"
	}
	return "token"
}

// Kept tells in brackets where the secret comes from; empty where that is not
// known.
func (b Bearer) Kept() string {
	if b.source == "" {
		return ""
	}
	return " (" + b.source + ")"
}

// Renew is the remedy for a credential that is no longer good.
func (b Bearer) Renew(where string) string {
	if b.Basic() {
		return "Check the username in the profile, and the password" + b.Kept() + "."
	}
	return "Create a new token " + where + " and put it in place of the old one" + b.Kept() + "."
}

// RenewBy is the action that [Bearer.Renew] asks for where that is another than for
// a token: a password is entered again.
func (b Bearer) RenewBy() account.Action {
	if b.Basic() {
		return account.ActionLogIn
	}
	return ""
}

// Format prints where the secret comes from, whatever the verb.
func (b Bearer) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "bearer%s", b.Kept()) }
