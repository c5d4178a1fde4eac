package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestBrokenFilesAreSetAside(t *testing.T) {
	tests := []struct{ name, content, reason string }{
		{"empty", "", "unexpected end"},
		{"not JSON", "hello", "invalid character"},
		{"cut off", `{"format":1,"profiles":{"work":{"pro`, "unexpected end"},
		{"another type", `[]`, "array"},
		{"no format", `{}`, "format 0"},
		{"a later format", `{"format":7,"profiles":"all new","key":1}`, "format 7"},
		{"wrong types", `{"format":2,"profiles":[1],"key":true}`, "could not be read"},
	}
	for _, tt := range tests {
		for _, file := range []string{"state.json", "holds.json"} {
			t.Run(tt.name+" "+file, func(t *testing.T) {
				dir := t.TempDir()
				path := filepath.Join(dir, file)
				if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
					t.Fatal(err)
				}
				s, notice, err := Open(dir)
				if err != nil || !strings.Contains(notice, tt.reason) || !strings.Contains(notice, path) {
					t.Fatalf("notice %q, %v", notice, err)
				}
				aside, _ := filepath.Glob(path + ".broken-*")
				if len(aside) != 1 || !strings.Contains(notice, filepath.Base(aside[0])) {
					t.Fatalf("set aside as %v, notice %q", aside, notice)
				}
				if data, _ := os.ReadFile(aside[0]); string(data) != tt.content {
					t.Errorf("it now says %q", data)
				}
				s.Save(sample("work", noon, 1))
				s.StartCooldown("https://a.example", "x", time.Now().Add(time.Hour))
				closed(t, s)
				s = opened(t, dir)
				if _, ok := stored(s, "work"); !ok {
					t.Error("the new file keeps nothing")
				}
			})
		}
	}
}

func TestSettingAsideOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state.json")
	for i := range 4 {
		if err := os.WriteFile(path, fmt.Append(nil, "broken ", i), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Open(dir); err != nil {
			t.Fatal(err)
		}
	}
	aside, _ := filepath.Glob(path + ".broken-*")
	if len(aside) != 4 {
		t.Errorf("set aside: %v", aside)
	}
}

// panicking is contents in which something of ours is wrong.
type panicking struct{}

func (panicking) takeIn([]byte) error     { panic("takeIn") }
func (panicking) encode() ([]byte, error) { panic("encode") }

func TestFaultInTheStateIsNoEnd(t *testing.T) {
	s := opened(t, t.TempDir())
	f := s.archive.fileQueue
	f.exclusively(func() (string, error) { return f.file.save(panicking{}) })
	f.share(&singleFlight{}, func() (string, error) { return f.file.save(panicking{}) })
	if notices := s.takeNotices(); len(notices) != 1 || !strings.Contains(notices[0], "rollcall itself failed") {
		t.Errorf("the notices are %q", notices)
	}
	s.Save(sample("work", noon, 1))
	closed(t, s)
}

