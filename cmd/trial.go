package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui"
)

// given is a secret that is not stored yet.
type given struct{ config.Credential }

// Source tells where the secret comes from.
func (given) Source() string { return "just given" }

// loadOrEmpty reads the configuration; one that is not there is empty.
func loadOrEmpty(path string) (*config.Config, error) {
	c, err := config.Load(path, knownProviders())
	if errors.Is(err, fs.ErrNotExist) {
		return config.Parse(path, nil, knownProviders())
	}
	return c, err
}

// manage reads the configuration for a command that changes it.
func (a *app) manage() (*manager, *config.Config, error) {
	if a.demo {
		return nil, nil, configError(errors.New("the profiles of the demo are not for changing; leave --demo out"))
	}
	path, _, err := config.Path(a.configFlag, a.getenv)
	if err != nil {
		return nil, nil, configError(err)
	}
	c, err := loadOrEmpty(path)
	if err != nil {
		return nil, nil, configError(err)
	}
	return &manager{app: a, path: path}, c, nil
}

// try checks a profile once, details included, with the secret in place of its
// credential unless that is empty. Nothing of it is kept but how long the service
// wants no more requests. A profile that is in
// the file answers as the user that it is tied to.
func (m *manager) try(ctx context.Context, c *config.Config, p config.Profile, secret string) (s account.Snapshot) {
	asked := clientProfile(c, p)
	asked.Disabled = false
	if secret != "" {
		asked.Credential = given{config.Literal(secret)}
	}
	network := client.NewNetwork(m.app.userAgent())
	defer network.Close()
	if _, kept := c.Profile(p.Name); kept && asked.Identity == "" {
		asked.Identity = m.pinned(p)
	}
	check := func(store *client.Store) {
		s = client.NewPoller([]*client.Client{client.New(asked, network)}, store.Trial()).Once(ctx)[0]
	}
	dir, err := config.StateDir(m.app.getenv)
	if err == nil {
		err = m.withStore(dir, check)
	}
	if err != nil && s.Profile == "" {
		memory, _, _ := client.OpenStore("") // Without a folder it does not fail.
		check(memory)
	}
	return s
}

// pinned is the user that a profile is tied to; empty for none.
func (m *manager) pinned(p config.Profile) (id string) {
	dir, err := config.StateDir(m.app.getenv)
	if err != nil {
		return ""
	}
	// What cannot be read ties to nobody; the next check of all tells of it.
	_ = m.withStore(dir, func(s *client.Store) { id, _ = s.Pin(p.Name, client.Endpoint(p.Provider, p.BaseURL)) })
	return id
}

// wouldBe tells in a sentence who a test says that a person is.
func (a *app) wouldBe(s account.Snapshot) string {
	if s.Health.State == account.NoUser || s.Account == nil {
		return "The token works, and belongs to no user."
	}
	acc := a.shown(s).Account
	who := "You would be " + acc.User.Label()
	if n := len(acc.Organizations); acc.Organizations != nil {
		who += fmt.Sprintf(", in %d %s", n, plural(n, "organization"))
	}
	switch e := acc.Token.Expiry; e.KindOrUnknown() {
	case account.ExpiryDate:
		who += "; the token ends in " + ui.Age(e.At.Sub(a.now()))
	case account.ExpiryNever:
		who += "; the token never ends"
	}
	return text.Printable(who + ".")
}

// notProven is the error of a test that did not go well.
func (a *app) notProven(s account.Snapshot) *exitError {
	return stateError("the test says", a.shown(s).Health, exitUnchecked)
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

// notSaved explains why a change was not saved, with the lines that a person
// can write by hand.
func notSaved(err error) error {
	e, ok := errors.AsType[*config.SaveError](err)
	if !ok {
		return configError(withHint(err))
	}
	text := err.Error() + "\nTo save it, " + e.Remedy()
	if e.Lines() != "" {
		text += "\nThe lines that it would have got:\n\n" + strings.TrimRight(e.Lines(), "\n")
	}
	return configError(errors.New(text))
}

// secretName is what a person would call the secret.
func secretName(d config.Draft) string {
	if d.Username != "" {
		return "Password of " + d.Username
	}
	return "Token"
}
