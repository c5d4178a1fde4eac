package store_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// legacySnapshot is a snapshot as an earlier rollcall wrote it.
func legacySnapshot(t *testing.T, s account.Snapshot) string {
	t.Helper()
	plain, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var history []string
	for _, c := range s.History {
		words, err := json.Marshal([]string{string(c.State), c.Code})
		if err != nil {
			t.Fatal(err)
		}
		state, code, _ := strings.Cut(strings.Trim(string(words), "[]"), ",")
		history = append(history, fmt.Sprintf(`{"t":%d,"s":%s,"h":%d,"l":%d,"c":%s,"p":[4,3,2,1],"r":7}`,
			c.At.UnixMilli(), state, c.HTTPStatus, c.Latency.Microseconds(), code))
	}
	return fmt.Sprintf(`%s,"history":[%s],"changes":[{"at":%q,"kind":"email","is":"a@example.org"}]}`,
		strings.TrimSuffix(string(plain), "}"), strings.Join(history, ","), lately.Format(time.RFC3339Nano))
}

// legacyHolds is the file of cooldowns of an earlier rollcall.
func legacyHolds(origin, credential string, until time.Time) string {
	key := []byte("0123456789abcdef0123456789abcdef")
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s\x00%s", origin, credential)
	data, _ := json.Marshal(map[string]any{"format": 1, "key": key, "holds": map[string]time.Time{fmt.Sprintf("%x", mac.Sum(nil)): until}})
	return string(data)
}

// earlier fills a folder with the state of an earlier rollcall, and with what it
// left when it was killed.
func earlier(t *testing.T, dir, state string) {
	t.Helper()
	for name, content := range map[string]string{
		"state.json": state, "holds.json": legacyHolds(origin, "hush", now().Add(time.Hour)),
		"choice.json":     `{"active":"work","folders":{"/src":"my own","/other":"elsewhere"}}`,
		"state.json.lock": "", "holds.json.lock": "", "choice.json.lock": "", "state.json123": "{", "holds.json4": "", "choice.json56789": "",
		"state.json.broken-20260102-030405": "oops", "state.json5x": "not ours",
	} {
		write(t, filepath.Join(dir, name), []byte(content))
	}
}

// TestEarlierStateIsTakenOver has both ways in which profiles were named.
func TestEarlierStateIsTakenOver(t *testing.T) {
	t.Parallel()
	full, want := full()
	full.Profile, full.Endpoint = "work", endpointOf("work")
	want.Profile, want.Endpoint, want.Changes = full.Profile, full.Endpoint, []account.Change{changed(lately, "a@example.org")}
	own := sample("my own", lately)
	own.Endpoint = "https://b.example/me"
	for name, state := range map[string]string{
		"by name alone": fmt.Sprintf(`{"format":2,"pins":{"work":{"endpoint":%q,"user":"u1"},"my own":{"endpoint":"https://before.example","user":"u2"}},
			"profiles":{"work":%s,"my own":%s,"empty":{}}}`, full.Endpoint, legacySnapshot(t, full), legacySnapshot(t, own)),
		"by endpoint": fmt.Sprintf(`{"format":2,"pins":{"%[1]s work":{"endpoint":%[1]q,"user":"u1"},"https://before.example my own":{"endpoint":"https://before.example","user":"u2"}},
			"profiles":{"%[1]s work":%[2]s,"%[3]s my own":%[4]s}}`, full.Endpoint, legacySnapshot(t, full), own.Endpoint, legacySnapshot(t, own)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			earlier(t, dir, state)
			stranger := openedFor(t, dir, "/another/config.toml")
			if got := entries(t, dir); !slices.Equal(got, []string{"rollcall.db", "rollcall.db-shm", "rollcall.db-wal", "state.json.broken-20260102-030405", "state.json5x"}) {
				t.Errorf("the folder has %v", got)
			}
			stranger.Retain([][2]string{{"unknown", "https://c.example"}})
			if _, ok := stored(stranger, "work"); ok {
				t.Error("a configuration without the profile has it")
			}
			closed(t, stranger)
			s := opened(t, dir)
			s.Retain([][2]string{{"work", full.Endpoint}, {"my own", own.Endpoint}, {"my own", "https://before.example"}})
			takenOver(t, s, full, want)
			closed(t, s)
			takenOver(t, opened(t, dir), full, want)
			late := openedFor(t, dir, "/late/config.toml")
			late.Retain([][2]string{{"work", full.Endpoint}})
			if _, ok := stored(late, "work"); ok || pinned(late, "work") != "" {
				t.Error("a second configuration has it, too")
			}
		})
	}
}

