package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"runtime"
	"slices"
	"sync"

	"github.com/cli/browser"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// manager changes the profiles of a configuration, for the commands and for
// the dashboard.
type manager struct {
	app  *app
	path string
	// store is the state of a running dashboard; nil to open it for each
	// change.
	store func() *client.Store
	// refresh asks for a check of a profile in a running dashboard; nil where
	// there is none.
	refresh func(names ...string)

	// mu is held during a change; last belongs to it.
	mu sync.Mutex
	// last is the last change of this run; nil for none.
	last *revision
}

// revision is a change of the file, as it was and as it became.
type revision struct {
	before, after []byte
	// secret is whose secret was replaced with it, or without a change of the
	// file; nil for none, and where there is none to put back.
	secret *config.Draft
}

// Try asks the service as the draft says, with the secret or, where it is
// empty, with what the draft refers to. Nothing of it is kept.
func (m *manager) Try(ctx context.Context, d config.Draft, secret string) account.Snapshot {
	failed := account.Snapshot{Profile: d.Name, Health: account.Health{
		State: account.Misconfigured, Remedy: "Correct it, then test again.",
	}}
	c, err := loadOrEmpty(m.path)
	if err != nil {
		failed.Health.Explanation = text.Capitalized(err.Error())
		return failed
	}
	p, err := d.Profile(c)
	if err != nil {
		failed.Health.Explanation = text.Capitalized(err.Error())
		return failed
	}
	return m.try(ctx, c, p, secret)
}

// Apply saves a change. A secret is first put where the draft refers to.
func (m *manager) Apply(ctx context.Context, c config.Change, secret string) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var s swap
	if secret != "" {
		d, err := m.resolved(c.Draft)
		if err != nil {
			return "", err
		}
		if s, err = replaceSecret(ctx, d, secret, false); err != nil {
			return "", err
		}
	}
	r, err := m.save(c)
	if err != nil {
		return "", errors.Join(err, s.restore())
	}
	m.swapped(s, r)
	return c.Done() + m.afterwards(r, c), nil
}

// resolved is a draft with its paths as the configuration reads them.
func (m *manager) resolved(d config.Draft) (config.Draft, error) {
	c, err := loadOrEmpty(m.path)
	if err != nil {
		return d, err
	}
	p, err := d.Profile(c)
	if err != nil {
		return d, err
	}
	return config.DraftOf(p), nil
}

// save makes changes in one go; what it returns is nil where the file is so
// already. What somebody else wrote since a draft was made is not overwritten.
func (m *manager) save(changes ...config.Change) (*revision, error) {
	return m.edit(func(data []byte) ([]byte, error) {
		for _, c := range changes {
			err := m.overwrites(data, c)
			if err != nil {
				return nil, err
			}
			if data, err = c.Apply(data); err != nil {
				return nil, err
			}
		}
		return data, nil
	})
}

// overwrites is an error where a change would take away what the file says by
// now.
func (m *manager) overwrites(data []byte, c config.Change) error {
	if c.Action != config.ActionUpdate {
		return nil
	}
	now, err := config.Parse(m.path, data, knownProviders())
	if err != nil {
		return err
	}
	p, ok := now.Profile(c.Profile)
	if !ok {
		return now.NoProfile(c.Profile)
	}
	if key := c.Draft.Overwrites(config.DraftOf(p)); key != "" {
		return fmt.Errorf("%s of %s was changed in the file meanwhile, so that nothing was saved; look at it and edit it anew", key, c.Profile)
	}
	return nil
}

// edit saves an edit of the file, and remembers it for Undo.
func (m *manager) edit(edit func([]byte) ([]byte, error)) (*revision, error) {
	var r revision
	err := config.Save(m.path, func(data []byte) ([]byte, error) {
		text, err := edit(data)
		r = revision{before: data, after: text}
		return text, err
	})
	if err != nil || bytes.Equal(r.before, r.after) {
		return nil, err
	}
	m.last = &r
	return &r, nil
}

// afterwards has the state follow changes that were saved. It says what did not
// work, as the end of a sentence.
func (m *manager) afterwards(r *revision, changes ...config.Change) string {
	if r == nil {
		return ""
	}
	moves := renamed(r.before, r.after)
	for _, c := range changes {
		// What the state knows by this name was of another profile.
		switch c.Action {
		case config.ActionAdd:
			moves = append(moves, [2]string{c.Draft.Name, ""})
		case config.ActionDuplicate:
			moves = append(moves, [2]string{c.To, ""})
		}
	}
	if err := m.follow(moves, configOf(r.after)); err != nil {
		return fmt.Sprintf("; what is known of it could not be moved along: %v", err)
	}
	return ""
}

// Undo takes back the last change: of this run, or else that of the backup.
func (m *manager) Undo(ctx context.Context) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.last
	if r == nil {
		if r, err = fromBackup(m.path); err != nil {
			return "", err
		}
	}
	changed := !bytes.Equal(r.before, r.after)
	if !changed && r.secret == nil {
		return "", errors.New("there was no secret before the one that was stored last; 'rollcall logout NAME' removes that")
	}
	if changed {
		back, err := m.edit(config.Undo(r.before, r.after))
		if err != nil {
			return "", err
		}
		said = takenBack(r) + m.afterwards(back)
		m.last.secret = r.secret
	}
	if r.secret == nil {
		return said, nil
	}
	if err := m.putBack(ctx, *r.secret); err != nil {
		return "", err
	}
	if said != "" {
		said += "; "
	}
	return said + "put the former secret of " + r.secret.Name + " back", nil
}

// Use makes a profile the active one, and tells which one is active here:
// something nearer can name another.
func (m *manager) Use(_ context.Context, name string) (active, said string, err error) {
	dir, err := config.StateDir(m.app.getenv)
	if err != nil {
		return "", "", err
	}
	if err := config.Use(dir, name); err != nil {
		return "", "", err
	}
	said = "made " + name + " the active profile"
	c, err := config.Load(m.path, knownProviders())
	if err != nil {
		return name, said, nil // It is said where the file is shown.
	}
	active, but := m.app.activeHere(c, name)
	switch {
	case active == "":
		said += "; but " + but
	case but != "":
		said += "; " + but
	}
	return active, said, nil
}

// OpenURL shows a page in the browser.
func (m *manager) OpenURL(ctx context.Context, address string) error {
	return m.app.openURL(ctx, address)
}

// openURL shows a page in the browser. Only pages are shown: other addresses
// could start other programs.
func (a *app) openURL(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return errors.New("only pages with http:// or https:// are opened")
	}
	if !a.hasDesktop() {
		return fmt.Errorf("there is no desktop here to show a page on; open %s yourself", text.Printable(address))
	}
	// Some systems have the browser itself in the place of a program that
	// starts it, which goes on until it is closed.
	opened := make(chan error, 1)
	go func() { opened <- browser.OpenURL(u.String()) }()
	select {
	case err = <-opened:
	case <-ctx.Done():
		return ctx.Err()
	}
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("there is no program here that opens pages; open %s yourself", text.Printable(address))
	}
	if err != nil {
		return fmt.Errorf("the browser did not open: %w; open %s yourself", err, text.Printable(address))
	}
	return nil
}

// hasDesktop reports whether a browser would open beside the terminal. Without a
// desktop it would be one for the terminal, and write over what is there.
func (a *app) hasDesktop() bool {
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		return true
	}
	return slices.ContainsFunc([]string{"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"},
		func(name string) bool { return a.getenv(name) != "" })
}
