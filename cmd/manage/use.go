package manage

import (
	"context"
	"fmt"

	"rollcall/client/store"
	"rollcall/config"
)

// MakeActive makes a profile the active one. What is nearer than this choice
// wins over it: active is the profile that is the active one here now, empty
// where that cannot be told. Where it is another one or none, but says why.
func (m *Manager) MakeActive(c *config.Config, name string) (active, but string, err error) {
	if err := m.remember(name); err != nil {
		return "", "", err
	}
	active, but = m.activeHere(c, name)
	return active, but, nil
}

// Use makes a profile the active one, and says so and which one is active here.
func (m *Manager) Use(_ context.Context, name string) (active, said string, err error) {
	if err := m.remember(name); err != nil {
		return "", "", err
	}
	said = "made " + name + " the active profile"
	c, err := config.Load(m.Path, m.Providers)
	if err != nil {
		return name, said, nil // The dashboard shows why the file cannot be read.
	}
	active, but := m.activeHere(c, name)
	switch {
	case active == "":
		said += "; but " + but
	case but != "":
		said += "; " + but
	}
	return active, said, nil
}

// remember keeps the choice of a profile.
func (m *Manager) remember(name string) error {
	return m.lend(func(s *store.Store) error {
		_, err := s.Choose("", name)
		return err
	})
}

// activeHere is the active profile after another, or the same, was chosen.
func (m *Manager) activeHere(c *config.Config, name string) (active, but string) {
	var now config.Chosen
	err := m.lend(func(s *store.Store) (err error) {
		now, err = m.Choose(c, s)
		return err
	})
	switch {
	case err != nil:
		return "", err.Error()
	case now.Profile != name:
		return now.Profile, fmt.Sprintf("here it is %s: %s", now.Profile, Reason(now))
	}
	return name, ""
}

// Reason says in a few words why a profile is the active one.
func Reason(c config.Chosen) string {
	switch c.By {
	case "environment":
		return "the variable " + c.Where + " names it"
	case "folder":
		return "the folder " + c.Where + " is tied to it"
	case "project file":
		return c.Where + " names it"
	case "use":
		return "it was chosen with 'rollcall use'"
	case "default":
		return "it is the default_profile of " + c.Where
	}
	return "it is the only one in " + c.Where
}
