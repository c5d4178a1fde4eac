package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
)

// loadToManage reads the configuration for a command that changes it.
func (a *app) loadToManage() (*manage.Manager, *config.Config, error) {
	if a.demo {
		return nil, nil, configError(errors.New("the profiles of the demo are not for changing; leave --demo out"))
	}
	path, _, err := config.Path(a.configFlag, a.getenv)
	if err != nil {
		return nil, nil, configError(err)
	}
	m := manage.New(a.manageOptions(path))
	c, err := m.Load()
	if err != nil {
		return nil, nil, configError(err)
	}
	a.services.take(c.Declarations)
	a.bystanders.learn(c.SecretVariables())
	sweepLeft(context.Background(), c)
	return m, c, nil
}

// manageOptions are those for changing a configuration while no dashboard runs.
func (a *app) manageOptions(path string) manage.Options {
	return manage.Options{
		Path: path, Services: a.services, Providers: a.knownProviders(), Check: a.try, Choose: a.chooseActive, Now: a.now,
		Open: func() (*store.Store, error) {
			opened := a.openStore(path)
			if opened.notice != "" {
				a.warn(opened.notice)
			}
			return opened.store, opened.err
		},
	}
}

// manageLoaded are those for changing a configuration that was read, that of a demo
// included.
func (a *app) manageLoaded(l *loaded) manage.Options {
	o := a.manageOptions(l.Path)
	if l.folder != nil {
		o.Open = func() (*store.Store, error) {
			s, _, err := l.folder.openStore(l.Path)
			return s, err
		}
	}
	return o
}

// given is a secret that is not stored yet.
type given struct{ credential.Credential }

// Source tells nothing: whoever has just given the secret knows.
func (given) Source() string { return "" }

// try asks the service of a profile once, for a person who wants to know whether
// it would work.
func (a *app) try(ctx context.Context, t manage.Trial, kept *store.Store) account.Snapshot {
	asked := clientProfile(t.Config, t.Profile)
	if t.Secret != "" {
		asked.Credential = given{credential.Literal(t.Secret)}
	}
	network := a.newNetwork()
	defer network.Close()
	return client.NewPoller([]*client.Client{client.New(asked, network)}, kept).Once(ctx)[0]
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

// withHint adds what to do to an error that knows it.
func withHint(err error) error {
	if hint, ok := errors.AsType[interface {
		error
		Remedy() string
	}](err); ok && hint.Remedy() != "" {
		return fmt.Errorf("%w: %s", err, hint.Remedy())
	}
	return err
}
