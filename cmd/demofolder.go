package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"rollcall/client/demo"
	"rollcall/client/store"
	"rollcall/config"
)

const (
	// demoPrefix begins the names of the folders of demos.
	demoPrefix = "rollcall-demo-"
	// demoLock is the file in such a folder that is locked while its demo runs.
	demoLock = "lock"
	// demoState is the folder in it that has the state.
	demoState = "state"
)

// demoFolder is where a demo keeps its configuration, its secrets and its state
// until it ends. Nobody else can read it.
type demoFolder struct {
	path string
	lock *flock.Flock
}

// newDemoFolder makes a folder for a demo, and removes those of demos that were
// killed.
func newDemoFolder() (*demoFolder, error) {
	sweepDemos(os.TempDir())
	for {
		path, err := os.MkdirTemp("", demoPrefix)
		if err != nil {
			return nil, fmt.Errorf("the demo needs a folder for temporary files: %w", err)
		}
		f := &demoFolder{path: path, lock: flock.New(filepath.Join(path, demoLock), flock.SetPermissions(0o600))}
		if f.claim() {
			return f, nil
		}
		f.remove()
	}
}

// claim locks the folder, and reports whether it is the demo's own. Between the
// making of the lock's file and the locking another demo that starts can take the
// folder for a leftover; it then holds the lock, or has removed the file.
func (f *demoFolder) claim() bool {
	locked, err := f.lock.TryLock()
	if err != nil {
		// A file system without locks still has a demo; only its leftovers stay.
		return !errors.Is(err, fs.ErrNotExist)
	}
	if locked {
		_, err = os.Stat(f.lock.Path())
	}
	return locked && err == nil
}

// sweepDemos removes the folders of demos that do not run any more. Those of other
// people are left alone, and so is one whose demo is just being started.
func sweepDemos(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return // There is nothing to see here.
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), demoPrefix) || !info.IsDir() || info.Mode().Perm()&0o077 != 0 || !ownedByMe(info) {
			continue
		}
		sweepDemo(filepath.Join(parent, e.Name()))
	}
}

// sweepDemo removes a folder whose lock nobody holds.
func sweepDemo(path string) {
	name := filepath.Join(path, demoLock)
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return
	}
	lock := flock.New(name, flock.SetPermissions(0o600))
	defer lock.Close()
	if free, err := lock.TryLock(); err == nil && free {
		_ = os.RemoveAll(path) // The next demo tries again.
	}
}

// openStore opens the state of the demo's configuration.
func (f *demoFolder) openStore(configuration string) (s *store.Store, notice string, err error) {
	return store.Open(filepath.Join(f.path, demoState), configuration)
}

// remove removes the folder, with everything in it.
func (f *demoFolder) remove() {
	_ = f.lock.Close()
	_ = os.RemoveAll(f.path) // The next demo tries again.
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
	if l.folder, err = newDemoFolder(); err != nil {
		return l, configError(err)
	}
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
