package cmd

import (
	"context"
	"fmt"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// wouldBe tells in a sentence who a test says that a person is.
func (a *app) wouldBe(s account.Snapshot) string {
	if s.Health.State == account.NoUser || s.Account == nil {
		return "The token works, and belongs to no user."
	}
	acc := a.shown(s).Account
	who := "You would be " + acc.User.Label()
	if acc.User.ID == "" {
		who = "The token works, and " + a.services.Info(s.Service).Title + " names no user"
	}
	if n := acc.CountOrganizations(); acc.Organizations != nil && acc.User.ID != "" {
		who += ", in " + a.services.Info(s.Service).CountGroups(n)
	}
	switch e := acc.Token.Expiry; e.KindOrUnknown() {
	case account.ExpiryDate:
		who += "; the token ends in " + text.Remaining(e.At.Sub(a.now()))
	case account.ExpiryNever:
		who += "; the token never ends"
	}
	return text.Printable(who + ".")
}

// notProven is the error of a test that did not go well.
func (a *app) notProven(s account.Snapshot) *exitError {
	return stateError("the test says", a.shown(s), a.now(), exitUnchecked)
}

// prove shows who a test says that a person is. Where it does not go well, it
// asks whether to go on all the same, if there is a person to ask.
func (a *app) prove(ctx context.Context, test func() account.Snapshot) (account.Snapshot, error) {
	s := test()
	if err := ctx.Err(); err != nil {
		return s, err
	}
	if s.Health.State.Accepted() {
		fmt.Fprintln(a.stderr, a.wouldBe(s))
		return s, nil
	}
	err := a.notProven(s)
	if !a.interactive() {
		err.err = fmt.Errorf("%w\nNothing was saved; --no-test saves it without asking the service", err.err)
		return s, err
	}
	a.printError(err)
	goOn, asked := a.confirm(ctx, "Save it all the same?", false)
	switch {
	case asked != nil:
		return s, asked
	case !goOn:
		return s, &exitError{code: err.code}
	}
	return s, nil
}

// secretName is what a person would call the secret.
func secretName(d config.Draft) string {
	if d.Username != "" {
		return "Password of " + d.Username
	}
	return "Token"
}
