package manage

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"rollcall/client/store"
	"rollcall/config"
)

// follow has the state follow changes that were saved, and notes them for Undo
// together with other parts of the step. It says what came of that, as the end of
// a sentence.
func (m *Manager) follow(l *lastChange, parts []store.Part, changes ...config.Edit) string {
	if l == nil {
		return m.note(nil, parts...)
	}
	went := m.carry(l, changes...)
	parts = slices.Concat(fileParts(went.before, went.now), parts, went.forgotten)
	return m.afterwards(went) + m.note(l, parts...)
}

// note notes a step for Undo. It says what did not work.
func (m *Manager) note(l *lastChange, parts ...store.Part) string {
	if len(parts) == 0 {
		return ""
	}
	var number int64
	err := m.lend(func(s *store.Store) (err error) {
		number, err = s.Note(parts...)
		return err
	})
	if l != nil {
		m.keepChange(l, number, err)
	}
	if err != nil {
		return fmt.Sprintf("; it could not be noted for undo: %v", err)
	}
	return ""
}

// NoteLogout notes that the secret of a profile was removed, which Undo cannot take
// back.
func (m *Manager) NoteLogout(profile string) {
	m.note(nil, store.Part{Kind: store.PartOther, Profile: profile, What: store.WhatSecret})
}

// carried is what went along with a change of the file.
type carried struct {
	// before and now are the configuration before and after the change, and was is the
	// profile that was active before, by its present name.
	before, now *config.Config
	was         config.Chosen
	// gone are the profiles that are there no more, forgotten the choices of them and what
	// was decided on them.
	gone      []string
	forgotten []store.Part
	err       error
}

// carry has what the state knows go along with a change of the file.
func (m *Manager) carry(l *lastChange, changes ...config.Edit) (went carried) {
	before := m.parsed(l.before)
	went.before, went.now = before, m.parsed(l.after)
	moves := renamed(before, went.now)
	for _, c := range changes {
		// The name is that of a new profile. What the state knows by it was of
		// another one.
		switch c.Kind {
		case config.EditAdd:
			moves = append(moves, move{c.Draft.Name, ""})
		case config.EditDuplicate:
			moves = append(moves, move{c.To, ""})
		}
	}
	went.gone = removed(before, went.now, moves)
	went.err = m.lend(func(s *store.Store) error {
		went.was, _ = m.Choose(before, s)
		err := m.moveAlong(s, moves, went.now)
		for _, name := range went.gone {
			p, _ := before.Profile(name)
			choices, failed := s.ForgetChoices(name)
			decisions, lost := s.ForgetDecisions(name, m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts))
			err, went.forgotten = errors.Join(err, failed, lost), slices.Concat(went.forgotten, choices, decisions)
		}
		return err
	})
	if i := slices.IndexFunc(moves, func(v move) bool { return v.to != "" && v.from == went.was.Profile }); i >= 0 {
		went.was.Profile = moves[i].to
	}
	return went
}

// afterwards says what came of a change besides, as the end of a sentence: who is
// the active profile, where that is another one, and what did not work.
func (m *Manager) afterwards(went carried) (said string) {
	if len(went.gone) > 0 || went.was.Profile != "" {
		var is config.Chosen
		err := m.lend(func(s *store.Store) (err error) {
			is, err = m.Choose(went.now, s)
			return err
		})
		said = succession(went.was, is, err)
	}
	for _, p := range went.forgotten {
		if p.Folder != "" {
			said += fmt.Sprintf("; %s is no longer tied to %s", p.Folder, p.Was)
		}
	}
	if went.err != nil {
		said += fmt.Sprintf("; what is known of it could not be moved along: %v", went.err)
	}
	return said
}

// succession says who is the active profile after another one was.
func succession(was, is config.Chosen, err error) string {
	switch {
	case err != nil:
		return "; no profile is active here now: " + err.Error()
	case was.Profile == is.Profile:
		return ""
	case is.Profile == "":
		return "; no profile is active now: choose one with 'rollcall use NAME'"
	}
	return "; " + is.Profile + " is the active profile now: " + Reason(is)
}

// removed are the profiles that are there no more under any name.
func removed(before, after *config.Config, moves []move) (gone []string) {
	for _, p := range before.Profiles {
		_, still := after.Profile(p.Name)
		if !still && !slices.ContainsFunc(moves, func(v move) bool { return v.from == p.Name && v.to != "" }) {
			gone = append(gone, p.Name)
		}
	}
	return gone
}

// moveAlong moves what the state knows of profiles to their new names, and forgets
// the profiles that have none. The configuration, which is the one after the
// change, has their addresses: what the state knows by the same name at another
// address is of another profile.
func (m *Manager) moveAlong(s *store.Store, moves []move, c *config.Config) (err error) {
	for _, v := range moves {
		p, _ := c.Profile(cmp.Or(v.to, v.from))
		err = errors.Join(err, s.Rename(v.from, v.to, m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts)))
		if v.to != "" {
			err = errors.Join(err, s.RenameChoices(v.from, v.to))
		}
	}
	return err
}
