package cmd

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"rollcall/client/demo"
	"rollcall/client/store"
	"rollcall/config"
)

// demoState is the folder in that of a demo that has the state.
const demoState = "state"

// demoFolder is where a demo keeps its configuration, its secrets and its state
// until it ends.
type demoFolder struct{ *workFolder }

// openStore opens the state of the demo's configuration.
func (f *demoFolder) openStore(configuration string) (s *store.Store, notice string, err error) {
	return store.Open(filepath.Join(f.path, demoState), configuration)
}

// loadDemo starts the demo services, and reads the configuration that they come
// with. It has a folder of its own: it must not mix with the person's, and what
// they have chosen for their own profiles says nothing here.
func (a *app) loadDemo() (l *loaded, err error) {
	if a.configFlag != "" {
		return nil, configError(errors.New("--demo and --config cannot be used together"))
	}
	l = &loaded{}
	defer func() {
		if err != nil {
			l.close()
			l = nil
		}
	}()
	if l.demo, err = demo.Start(demo.Options{}); err != nil {
		return l, configError(fmt.Errorf("the demo services cannot start: %w", err))
	}
	folder, err := newWorkFolder(demoPrefix)
	if err != nil {
		return l, configError(fmt.Errorf("the demo needs a folder for temporary files: %w", err))
	}
	l.folder = &demoFolder{folder}
	path, err := l.demo.Settle(l.folder.path)
	if err != nil {
		return l, configError(fmt.Errorf("the demo cannot write into its folder: %w", err))
	}
	if l.Config, err = config.Load(path, a.knownProviders()); err != nil {
		return l, configError(err)
	}
	a.services.take(l.Declarations)
	a.bystanders.learn(l.SecretVariables())
	if l.store, l.notice, err = l.folder.openStore(path); err != nil {
		return l, configError(err)
	}
	if err = l.demo.Remember(l.store, a.sampleEndpoint); err != nil {
		return l, configError(fmt.Errorf("the demo cannot keep its past: %w", err))
	}
	l.chosen, l.choiceErr = a.chooseActive(l.Config, l.store)
	return l, nil
}

// rememberChecks completes the past of a demo. Nothing waits for it, and the profile
// that is looked at first comes first.
func (l *loaded) rememberChecks(ctx context.Context, a *app) {
	if l.demo != nil {
		_ = l.demo.RememberChecks(ctx, l.store, a.sampleEndpoint) // Whoever looks sees that it is missing.
	}
}

// sampleEndpoint is where a sample is asked: all have whole addresses.
func (a *app) sampleEndpoint(provider, baseURL string) string {
	return a.services.Endpoint(provider, baseURL, nil)
}

// tokenPage is where a person makes a new token: for the services of a demo, at the
// demo.
func (a *app) tokenPage(l *loaded) func(service, baseURL string, parts map[string]string) string {
	return func(service, baseURL string, parts map[string]string) string {
		if l.demo != nil {
			if page := l.demo.TokenPage(service, baseURL); page != "" {
				return page
			}
		}
		return a.services.TokenPage(service, baseURL, parts)
	}
}

// notDemo is getenv without what a person has chosen for their own profiles.
func notDemo(getenv func(string) string) func(string) string {
	return func(name string) string {
		if name == config.ProfileVariable {
			return ""
		}
		return getenv(name)
	}
}
