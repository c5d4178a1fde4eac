package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/plainfile"
)

// Before there was a database, the state was in three JSON files, which knew
// nothing of configurations. What they hold is taken over under this name, until
// a configuration comes that has the profile.
const noConfiguration = ""

// legacyFiles are those files. Each had one for its lock, and one with a number
// behind it while it was written.
var legacyFiles = []string{"state.json", "holds.json", "choice.json"}

// maxLegacy is the largest of these files, in bytes, that is read.
const maxLegacy = 256 << 20

// legacy is what the files hold.
type legacy struct {
	State struct {
		Pins     legacyMap[legacyPin]      `json:"pins"`
		Profiles legacyMap[legacySnapshot] `json:"profiles"`
	}
	Holds struct {
		Key   []byte               `json:"key"`
		Holds legacyMap[time.Time] `json:"holds"`
	}
	Choice struct {
		Active  string            `json:"active"`
		Folders legacyMap[string] `json:"folders"`
	}
}

// legacyMap is a JSON object of which a value that makes no sense takes nothing
// from the others. broken is set where there is one.
type legacyMap[T any] struct {
	all    map[string]T
	broken bool
}

// UnmarshalJSON never fails, so that what comes behind the object is read, too.
func (m *legacyMap[T]) UnmarshalJSON(data []byte) error {
	var raw map[string]json.RawMessage
	m.broken = json.Unmarshal(data, &raw) != nil
	m.all = map[string]T{}
	for name, data := range raw {
		var v T
		if json.Unmarshal(data, &v) != nil {
			m.broken = true
			continue
		}
		m.all[name] = v
	}
	return nil
}

type legacyPin struct {
	Endpoint string `json:"endpoint"`
	User     string `json:"user"`
}

// legacySnapshot is a snapshot with its history and changes in short forms.
type legacySnapshot struct {
	account.Snapshot
	History []legacyCheck  `json:"history"`
	Changes []legacyChange `json:"changes"`
}

// legacyCheck has milliseconds since 1970, and microseconds.
type legacyCheck struct {
	At         int64         `json:"t"`
	State      account.State `json:"s"`
	HTTPStatus int           `json:"h"`
	Latency    int64         `json:"l"`
	Code       string        `json:"c"`
	Phases     []int64       `json:"p"`
	Remaining  *int64        `json:"r"`
}

func (c legacyCheck) check() account.Check {
	var p [4]time.Duration
	for i, v := range c.Phases[:min(len(c.Phases), len(p))] {
		p[i] = time.Duration(v) * time.Microsecond
	}
	return account.Check{
		At: time.UnixMilli(c.At).UTC(), State: c.State, HTTPStatus: c.HTTPStatus,
		Latency: time.Duration(c.Latency) * time.Microsecond, Code: c.Code, Remaining: c.Remaining,
		Phases: account.Phases{FirstByte: p[0], TLS: p[1], Connect: p[2], DNS: p[3]},
	}
}

