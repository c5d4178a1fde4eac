package client

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// resolve makes the bearer of a check, which is the first thing that is done with
// a secret. The notes tell what about its place should be corrected. The diagnosis
// has a state where there is none that could be sent.
func (c *Client) resolve(ctx context.Context) (b service.Bearer, notes account.Notes, d account.Diagnosis) {
	secret, notes, d := c.resolved(ctx, c.profile.Credential)
	switch {
	case d.State != "":
		return b, notes, d
	case c.profile.Second == nil:
		return c.bearer(secret, ""), notes, d
	}
	second, more, d := c.resolved(ctx, c.profile.Second)
	notes = append(notes, more...)
	if d.State != "" {
		d.Explanation = "Of the second token: " + d.Explanation
		return b, notes, d
	}
	return c.bearer(secret, second), notes, d
}

// resolved is the secret of a credential.
func (c *Client) resolved(ctx context.Context, from Credential) (secret string, notes account.Notes, d account.Diagnosis) {
	begun := time.Now()
	defer func() { c.logResolved(ctx, d, time.Since(begun)) }()
	secret, warning, err := from.Resolve(ctx)
	if err != nil {
		d = account.Diagnosis{State: account.CredentialMissing, Explanation: text.Sentence(err.Error())}
		d.Remedy, d.Action = text.Capitalized(remedyOf(err)), actionOf(err)
		return "", nil, d
	}
	if warning != nil {
		notes = account.Notes{CredentialNote(warning)}
	}
	// Whoever resolves a credential has looked at it. This is for the one who has
	// not: a line break would end the header that carries the secret, and what
	// follows would be a header of its own.
	if secret == "" || strings.ContainsFunc(secret, unicode.IsControl) {
		return "", notes, account.Diagnosis{
			State: account.CredentialMissing, Explanation: "The credential cannot be sent.", Remedy: reportFault, Action: account.ActionCopy,
		}
	}
	return secret, notes, d
}

// examined is the diagnosis of a refusal with what is wrong with the text of the
// secret. A good token that was stored with quotes around it needs no other.
func (c *Client) examined(d account.Diagnosis, b service.Bearer) account.Diagnosis {
	switch d.State {
	case account.InvalidToken, account.CredentialMissing, account.BadRequest, account.Forbidden:
	default:
		return d
	}
	if c.profile.Examiner == nil {
		return d
	}
	cause, remedy := c.profile.Examiner.Examine(b.Secret(), b.Basic())
	if cause == "" {
		return d
	}
	d.Explanation += " The " + b.Credential() + " that was sent " + cause + "."
	d.Remedy = text.Capitalized(remedy) + b.Kept() + "."
	if d.State != account.InvalidToken {
		d.Action = account.ActionLogIn
	}
	return d
}

// CredentialNote is the note of what a [Credential] warns of.
func CredentialNote(warning error) account.Note {
	return account.Note{Kind: account.NoteCredential, Cause: warning.Error(), Remedy: remedyOf(warning)}
}

// actionOf is what an error says of its remedy that rollcall can do itself; empty
// where it says nothing, which leaves it to the state.
func actionOf(err error) account.Action {
	if w, ok := errors.AsType[interface {
		error
		Way() string
	}](err); ok {
		return account.Action(w.Way())
	}
	return ""
}

// remedyOf is what an error says on how to mend it; empty where it says nothing.
func remedyOf(err error) string {
	if r, ok := errors.AsType[interface {
		error
		Remedy() string
	}](err); ok {
		return r.Remedy()
	}
	return ""
}
