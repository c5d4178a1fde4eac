package store

import (
	"strings"
	"time"

	"rollcall/client/account"
)

// maxSteps is how many changes of a configuration are remembered for undo.
const maxSteps = 20

// PartKind is what a part of a step has changed.
type PartKind string

// The kinds of parts. Of a file and a secret only is kept here what was done to
// which profile, and never what stood there. PartOther is what changed nothing, or
// cannot be taken back.
const (
	PartFile   PartKind = "file"
	PartSecret PartKind = "secret"
	PartChoice PartKind = "choice"
	PartPin    PartKind = "pin"
	PartPlace  PartKind = "place"
	PartSnooze PartKind = "snooze"
	PartOther  PartKind = "other"
)

// Part is one change, with what was before.
type Part struct {
	Kind              PartKind
	Profile, Endpoint string
	// Folder is that of a choice; empty for the choice made for everywhere.
	Folder string
	// Was and Became are the profile of a choice, the user of a pin, the address of a
	// place, or the name that a profile had and has in the file; empty for none.
	Was, Became string
	// What is what of the profile a change of the file, or one that cannot be taken back,
	// was about; empty for other things than those that have a name here.
	What What
	// Tags are those that a change of the file has added and taken away, a line each,
	// with a sign before it: "+prod".
	Tags string
	// Snoozed and Snoozes are a snooze before and after.
	Snoozed, Snoozes account.Snooze
}

// What is a part of a profile.
type What string

// The parts of a profile that undo has words for. WhatSecret is a secret that was
// removed; with WhatView, it is no profile but a saved view, with WhatOrder all.
const (
	WhatSecret What = "secret"
	WhatView   What = "view"
	WhatOrder  What = "order"

	WhatOff  What = "off"
	WhatOn   What = "on"
	WhatTags What = "tags"
)

// changes reports whether there is anything to take back.
func (p Part) changes() bool {
	return p.Kind == PartFile || p.Kind == PartSecret || p.Was != p.Became || p.Snoozed != p.Snoozes
}

// Turned is what takes the part back.
func (p Part) Turned() Part {
	p.Was, p.Became, p.Snoozed, p.Snoozes = p.Became, p.Was, p.Snoozes, p.Snoozed
	switch p.What {
	case WhatOff:
		p.What = WhatOn
	case WhatOn:
		p.What = WhatOff
	case WhatTags:
		lines := strings.Split(p.Tags, "\n")
		for i, tag := range lines {
			if tag, added := strings.CutPrefix(tag, "+"); added {
				lines[i] = "-" + tag
			} else if tag, dropped := strings.CutPrefix(tag, "-"); dropped {
				lines[i] = "+" + tag
			}
		}
		p.Tags = strings.Join(lines, "\n")
	}
	return p
}

// Step is what a person has changed at once, and undo takes back at once.
type Step struct {
	Number int64
	At     time.Time
	// Undone is set where undo did it.
	Undone bool
	Parts  []Part
}

// Has reports whether a part of the step is of a kind.
func (s Step) Has(kind PartKind) bool {
	for _, p := range s.Parts {
		if p.Kind == kind {
			return true
		}
	}
	return false
}

// Steps are the latest changes of the configuration, the newest first.
func (s *Store) Steps() (all []Step, err error) {
	err = s.db.read(0, func(c *session) (err error) {
		all, err = c.steps(s.configuration)
		return err
	})
	return all, err
}

// Own reports whether the step of a number was noted by this store, and not by that of
// another run.
func (s *Store) Own(number int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.steps[number]
}

// noted remembers that a step is this store's own, once it is kept.
func (s *Store) noted(number int64, err error) {
	if err != nil || number == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.steps == nil {
		s.steps = map[int64]bool{}
	}
	s.steps[number] = true
}

// Note notes what was changed at once, and gives the number of the step. What undo
// took back before that cannot be brought back any more.
func (s *Store) Note(parts ...Part) (number int64, err error) {
	err = s.db.write(0, func(c *session) error {
		number, err = c.note(s.configuration, time.Now(), parts...)
		return err
	})
	s.noted(number, err)
	return number, err
}

