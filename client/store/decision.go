package store

import (
	"fmt"
	"time"

	"rollcall/client/account"
)

// decide writes a decision, and lets other rollcalls know that there is one.
func (d *database) decide(do func(*session) error) error {
	return d.write(0, func(s *session) error {
		if err := do(s); err != nil {
			return err
		}
		return s.exec("UPDATE meta SET decisions = decisions + 1 WHERE id = ?", 1)
	})
}

// decisions is a number that grows with each decision.
func (s *session) decisions() (n int64, err error) {
	_, err = s.one("SELECT decisions FROM meta", nil, count(&n))
	return n, err
}

func (s *session) pin(configuration string, k key) (user string, pinned bool, err error) {
	pinned, err = s.one("SELECT user FROM pins WHERE configuration = ? AND profile = ? AND endpoint = ?",
		[]any{configuration, k.profile, k.endpoint}, text(&user))
	return user, pinned, err
}

// pinTo pins a profile to a user; again says whether in place of another one.
func (s *session) pinTo(configuration string, k key, user string, again bool) error {
	verb := "INSERT OR IGNORE"
	if again {
		verb = "INSERT OR REPLACE"
	}
	return s.exec(verb+" INTO pins (configuration, profile, endpoint, user) VALUES (?, ?, ?, ?)", configuration, k.profile, k.endpoint, user)
}

// snooze sets a snooze; the zero one ends it.
func (s *session) snooze(configuration string, k key, z account.Snooze) error {
	if z.Until.IsZero() {
		return s.exec("DELETE FROM snoozes WHERE configuration = ? AND profile = ? AND endpoint = ?", configuration, k.profile, k.endpoint)
	}
	return s.exec("INSERT OR REPLACE INTO snoozes (configuration, profile, endpoint, until, note, verdict) VALUES (?, ?, ?, ?, ?, ?)",
		configuration, k.profile, k.endpoint, z.Until.UnixMilli(), z.Note, string(z.Verdict))
}

// snoozes are those of a configuration.
func (s *session) snoozes(configuration string) (map[key]account.Snooze, error) {
	all := map[key]account.Snooze{}
	var k key
	var z account.Snooze
	err := s.all("SELECT profile, endpoint, until, note, verdict FROM snoozes WHERE configuration = ?", []any{configuration},
		[]column{text(&k.profile), text(&k.endpoint), timeOut{&z.Until}, text(&z.Note), text(&z.Verdict)}, func() { all[k] = z })
	return all, err
}

// choices are the profiles that were chosen, by folder; that of no folder is
// chosen everywhere.
func (s *session) choices(configuration string) (map[string]string, error) {
	all := map[string]string{}
	var folder, profile string
	err := s.all("SELECT folder, profile FROM choices WHERE configuration = ?", []any{configuration},
		[]column{text(&folder), text(&profile)}, func() { all[folder] = profile })
	return all, err
}

// choose chooses a profile for a folder; an empty one takes the choice back. It
// reports whether there was one.
func (s *session) choose(configuration, folder, profile string) (was bool, err error) {
	if profile == "" {
		n, err := s.change("DELETE FROM choices WHERE configuration = ? AND folder = ?", configuration, folder)
		return n > 0, err
	}
	n, err := s.change("INSERT OR REPLACE INTO choices (configuration, folder, profile) VALUES (?, ?, ?)", configuration, folder, profile)
	return n > 0, err
}

// rename moves what is known of a profile to another name, in place of what is
// known under that name. An empty one forgets the profile.
func (s *session) rename(configuration string, from, to key) error {
	for _, t := range []struct{ table, name string }{{"profiles", "name"}, {"pins", "profile"}, {"places", "profile"}, {"snoozes", "profile"}} {
		this := fmt.Sprintf(" WHERE configuration = ? AND %s = ? AND endpoint = ?", t.name)
		forgotten := to
		if to.profile == "" {
			forgotten = from
		}
		if err := s.exec("DELETE FROM "+t.table+this, configuration, forgotten.profile, forgotten.endpoint); err != nil {
			return err
		}
		if to.profile == "" {
			continue
		}
		if err := s.exec(fmt.Sprintf("UPDATE %s SET %s = ?", t.table, t.name)+this, to.profile, configuration, from.profile, from.endpoint); err != nil {
			return err
		}
	}
	if err := s.renameRotations(configuration, from.profile, to.profile); err != nil {
		return err
	}
	if to.profile == "" {
		// What went along with the removal of a profile comes back with that profile alone.
		return s.exec(`DELETE FROM undo WHERE configuration = ?1 AND profile = ?2 AND NOT EXISTS (
  SELECT 1 FROM undo r WHERE r.configuration = ?1 AND r.step = undo.step AND r.kind = ?3 AND r.endpoint IS NULL AND r.was = ?2 AND r.became IS NULL)`,
			configuration, from.profile, string(PartFile))
	}
	return s.exec("UPDATE undo SET profile = ? WHERE configuration = ? AND profile = ?", to.profile, configuration, from.profile)
}

// renameChoices has what chose a profile choose it under another name; an empty
// one takes the choices back.
func (s *session) renameChoices(configuration, from, to string) error {
	if to == "" {
		return s.exec("DELETE FROM choices WHERE configuration = ? AND profile = ?", configuration, from)
	}
	for _, statement := range []string{
		"UPDATE choices SET profile = ? WHERE configuration = ? AND profile = ?",
		"UPDATE undo SET was = ? WHERE configuration = ? AND kind = 'choice' AND was = ?",
		"UPDATE undo SET became = ? WHERE configuration = ? AND kind = 'choice' AND became = ?",
	} {
		if err := s.exec(statement, to, configuration, from); err != nil {
			return err
		}
	}
	return nil
}

// maxUnseen is how long a profile is remembered that was neither checked nor in a
// configuration. One run moves the time that this is measured by maxForgetting at
// most: where a wrong clock says that years have passed, nothing is lost until it
// is set right.
const (
	maxUnseen     = 180 * 24 * time.Hour
	maxForgetting = 30 * 24 * time.Hour
)

// retain notes that profiles are in the configuration, and forgets those of all
// configurations that were not seen for long, with their decisions: otherwise the
// database would grow for ever.
func (s *session) retain(configuration string, profiles []key, now time.Time) error {
	var clock time.Time
	if _, err := s.one("SELECT coalesce(forgotten_at, (SELECT max(seen_at) FROM profiles)) FROM meta", nil, timeOut{&clock}); err != nil {
		return err
	}
	if clock.IsZero() || now.Before(clock.Add(maxForgetting)) {
		clock = now
	} else {
		clock = clock.Add(maxForgetting)
	}
	// Once a day is often enough.
	late := now.Add(-24 * time.Hour).UnixMilli()
	for _, k := range profiles {
		if err := s.exec("UPDATE profiles SET seen_at = ? WHERE configuration = ? AND name = ? AND endpoint = ? AND seen_at NOT BETWEEN ? AND ?",
			now.UnixMilli(), configuration, k.profile, k.endpoint, late, now.UnixMilli()); err != nil {
			return err
		}
	}
	old := clock.Add(-maxUnseen).UnixMilli()
	for _, table := range []string{"pins", "places", "snoozes"} {
		if err := s.exec("DELETE FROM "+table+` WHERE (configuration, profile, endpoint) IN (
  SELECT configuration, name, endpoint FROM profiles WHERE seen_at < ?)`, old); err != nil {
			return err
		}
	}
	if err := s.exec("DELETE FROM profiles WHERE seen_at < ?", old); err != nil {
		return err
	}
	return s.exec("UPDATE meta SET forgotten_at = ?", clock.UnixMilli())
}
