package talk

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/katapult"
	"rollcall/client/store"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/query"
)

var update = flag.Bool("update", false, "write the conversations in testdata anew")

// noon is the moment of the conversations.
func noon() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// world is a configuration with its state, and services that answer as the test
// says.
type world struct {
	t    *testing.T
	dir  string
	now  time.Time
	from *config.Config
	// answers are what the services say to a secret.
	answers map[string]account.Snapshot
	// did is what the program around the conversation was asked for.
	did []string
}

// newWorld makes profiles of a service, each with a file for its secret.
func newWorld(t *testing.T, settings string) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), now: noon(), answers: map[string]account.Snapshot{}}
	path := filepath.Join(w.dir, "config.toml")
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.from, err = config.Load(path, w.providers()); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) providers() config.Services {
	return config.Services{Known: []config.Provider{{Name: "katapult", DefaultURL: "https://api.katapult.example"}}}
}

// keep writes the secret of a profile.
func (w *world) keep(name, secret string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(secret+"\n"), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// manager changes the profiles of the world.
func (w *world) manager() *manage.Manager {
	var kept *store.Store
	w.t.Cleanup(func() {
		if kept != nil {
			_ = kept.Close()
		}
	})
	return manage.New(manage.Options{
		// One that goes on has its state open.
		Store: func() *store.Store {
			if kept == nil {
				kept, _, _ = store.Open(filepath.Join(w.dir, "state"), w.from.Path)
			}
			return kept
		},
		Path: w.from.Path, Services: service.Catalog{katapult.Service{}}, Providers: w.providers(),
		Open: func() (*store.Store, error) {
			s, _, err := store.Open(filepath.Join(w.dir, "state"), w.from.Path)
			return s, err
		},
		Check: func(ctx context.Context, asked manage.Trial, _ *store.Store) account.Snapshot {
			secret := asked.Secret
			if secret == "" {
				text, _ := os.ReadFile(filepath.Join(w.dir, asked.Profile.Name))
				secret = strings.TrimSpace(string(text))
			}
			s := w.answers[secret]
			s.Profile = asked.Profile.Name
			return s
		},
		Choose: func(c *config.Config, s *store.Store) (config.Chosen, error) {
			kept, err := s.Choices()
			return config.Chosen{Profile: kept.Active, By: "use"}, err
		},
	})
}

// options are those of a conversation about the world.
func (w *world) options() Options {
	m := w.manager()
	did := func(what string, names ...string) {
		w.did = append(w.did, strings.TrimSpace(what+" "+strings.Join(names, " ")))
	}
	return Options{
		Services: []account.ServiceInfo{{Name: "katapult", Title: "Katapult"}},
		Config:   w.from, Now: func() time.Time { return w.now },
		Words: query.Vocabulary{
			Severities: []string{"ok", "warn", "fail", "none"}, States: []string{"healthy", "invalid_token"},
			Urgencies: []string{"now", "soon", "waiting", "fine", "snoozed", "off"},
		},
		Refresh: func(names ...string) { did("refresh", names...) },
		Check:   func(name string) { did("check", name) },
		Choose: func(c *config.Config) (chosen config.Chosen, err error) {
			s, _, err := store.Open(filepath.Join(w.dir, "state"), w.from.Path)
			if err == nil {
				chosen, err = m.Choose(c, s)
				err = errors.Join(err, s.Close())
			}
			return chosen, err
		},
		Manage: m,
		Edit: func(_ context.Context, name string) (string, error) {
			did("edit", name)
			return "saved " + w.from.Path, nil
		},
		Export: func(_ context.Context, names []string, path string) (string, error) {
			did("export", strings.Join(names, ","), "to", path)
			return "wrote " + path, nil
		},
		TokenPage: func(string, string, map[string]string) string { return "https://katapult.example/tokens" },
		OpenURL:   func(_ context.Context, address string) error { did("open", address); return nil },
		History:   func(name string) account.Past { return account.Past{Profile: name} },
		Journal:   func() []account.Past { return nil },
		Account:   func(_ *config.Config, p config.Profile, _ account.Snapshot) string { return "All of " + p.Name + "." },
		Told:      func(s string) string { return strings.ReplaceAll(s, w.dir, "DIR") },
		Own:       func(_, s string) string { return s },
		Shown:     func(s account.Snapshot) account.Snapshot { return s },
		Named:     func(p config.Profile) config.Profile { return p },
	}
}

// save keeps answers as the engine does before it tells of them.
func (w *world) save(snapshots []account.Snapshot) {
	w.t.Helper()
	s, _, err := store.Open(filepath.Join(w.dir, "state"), w.from.Path)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, one := range snapshots {
		p, _ := w.from.Profile(one.Profile)
		one.Endpoint = service.Catalog{katapult.Service{}}.Endpoint(p.Provider, p.BaseURL, p.Parts)
		s.Save(one)
	}
	if err := s.Close(); err != nil {
		w.t.Fatal(err)
	}
}

// terminal is a person with a terminal, who types a line when asked for one.
type terminal struct {
	typed []string
	// said is all that stands in the terminal, with what it shows of the lines.
	said bytes.Buffer
}

func (p *terminal) Read(b []byte) (int, error) {
	l, err := p.line()
	if err != nil {
		return 0, err
	}
	p.said.WriteString(l + "\n")
	return copy(b, l+"\n"), nil
}

func (p *terminal) line() (l string, err error) {
	if len(p.typed) == 0 {
		return "", io.EOF
	}
	l, p.typed = p.typed[0], p.typed[1:]
	return l, nil
}

// plays has a person type the lines of a script, which are those that follow a
// prompt or question, and compares all that then stands in the terminal with it.
func (w *world) plays(script string, o Options, snapshots []account.Snapshot) {
	w.t.Helper()
	path := filepath.Join("testdata", script)
	want, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	p := new(terminal)
	for line := range strings.Lines(string(want)) {
		for _, prompt := range []string{promptText + " ", "Type yes or no: ", "(hidden) "} {
			if at := strings.LastIndex(line, prompt); at >= 0 {
				p.typed = append(p.typed, strings.TrimRight(line[at+len(prompt):], "\n"))
			}
		}
	}
	w.save(snapshots)
	events := make(chan account.Event, 1)
	events <- account.Event{Snapshots: snapshots}
	o.Echoed, o.Secret = true, func(ctx context.Context, question string) (string, error) {
		fmt.Fprintf(&p.said, "%s (not shown): (hidden) ", question)
		l, err := p.line()
		p.said.WriteString(l + "\n")
		return l, err
	}
	New(w.t.Context(), p, &p.said, o).Run(w.t.Context(), events, nil)
	if *update {
		if err := os.WriteFile(path, p.said.Bytes(), 0o644); err != nil {
			w.t.Fatal(err)
		}
		return
	}
	got, wanted := strings.Split(p.said.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(wanted)) {
		if i >= len(got) || i >= len(wanted) || got[i] != wanted[i] {
			w.t.Fatalf("%s:%d: it says\n%s\nwant\n%s", script, i+1,
				strings.Join(got[min(i, len(got)):min(i+3, len(got))], "\n"), strings.Join(wanted[min(i, len(wanted)):min(i+3, len(wanted))], "\n"))
		}
	}
}
