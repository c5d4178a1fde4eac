package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/privacy"
)

// TestSoon shows the last run before a configuration only where it is large, and never
// in private mode.
func TestSoon(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.toml")
	a := &app{
		console: console{services: builtIn(), getenv: func(name string) string {
			return map[string]string{"HOME": dir, "XDG_STATE_HOME": filepath.Join(dir, "state")}[name]
		}},
		configFlag: path,
	}
	write := func(size int) {
		if err := os.WriteFile(path, []byte("[profiles.work]\nprovider = 'katapult'\ntoken = { env = 'A' }\n"+strings.Repeat("#\n", size/2)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if a.soon() != nil {
		t.Error("there is something before there is a configuration")
	}
	write(100)
	if a.soon() != nil {
		t.Error("a small configuration is not read at once")
	}
	write(readAtOnce)
	opened := a.openStore(path)
	if opened.err != nil || opened.notice != "" {
		t.Fatal(opened.err, opened.notice)
	}
	opened.store.Save(account.Snapshot{Profile: "work", Endpoint: "https://h", Health: account.Health{State: account.Expiring, CheckedAt: time.Now()}})
	if err := opened.store.Close(); err != nil {
		t.Fatal(err)
	}
	s := a.soon()
	if s == nil || len(s.standings) != 1 || s.standings[0].Name != "work" || s.standings[0].State != account.Expiring {
		t.Fatalf("it shows %+v", s)
	}
	if err := s.state.store.Close(); err != nil {
		t.Error(err)
	}
	a.mask = privacy.New(nil)
	if a.soon() != nil {
		t.Error("names are shown in private mode before it is known what they tell")
	}
}