func takenOver(t *testing.T, s *store.Store, full, want account.Snapshot) {
	t.Helper()
	if got, _ := stored(s, "work"); !reflect.DeepEqual(got, want) {
		t.Errorf("it came back with %s", differences(reflect.ValueOf(got), reflect.ValueOf(want), ""))
	}
	left := int64(7)
	check := full.History[1]
	check.Exchange, check.Remaining = nil, &left
	check.Phases = account.Phases{FirstByte: 4 * time.Microsecond, TLS: 3 * time.Microsecond, Connect: 2 * time.Microsecond, DNS: time.Microsecond}
	if past := s.Past("work", full.Endpoint); len(past.Checks) != 2 || !reflect.DeepEqual(past.Checks[1], check) || names(past.Changes) != "a@example.org" {
		t.Errorf("its past is %+v", past)
	}
	if _, ok := s.Snapshot("my own", "https://b.example/me"); !ok {
		t.Error("a name of two words was lost")
	}
	for at, user := range map[[2]string]string{{"work", full.Endpoint}: "u1", {"my own", "https://before.example"}: "u2", {"my own", "https://b.example/me"}: ""} {
		if id, _ := s.Pin(at[0], at[1]); id != user {
			t.Errorf("%v is pinned to %q, want %q", at, id, user)
		}
	}
	if c, err := s.Choices(); err != nil || c.Active != "work" || !reflect.DeepEqual(c.Folders, map[string]string{"/src": "my own"}) {
		t.Errorf("chosen are %+v, %v", c, err)
	}
	if _, held := s.Cooldown(origin, "hush"); !held {
		t.Error("the cooldown is forgotten")
	}
}

// What the database has is worth more than what an earlier rollcall, started once
// more, has written since.
func TestEarlierStateComesLate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	s.Save(sample("work", now()))
	s.PinOnce("work", endpointOf("work"), "new")
	s.StartCooldown(origin, "x", now().Add(time.Hour))
	closed(t, s)
	old := in(account.Unreachable, "work", lately)
	earlier(t, dir, fmt.Sprintf(`{"pins":{"work":{"endpoint":%[1]q,"user":"old"}},"profiles":{"%[1]s work":%[2]s}}`, endpointOf("work"), legacySnapshot(t, old)))
	s = opened(t, dir)
	s.Retain([][2]string{{"work", endpointOf("work")}})
	got, _ := stored(s, "work")
	id, _ := s.Pin("work", endpointOf("work"))
	if _, held := s.Cooldown(origin, "x"); !held || id != "new" || got.Health.State != account.Healthy {
		t.Errorf("it is %s, pinned to %q, waits: %v", got.Health.State, id, held)
	}
}

func TestBrokenEarlierFilesAreSetAside(t *testing.T) {
	t.Parallel()
	alone(t)
	for name, content := range map[string]string{
		"empty": "", "not JSON": "hello", "cut off": `{"format":1,"profiles":{"work":{"pro`, "another type": `[]`,
		"a later format": `{"format":7,"profiles":"all new","key":1,"active":{}}`, "wrong types": `{"profiles":[1],"key":true,"folders":3}`,
	} {
		for _, file := range []string{"state.json", "holds.json", "choice.json"} {
			dir := t.TempDir()
			path := filepath.Join(dir, file)
			earlier(t, dir, fmt.Sprintf(`{"pins":{"work":{"endpoint":%q,"user":"u1"}}}`, endpointOf("work")))
			write(t, path, []byte(content))
			s, notice, err := store.Open(dir, config)
			aside, _ := filepath.Glob(path + ".broken-*")
			aside = slices.DeleteFunc(aside, func(p string) bool { return strings.HasSuffix(p, "030405") })
			if err != nil || len(aside) != 1 || !strings.Contains(notice, path) || !strings.Contains(notice, filepath.Base(aside[0])) {
				t.Fatalf("%s %s: notice %q, %v, set aside as %v", name, file, notice, err, aside)
			}
			if got := read(t, aside[0]); string(got) != content {
				t.Errorf("%s %s: it now says %q", name, file, got)
			}
			s.Retain([][2]string{{"work", endpointOf("work")}})
			id, _ := s.Pin("work", endpointOf("work"))
			if (id == "u1") == (file == "state.json") {
				t.Errorf("%s %s: it is pinned to %q", name, file, id)
			}
			closed(t, s)
			closed(t, opened(t, dir))
		}
	}
}

