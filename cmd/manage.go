package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"sync"

	"github.com/cli/browser"

	"rollcall/client"
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

	// mu is held during a change; last belongs to it.
	mu sync.Mutex
	// last is the last change of this run; nil for none.
	last *revision
}

// revision is a change of the file, as it was and as it became.
type revision struct{ before, after []byte }

// Try asks the service as the draft says, with the secret or, where it is
// empty, with what the draft refers to. Nothing of it is kept.
func (m *manager) Try(ctx context.Context, d config.Draft, secret string) client.Snapshot {
	failed := client.Snapshot{Profile: d.Name, Health: client.Health{
		State: client.Misconfigured, Remedy: "Correct it, then test again.",
	}}
	c, err := loadOrEmpty(m.path)
	if err != nil {
		failed.Health.Explanation = capitalized(err.Error())
		return failed
	}
	p, err := d.Profile(c, knownProviders())
	if err != nil {
		failed.Health.Explanation = capitalized(err.Error())
		return failed
	}
	return m.try(ctx, c, p, secret)
}

// Apply saves a change. A secret is first put where the draft refers to.
func (m *manager) Apply(ctx context.Context, c config.Change, secret string) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	restore := func() error { return nil }
	if secret != "" {
		if restore, err = replaceSecret(ctx, c.Draft, secret, false); err != nil {
			return "", err
		}
	}
	r, err := m.save(c)
	if err != nil {
		return "", errors.Join(err, restore())
	}
	return c.Done() + m.afterwards(r, c), nil
}

// save makes changes in one go; what it returns is nil where the file is so
// already.
func (m *manager) save(changes ...config.Change) (*revision, error) {
	return m.edit(func(data []byte) ([]byte, error) {
		for _, c := range changes {
			var err error
			if data, err = c.Apply(data); err != nil {
				return nil, err
			}
		}
		return data, nil
	})
}

// edit saves an edit of the file, and remembers it for Undo.
func (m *manager) edit(edit func([]byte) ([]byte, error)) (*revision, error) {
	var r revision
	err := config.Save(m.path, func(data []byte) ([]byte, error) {
		text, err := edit(data)
		r = revision{data, text}
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
	if err := m.follow(moves); err != nil {
		return fmt.Sprintf("; what is known of it could not be moved along: %v", err)
	}
	return ""
}

// Undo takes back the last change: of this run, or else that of the backup.
func (m *manager) Undo(context.Context) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.last
	if r == nil {
		if r, err = fromBackup(m.path); err != nil {
			return "", err
		}
	}
	back, err := m.edit(config.Undo(r.before, r.after))
	if err != nil {
		return "", err
	}
	return takenBack(r) + m.afterwards(back), nil
}

// Use makes a profile the active one.
func (m *manager) Use(_ context.Context, name string) (said string, err error) {
	dir, err := config.StateDir(m.app.getenv)
	if err != nil {
		return "", err
	}
	if err := config.Use(dir, name); err != nil {
		return "", err
	}
	return "made " + name + " the active profile", nil
}

// OpenURL shows a page in the browser.
func (m *manager) OpenURL(ctx context.Context, address string) error { return openURL(ctx, address) }

// openURL shows a page in the browser. Only pages are shown: other addresses
// could start other programs.
func openURL(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return errors.New("only pages with http:// or https:// are opened")
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
		return fmt.Errorf("there is no program here that opens pages; open %s yourself", client.Printable(address))
	}
	if err != nil {
		return fmt.Errorf("the browser did not open: %w; open %s yourself", err, client.Printable(address))
	}
	return nil
}