// TakeBack gives the choices, pins and snoozes of a step what they were before,
// and notes that as a step that undo has done, or that it has brought back. The
// file and secrets are for the caller, who has changed more with them by the way.
func (s *Store) TakeBack(step Step, more ...Part) (number int64, err error) {
	err = s.db.decide(func(c *session) error {
		for _, p := range step.Parts {
			if err := c.takeBack(s.configuration, p); err != nil {
				return err
			}
		}
		back := Step{At: time.Now(), Undone: !step.Undone}
		for _, p := range step.Parts {
			back.Parts = append(back.Parts, p.Turned())
		}
		back.Parts = append(back.Parts, more...)
		if number, err = c.addStep(s.configuration, back); err != nil {
			return err
		}
		return c.exec("DELETE FROM undo WHERE configuration = ? AND step = ?", s.configuration, step.Number)
	})
	s.noted(number, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snoozes = nil
	s.decisions++
	for _, p := range step.Parts {
		switch k := (key{p.Profile, p.Endpoint}); p.Kind {
		case PartPin:
			delete(s.pins, k)
		case PartPlace:
			delete(s.places, k)
		}
	}
	return number, err
}

// LoseSecret notes that the former secret of a profile is no more, so that nothing can
// put it back.
func (s *Store) LoseSecret(profile string) error {
	return s.db.changeExisting(func(c *session) error {
		return c.exec("UPDATE undo SET kind = ? WHERE configuration = ? AND profile = ? AND kind = ?",
			string(PartOther), s.configuration, profile, string(PartSecret))
	})
}

// ForgetChoices takes back what chose a profile, and says what did.
func (s *Store) ForgetChoices(profile string) (forgotten []Part, err error) {
	err = s.db.changeExisting(func(c *session) error {
		all, err := c.choices(s.configuration)
		if err != nil {
			return err
		}
		for folder, chosen := range all {
			if chosen == profile {
				forgotten = append(forgotten, Part{Kind: PartChoice, Folder: folder, Was: profile})
			}
		}
		if len(forgotten) == 0 {
			return nil
		}
		if err := c.renameChoices(s.configuration, profile, ""); err != nil {
			return err
		}
		return c.exec("UPDATE meta SET decisions = decisions + 1 WHERE id = ?", 1)
	})
	return forgotten, err
}

// ForgetDecisions ends what a person has decided on a profile that is there no more, so
// that another one of its name and address has nothing of it: its pin, the place where its
// service is asked, and its snooze. It says what that was.
func (s *Store) ForgetDecisions(profile, endpoint string) (forgotten []Part, err error) {
	if err := s.writeRecords(); err != nil {
		return nil, err
	}
	k := key{profile, endpoint}
	err = s.db.changeExisting(func(c *session) error {
		forgotten = nil
		user, _, err := c.pin(s.configuration, k)
		if err != nil {
			return err
		}
		address, _, err := c.place(s.configuration, k)
		if err != nil {
			return err
		}
		snoozes, err := c.snoozes(s.configuration)
		if err != nil {
			return err
		}
		for _, p := range []Part{{Kind: PartPin, Was: user}, {Kind: PartPlace, Was: address}, {Kind: PartSnooze, Snoozed: snoozes[k]}} {
			if p.Profile, p.Endpoint = profile, endpoint; !p.changes() {
				continue
			}
			if err := c.takeBack(s.configuration, p.Turned()); err != nil {
				return err
			}
			forgotten = append(forgotten, p)
		}
		if len(forgotten) == 0 {
			return nil
		}
		return c.exec("UPDATE meta SET decisions = decisions + 1 WHERE id = ?", 1)
	})
	s.heard()
	return forgotten, err
}

func (s *session) takeBack(configuration string, p Part) (err error) {
	k := key{p.Profile, p.Endpoint}
	switch p.Kind {
	case PartChoice:
		_, err = s.choose(configuration, p.Folder, p.Was)
	case PartPin:
		if p.Was == "" {
			return s.exec("DELETE FROM pins WHERE configuration = ? AND profile = ? AND endpoint = ?", configuration, k.profile, k.endpoint)
		}
		err = s.pinTo(configuration, k, p.Was, true)
	case PartPlace:
		if p.Was == "" {
			return s.exec("DELETE FROM places WHERE configuration = ? AND profile = ? AND endpoint = ?", configuration, k.profile, k.endpoint)
		}
		err = s.placeAt(configuration, k, p.Was, true)
	case PartSnooze:
		err = s.snooze(configuration, k, p.Snoozed)
	}
	return err
}

// note adds a step of a person. What changed nothing is only known to have been the
// last that was done.
func (s *session) note(configuration string, at time.Time, parts ...Part) (number int64, err error) {
	for i, p := range parts {
		if !p.changes() && p.Kind != PartOther {
			parts[i] = Part{Kind: PartOther}
		}
	}
	number, err = s.addStep(configuration, Step{At: at, Parts: parts})
	if err != nil {
		return 0, err
	}
	// Where the former secret of a profile is now that of a step which goes, an earlier
	// step cannot have it.
	if err := s.exec(`UPDATE undo SET kind = ?3 WHERE configuration = ?1 AND kind = ?4 AND undone = 0 AND step < ?2 AND profile IN (
  SELECT profile FROM undo WHERE configuration = ?1 AND undone = 1 AND kind = ?4)`,
		configuration, number, string(PartOther), string(PartSecret)); err != nil {
		return 0, err
	}
	return number, s.exec("DELETE FROM undo WHERE configuration = ? AND undone = 1", configuration)
}

// addStep adds the newest step.
func (s *session) addStep(configuration string, step Step) (number int64, err error) {
	if _, err := s.one("SELECT coalesce(max(step), 0) + 1 FROM undo", nil, count(&number)); err != nil {
		return 0, err
	}
	for i, p := range step.Parts {
		endpoint, folder := p.Endpoint, p.Folder
		if p.What != "" {
			endpoint, folder = string(p.What), p.Tags
		}
		if err := s.exec(`INSERT INTO undo (configuration, step, position, at, undone, kind, profile, endpoint, folder,
  was, became, was_until, became_until, was_verdict, became_verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			configuration, number, i, step.At.UnixMilli(), boolIn(step.Undone), string(p.Kind), textIn(p.Profile), textIn(endpoint), textIn(folder),
			textIn(p.was()), textIn(p.Turned().was()), timeIn(p.Snoozed.Until), timeIn(p.Snoozes.Until),
			textIn(p.Snoozed.Verdict), textIn(p.Snoozes.Verdict)); err != nil {
			return 0, err
		}
	}
	return number, s.exec(`DELETE FROM undo WHERE configuration = ?1 AND step <= (
  SELECT DISTINCT step FROM undo WHERE configuration = ?1 ORDER BY step DESC LIMIT 1 OFFSET ?2)`, configuration, maxSteps)
}

// was is what a part of one word was before.
func (p Part) was() string {
	if p.Kind == PartSnooze {
		return p.Snoozed.Note
	}
	return p.Was
}

func boolIn(b bool) int {
	if b {
		return 1
	}
	return 0
}

// steps are those of a configuration, the newest first.
func (s *session) steps(configuration string) (all []Step, err error) {
	var number, undone int64
	var at time.Time
	var p Part
	err = s.all(`SELECT step, at, undone, kind, profile, endpoint, folder, was, became, was_until, became_until, was_verdict, became_verdict
FROM undo WHERE configuration = ? ORDER BY step DESC, position`, []any{configuration}, []column{
		count(&number), timeOut{&at}, count(&undone), text(&p.Kind), text(&p.Profile), text(&p.Endpoint), text(&p.Folder),
		text(&p.Was), text(&p.Became), timeOut{&p.Snoozed.Until}, timeOut{&p.Snoozes.Until}, text(&p.Snoozed.Verdict), text(&p.Snoozes.Verdict),
	}, func() {
		if len(all) == 0 || all[len(all)-1].Number != number {
			all = append(all, Step{Number: number, At: at, Undone: undone != 0})
		}
		one := p
		if one.Kind == PartSnooze {
			one.Snoozed.Note, one.Snoozes.Note, one.Was, one.Became = p.Was, p.Became, "", ""
		}
		if one.Kind == PartFile || one.Kind == PartOther {
			one.What, one.Endpoint, one.Tags, one.Folder = What(p.Endpoint), "", p.Folder, ""
		}
		last := &all[len(all)-1]
		last.Parts = append(last.Parts, one)
	})
	return all, err
}