// One profile that makes no sense takes nothing from the others, and what it said
// is still there for a person.
func TestOneBrokenEarlierProfile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := legacySnapshot(t, sample("work", lately))
	state := fmt.Sprintf(`{"profiles":{"a":{"health":7},"b":{"since":"yesterday","health":{"state":"healthy"}},"%s work":%s,"z":[]},
		"pins":{"work":{"endpoint":%q,"user":"u1"},"x":3}}`, endpointOf("work"), good, endpointOf("work"))
	write(t, filepath.Join(dir, "state.json"), []byte(state))
	s, notice, err := store.Open(dir, config)
	if err != nil || !strings.Contains(notice, "set aside") {
		t.Errorf("the notice is %q, %v", notice, err)
	}
	s.Retain([][2]string{{"work", endpointOf("work")}})
	id, _ := s.Pin("work", endpointOf("work"))
	if _, ok := stored(s, "work"); !ok || id != "u1" {
		t.Errorf("it is known: %v, and pinned to %q", ok, id)
	}
	closed(t, s)
	aside, _ := filepath.Glob(filepath.Join(dir, "state.json.broken-*"))
	if len(aside) != 1 || string(read(t, aside[0])) != state {
		t.Errorf("set aside is %v", aside)
	}
}

// What is in the way of an earlier file, or is far too large, is set aside unread.
func TestOtherThingsInPlaceOfEarlierFiles(t *testing.T) {
	t.Parallel()
	for name, put := range map[string]func(path string) error{
		"a folder":          func(path string) error { return os.Mkdir(path, 0o700) },
		"a link to nothing": func(path string) error { return os.Symlink("nowhere", path) },
		"512 MiB of zeros": func(path string) error {
			write(t, path, nil)
			return os.Truncate(path, 512<<20)
		},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "state.json")
		if err := put(path); err != nil {
			t.Skip(err)
		}
		s, notice, err := store.Open(dir, config)
		if err != nil || !strings.Contains(notice, path+" could not be read as a whole") || !strings.Contains(notice, "set aside") {
			t.Errorf("%s: the notice is %q, %v", name, notice, err)
		}
		decideAll(t, s, "work", "u1")
		closed(t, s)
	}
}

// Two rollcalls that find the earlier files at once take them over once.
func TestEarlierStateIsTakenOverOnce(t *testing.T) {
	t.Parallel()
	for range 10 {
		dir := t.TempDir()
		earlier(t, dir, fmt.Sprintf(`{"pins":{"work":{"endpoint":%q,"user":"u1"}},"profiles":{"work":%s}}`, endpointOf("work"), legacySnapshot(t, sample("work", lately))))
		opened := make(chan *store.Store)
		for range 4 {
			go func() {
				s, notice, err := store.Open(dir, config)
				if err != nil || notice != "" {
					t.Errorf("the notice is %q, %v", notice, err)
				}
				s.Retain([][2]string{{"work", endpointOf("work")}})
				opened <- s
			}()
		}
		for range 4 {
			s := <-opened
			id, _ := s.Pin("work", endpointOf("work"))
			if got, ok := stored(s, "work"); !ok || len(got.Changes) != 1 || id != "u1" {
				t.Errorf("it is known: %v, with %d changes, and pinned to %q", ok, len(got.Changes), id)
			}
			closed(t, s)
		}
	}
}