// Two versions that do not know each other's format set aside each other's file
// for ever.
func TestFewBrokenFilesAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a [strange] folder")
	path := filepath.Join(dir, "state.json")
	s := opened(t, dir)
	for i := range 3 * maxBroken {
		s.Save(sample("work", noon, 1))
		s.Flush()
		if err := os.WriteFile(path, fmt.Append(nil, `{"format":`, 100+i, "}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, s)
	s.Save(sample("work", noon, 1))
	s.Flush()
	aside := s.archive.file.beside(func(end string) bool { return strings.HasPrefix(end, ".broken-") })
	if len(aside) != maxBroken {
		t.Errorf("set aside: %v", aside)
	}
}

// A rollcall that was killed while it wrote leaves an unfinished file.
func TestUnfinishedFilesAreRemoved(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"state.json123", "state.json4567890", "state.json.lock", "state.json.broken-20260102-030405", "state.json5x", "choice.json"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := opened(t, dir)
	s.Save(sample("work", noon, 1))
	closed(t, s)
	var left []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if got := strings.Join(left, " "); got != "choice.json state.json state.json.broken-20260102-030405 state.json.lock state.json5x" {
		t.Errorf("the folder has %s", got)
	}
}

// One that was killed leaves it for those that run already, too, and for those
// that write nothing.
func TestUnfinishedFilesOfOthersAreRemoved(t *testing.T) {
	dir := t.TempDir()
	leave := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	s := opened(t, dir)
	save := func() {
		s.Save(sample("work", noon, 1))
		s.Flush()
	}
	save()
	one := leave("state.json1")
	save()
	if exists(one) {
		t.Error("a rollcall that runs leaves what another one left")
	}

	two, three := leave("state.json2"), leave("holds.json3")
	unlock, err := s.archive.file.lock()
	if err != nil {
		t.Fatal(err)
	}
	opened(t, dir)
	if !exists(two) || exists(three) {
		t.Error("the beginning of what somebody writes is gone, or what nobody writes is not")
	}
	unlock()
	opened(t, dir)
	if exists(two) {
		t.Error("a rollcall that writes nothing leaves what another one left")
	}
}

func TestFileThatBreaksMeanwhile(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	s.Save(sample("one", noon, 1))
	s.Flush()
	path := filepath.Join(dir, "state.json")
	if err := os.WriteFile(path, []byte("oops"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Save(sample("two", noon, 1))
	closed(t, s)
	if notices := s.takeNotices(); len(notices) != 1 || !strings.Contains(notices[0], "set aside") {
		t.Errorf("the notices are %q", notices)
	}
	s = opened(t, dir)
	for _, name := range []string{"one", "two"} {
		if _, ok := stored(s, name); !ok {
			t.Errorf("%s was lost", name)
		}
	}
}

func TestOtherThingsInPlaceOfTheFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "state.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	s, notice, err := Open(dir)
	if err != nil || !strings.Contains(notice, "not a file") {
		t.Fatalf("notice %q, %v", notice, err)
	}
	s.Save(sample("work", noon, 1))
	closed(t, s)
}

func TestRelativeFolder(t *testing.T) {
	if _, _, err := Open("rollcall"); err == nil {
		t.Error("a relative folder was taken")
	}
}

func TestFolderThatCannotBeUsed(t *testing.T) {
	s, notice, err := Open(ordinaryFile(t, "occupied", nil))
	if err != nil {
		t.Fatal(err)
	}
	s.Save(sample("work", noon, 1))
	s.StartCooldown("https://a.example", "x", time.Now().Add(time.Hour))
	s.Flush()
	s.Flush()
	notice += strings.Join(s.takeNotices(), " ")
	if strings.Count(notice, "cannot be kept") != 1 {
		t.Errorf("the notices are %q", notice)
	}
	if _, held := s.Cooldown("https://a.example", "x"); !held {
		t.Error("the hold is forgotten")
	}
	if _, ok := stored(s, "work"); !ok {
		t.Error("the snapshot is forgotten")
	}
}

func TestCloseTellsWhatNobodyWasTold(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rollcall")
	s := opened(t, dir)
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Save(sample("work", noon, 1))
	s.Flush()
	if err := s.Close(); err == nil {
		t.Error("it says nothing")
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("it can be written again, but: %v", err)
	}
	if _, ok := stored(opened(t, dir), "work"); !ok {
		t.Error("it was not written")
	}
}

func TestLockThatIsNeverLeft(t *testing.T) {
	dir := t.TempDir()
	file := &stateFile{path: filepath.Join(dir, "state.json")}
	unlock, err := file.lock()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := opened(t, dir)
		s.Save(sample("work", noon, 1))
		begun := time.Now()
		if err := s.Close(); err == nil || !strings.Contains(err.Error(), "another program") {
			t.Errorf("it ends with %v", err)
		}
		if took := time.Since(begun); took != lockWait {
			t.Errorf("it took %v", took)
		}
		unlock()
		closed(t, s)
	})
	if _, ok := stored(opened(t, dir), "work"); !ok {
		t.Error("it was not written in the end")
	}
}
