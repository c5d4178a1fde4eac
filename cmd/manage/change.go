package manage

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"rollcall/config"
)

// Apply saves a change. A secret is first put where the draft refers to.
func (m *Manager) Apply(ctx context.Context, c config.Edit, secret string) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var s swap
	if secret != "" {
		d, err := m.resolved(c.Draft)
		if err != nil {
			return "", err
		}
		if s, err = m.replaceSecret(ctx, d, secret, false); err != nil {
			return "", err
		}
	}
	l, err := m.save([]config.Edit{c})
	if err != nil {
		return "", errors.Join(err, s.restore())
	}
	return c.Done() + m.follow(l, m.swapped(s), c), nil
}

// resolved is a draft with its paths as the configuration reads them.
func (m *Manager) resolved(d config.Draft) (config.Draft, error) {
	c, err := m.Load()
	if err != nil {
		return d, err
	}
	p, err := d.Profile(c)
	if err != nil {
		return d, err
	}
	return config.DraftOf(p), nil
}

// Change saves changes, all or none, and says what was done by each; nothing
// where the file is so already.
func (m *Manager) Change(changes ...config.Edit) (said []string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, err := m.save(changes)
	if l == nil || err != nil {
		return nil, err
	}
	for _, c := range changes {
		said = append(said, c.Done())
	}
	said[len(said)-1] += m.follow(l, nil, changes...)
	return said, nil
}

// ApplyAll saves changes, all or none, which Undo takes back together. It says in one
// sentence what was done, and of how many profiles that was so already.
func (m *Manager) ApplyAll(_ context.Context, changes []config.Edit) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, err := m.save(changes)
	if err != nil {
		return "", err
	}
	if l == nil {
		return "nothing to change: it is so already", nil
	}
	said = deeds(l.made)
	if n := len(changes) - len(l.made); n > 0 {
		said += fmt.Sprintf("; nothing was to change in %d more", n)
	}
	return said + m.follow(l, nil, l.made...), nil
}

// Replace puts a text in the place of the file's, if that is still the original.
// It says what did not work besides, as the end of a sentence.
func (m *Manager) Replace(original, edited []byte) (but string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, err := m.edit(func(now []byte) ([]byte, error) {
		if !bytes.Equal(now, original) {
			return nil, errors.New("the file was changed while you edited it, so that nothing was saved; edit it anew")
		}
		return edited, nil
	})
	if err != nil {
		return "", err
	}
	return m.follow(l, nil), nil
}
