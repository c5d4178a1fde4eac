package cmd

import (
	"context"

	"rollcall/cmd/discover"
	"rollcall/config/credential"
	"rollcall/ui"
)

// storage tells the dashboard where secrets can be kept on this machine. What is
// written in the demo ends with it, so that it stays out of the keyring.
func (a *app) storage(ctx context.Context) ui.StorageMsg {
	msg := ui.StorageMsg{NoKeyring: "the demo leaves your keyring alone"}
	if !a.demo {
		msg.NoKeyring = credential.KeyringAbsence(ctx)
		msg.Variables = discover.TokenNames(a.environ)
	}
	return msg
}
