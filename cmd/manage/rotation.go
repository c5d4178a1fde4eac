package manage

import (
	"slices"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
)

// BeginRotation begins rotations of profiles, and gives all that are under way.
func (m *Manager) BeginRotation(names []string) (all []account.Rotation, err error) {
	err = m.lend(func(s *store.Store) (err error) {
		if err := s.BeginRotations(names, m.now()); err != nil {
			return err
		}
		all, err = m.rotations(s)
		return err
	})
	return all, err
}

// Rotations are those that were begun and not called off, in their order, with what is
// known of the old secrets.
func (m *Manager) Rotations() (all []account.Rotation, err error) {
	err = m.lend(func(s *store.Store) (err error) {
		all, err = m.rotations(s)
		return err
	})
	return all, err
}

func (m *Manager) rotations(s *store.Store) ([]account.Rotation, error) {
	all, err := s.Rotations()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	c, err := m.Load()
	if err != nil {
		return nil, err
	}
	formers := m.formers(s)
	all = slices.DeleteFunc(all, func(r account.Rotation) bool { _, there := c.Profile(r.Profile); return !there })
	for i, r := range all {
		p, _ := c.Profile(r.Profile)
		place := formerPlace(config.DraftOf(p))
		if place.IsZero() {
			continue
		}
		at := formerOf(r.Profile, place)
		j := slices.IndexFunc(formers, func(f store.Former) bool { return f.Source == at.Source && f.Place == at.Place })
		if j >= 0 && r.Step == account.RotationOld {
			all[i].Until, all[i].Asked = formers[j].Kept.Add(FormerLife), formers[j].Asked
		}
	}
	return all, nil
}

// StepRotation notes the step that a rotation is at.
func (m *Manager) StepRotation(profile string, step account.RotationStep) error {
	return m.lend(func(s *store.Store) error {
		all, err := s.Rotations()
		for _, r := range all {
			if r.Profile == profile {
				r.Step = step
				return s.StepRotation(r)
			}
		}
		return err
	})
}

// WaitsForRestart reports whether a new secret of a profile was proved, and is to be found
// by a rollcall that is started anew.
func (m *Manager) WaitsForRestart(profile string) (waits bool) {
	// A state that cannot be read knows of no rotation.
	_ = m.lend(func(s *store.Store) error {
		all, err := s.Rotations()
		waits = slices.ContainsFunc(all, func(r account.Rotation) bool {
			return r.Profile == profile && r.Step == account.RotationRestart
		})
		return err
	})
	return waits
}

// EndRotation calls off the rotations of profiles; all, where none is named. What is
// written stays so, and old secrets are kept as long as they are otherwise.
func (m *Manager) EndRotation(names ...string) error {
	return m.lend(func(s *store.Store) error { return s.EndRotations(names...) })
}

// stepped notes that the new secret of a profile is in its place. Where the old one is
// not kept, there is nothing more to do for rollcall.
func (m *Manager) stepped(profile string, kept bool) {
	r := account.Rotation{Profile: profile, Step: account.RotationDone, Written: m.now()}
	if kept {
		r.Step = account.RotationOld
	}
	m.step(r)
}

// step notes how far a rotation has come, if there is one. Where that cannot be noted,
// it is taken up at an earlier step.
func (m *Manager) step(r account.Rotation) {
	_ = m.lend(func(s *store.Store) error { return s.StepRotation(r) })
}
