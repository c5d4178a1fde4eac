package ui

import (
	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
)

// remedyOf is what the key "fix" does about the state of a profile, and what to call
// that beside the key. Both are empty where there is nothing to do.
func remedyOf(r *row) (does account.Action, phrase string) {
	does = r.snap.Remedial()
	switch h := r.snap.Health; {
	case does == account.ActionRotate:
		return r.rotation()
	case does == account.ActionPin && r.own.Identity != "":
		// The file says whose the profile is, and nothing else may.
		does = account.ActionEdit
	case does == account.ActionOpen && h.SignIn:
		return does, "sign in to the network"
	case does == account.ActionCopy && h.Command != "":
		return does, "copy the command"
	}
	return does, does.Phrase()
}

// rotation is how a profile gets another secret. Of one that the person replaces
// themselves they are told where it is, and one that stands in the configuration leaves
// it.
func (r *row) rotation() (does account.Action, phrase string) {
	verb := "make a new token"
	if r.own.Username != "" {
		verb = "set a new password"
	}
	d := config.DraftOf(*r.own)
	switch {
	case d.Source == credential.SourceLiteral:
		return account.ActionLogIn, verb + ", keep it in the keyring"
	case d.Replacement().By != credential.ByRollcall && r.source != "":
		return account.ActionRotate, verb + " for " + r.source
	case r.own.Username != "":
		return account.ActionRotate, verb + ", prove it"
	}
	return account.ActionRotate, account.ActionRotate.Phrase()
}
