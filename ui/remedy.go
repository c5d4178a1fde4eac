package ui

import (
	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
)

// remedyOf is what the key "fix" does about the state of a profile, and what to call
// that beside the key. Both are empty where there is nothing to do.
func remedyOf(r *row) (does account.Action, phrase string) {
	token, verb := "token", "make a new token"
	if r.own.Username != "" {
		token, verb = "password", "set a new password"
	}
	switch does = r.snap.Remedial(); does {
	case account.ActionRotate:
		return r.rotation(verb)
	case account.ActionLogIn:
		return does, "store the " + token + ", prove it"
	case account.ActionPin:
		if r.own.Identity != "" {
			return account.ActionEdit, "correct its identity in your editor"
		}
		return does, "accept the user who answers"
	case account.ActionEdit:
		return does, "correct it in your editor"
	case account.ActionOpen:
		if r.snap.Health.SignIn {
			return does, "sign in to the network"
		}
		return does, "open the page of its tokens"
	case account.ActionCopy:
		if r.snap.Health.Command != "" {
			return does, "copy the command"
		}
		return does, "copy what to do"
	case account.ActionAsk:
		return does, "ask again"
	}
	return "", ""
}

// rotation is how a profile gets another secret: where the present one cannot be
// replaced in its place, the person is told so, and a secret that stands in the
// configuration leaves it.
func (r *row) rotation(verb string) (does account.Action, phrase string) {
	d := config.DraftOf(r.own)
	why, _ := d.CannotReplace()
	switch {
	case d.Source == credential.SourceLiteral:
		return account.ActionLogIn, verb + ", keep it in the keyring"
	case why != "" && r.source != "":
		return account.ActionRotate, verb + " for " + r.source
	}
	return account.ActionRotate, verb + ", prove it"
}