// takeOver takes what the files of an earlier rollcall hold into the database,
// and removes them.
func (s *Store) takeOver(dir string) error {
	if !anyLegacy(dir) {
		for _, path := range legacyIn(dir) {
			// What an earlier rollcall was writing when it was killed.
			if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
				_ = os.Remove(path)
			}
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	unlock, err := s.db.lock(legacyLock)
	if err != nil {
		return err
	}
	defer unlock()
	var l legacy
	for i, decode := range []func([]byte) bool{
		func(data []byte) bool {
			return json.Unmarshal(data, &l.State) == nil && !l.State.Pins.broken && !l.State.Profiles.broken
		},
		func(data []byte) bool { return json.Unmarshal(data, &l.Holds) == nil && !l.Holds.Holds.broken },
		func(data []byte) bool { return json.Unmarshal(data, &l.Choice) == nil && !l.Choice.Folders.broken },
	} {
		if err := s.readLegacy(filepath.Join(dir, legacyFiles[i]), decode); err != nil {
			return err
		}
	}
	if err := s.db.write(0, func(c *session) error { return c.takeOver(l, time.Now()) }); err != nil {
		return fmt.Errorf("what an earlier rollcall kept was not taken over: %w", err)
	}
	for _, path := range legacyIn(dir) {
		_ = os.Remove(path)
	}
	return nil
}

func anyLegacy(dir string) bool {
	for _, name := range legacyFiles {
		if exists(filepath.Join(dir, name)) {
			return true
		}
	}
	return false
}

// legacyIn are the files of an earlier rollcall in a folder, with their locks and
// with those of which the writing was broken off.
func legacyIn(dir string) (paths []string) {
	// In a folder that cannot be read, no file is found.
	entries, _ := plainfile.Folder(dir)
	for _, e := range entries {
		for _, name := range legacyFiles {
			if end, ok := strings.CutPrefix(e.Name(), name); ok && (end == ".lock" || strings.Trim(end, "0123456789") == "") {
				paths = append(paths, filepath.Join(dir, e.Name()))
			}
		}
	}
	return paths
}

// readLegacy reads a file that may be there. One that decode does not find to be
// all right is set aside.
func (s *Store) readLegacy(path string, decode func([]byte) bool) error {
	info, err := inspect(path, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	unusable, broken := errors.AsType[unusableError](err)
	if err != nil && !broken {
		return err
	}
	if !broken && info.Size() > maxLegacy {
		unusable, broken = unusableError{fmt.Sprintf("it has %d MiB", info.Size()>>20)}, true
	}
	if !broken {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if decode(data) {
			return nil
		}
		unusable = unusableError{"it is damaged"}
	}
	aside, err := setAside(path)
	if err == nil {
		s.say(fmt.Sprintf("%s could not be read as a whole, since %s. It was set aside as %s.", path, unusable.reason, filepath.Base(aside)))
	}
	return err
}

// takeOver writes what an earlier rollcall kept. What the database has already is
// worth more.
func (s *session) takeOver(l legacy, now time.Time) error {
	for name, snap := range l.State.Profiles.all {
		endpoint, profile, ok := strings.Cut(name, " ")
		if !ok || endpoint != "" && !strings.Contains(endpoint, "://") {
			endpoint, profile = snap.Endpoint, name
		}
		if snap.Health.State == "" {
			continue
		}
		r := snap.record()
		r.snapshot.Profile, r.snapshot.Endpoint = profile, endpoint
		if err := s.put(noConfiguration, key{profile, endpoint}, r, now); err != nil {
			return err
		}
	}
	for name, p := range l.State.Pins.all {
		profile := name
		if _, behind, ok := strings.Cut(name, p.Endpoint+" "); ok {
			profile = behind
		}
		if err := s.pinTo(noConfiguration, key{profile, p.Endpoint}, p.User, false); err != nil {
			return err
		}
	}
	if err := s.takeOverHolds(l); err != nil {
		return err
	}
	if l.Choice.Active != "" {
		if _, err := s.choose(noConfiguration, "", l.Choice.Active); err != nil {
			return err
		}
	}
	for folder, profile := range l.Choice.Folders.all {
		if _, err := s.choose(noConfiguration, folder, profile); err != nil {
			return err
		}
	}
	return nil
}

// takeOverHolds takes over the cooldowns, unless there are newer ones, which have
// another key.
func (s *session) takeOverHolds(l legacy) error {
	var have int64
	if _, err := s.one("SELECT count(*) FROM cooldowns", nil, count(&have)); err != nil || have > 0 || len(l.Holds.Key) == 0 {
		return err
	}
	if err := s.exec("UPDATE meta SET cooldown_key = ?", l.Holds.Key); err != nil {
		return err
	}
	for fingerprint, until := range l.Holds.Holds.all {
		var sum []byte
		if _, err := fmt.Sscanf(fingerprint, "%x", &sum); err != nil {
			continue
		}
		if err := s.exec("INSERT OR REPLACE INTO cooldowns (fingerprint, until) VALUES (?, ?)", sum, until.UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}

func (l legacySnapshot) record() *record {
	r := &record{snapshot: l.Snapshot}
	for _, c := range l.History {
		r.checks = append(r.checks, c.check())
	}
	for _, c := range l.Changes {
		r.changes = append(r.changes, c.change())
	}
	recall(&r.snapshot, r.checks)
	return r
}

// adopt makes what an earlier rollcall kept of profiles that of a configuration,
// which has these profiles and nothing of its own about them yet.
func (s *session) adopt(configuration string, profiles []key) error {
	for _, k := range profiles {
		for table, name := range map[string]string{"profiles": "name", "pins": "profile"} {
			if err := s.exec("UPDATE OR IGNORE "+table+" SET configuration = ? WHERE configuration = ? AND "+name+" = ? AND endpoint = ?",
				configuration, noConfiguration, k.profile, k.endpoint); err != nil {
				return err
			}
		}
		if err := s.exec("UPDATE OR IGNORE choices SET configuration = ? WHERE configuration = ? AND profile = ?",
			configuration, noConfiguration, k.profile); err != nil {
			return err
		}
	}
	return nil
}

// anyParked reports whether there is anything to adopt.
func (s *session) anyParked() (parked bool, err error) {
	var n int64
	return s.one(`SELECT 1 FROM profiles WHERE configuration = ?1 UNION SELECT 1 FROM pins WHERE configuration = ?1
UNION SELECT 1 FROM choices WHERE configuration = ?1`, []any{noConfiguration}, count(&n))
}
