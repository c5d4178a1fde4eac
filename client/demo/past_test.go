package demo

import (
	"errors"
	"slices"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/demo/demotest"
	"rollcall/client/store"
)

// endpointOf stands for the address that is asked at a base address.
func endpointOf(_, baseURL string) string { return baseURL + "/me" }

// opened is a store that knows nothing yet.
func opened(t *testing.T) *store.Store {
	t.Helper()
	kept, _, err := store.Open(t.TempDir(), "/demo/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	return kept
}

// remembering is a store with the past of the demo.
func remembering(t *testing.T, s *Server) *store.Store {
	t.Helper()
	kept := opened(t)
	if err := errors.Join(s.Remember(kept, endpointOf), s.RememberChecks(t.Context(), kept, endpointOf)); err != nil {
		t.Fatal(err)
	}
	return kept
}

// TestPastEndsInThePresent has the last check of each profile find what the service
// will say at the start, and the past lead there.
func TestPastEndsInThePresent(t *testing.T) {
	s := start(t, time.Now) // The store leaves out what is yet to come.
	kept := remembering(t, s)
	for _, e := range s.entries {
		snap, ok := kept.Snapshot(e.Name, endpointOf("", e.baseURL()))
		if e.Disabled {
			if ok {
				t.Errorf("%s: one that is switched off has a past", e.Name)
			}
			continue
		}
		past := kept.Past(e.Name, endpointOf("", e.baseURL()))
		if len(past.Checks) < 200 {
			t.Errorf("%s: %d checks", e.Name, len(past.Checks))
		}
		if snap.Health.State != account.State(e.State) || snap.Health.Code != e.Code {
			t.Errorf("%s: %s %q, want %s %q", e.Name, snap.Health.State, snap.Health.Code, e.State, e.Code)
		}
		if share, n := account.Availability(past.Checks); e.State == "healthy" && (share < 0.9 || share == 1 && n > 400) {
			t.Errorf("%s: healthy, and available in %.2f of %d checks", e.Name, share, n)
		}
		if snap.Since.IsZero() || snap.Since.After(snap.Health.CheckedAt) {
			t.Errorf("%s: since %v", e.Name, snap.Since)
		}
		var was account.State
		for _, c := range past.Changes {
			if c.Kind != account.ChangeState {
				continue
			}
			if was != "" && c.Was.State != was {
				t.Errorf("%s: %v after %s", e.Name, c, was)
			}
			was = c.Is.State
		}
		if was != "" && was != snap.Verdict.State {
			t.Errorf("%s: the last change is to %s, and the verdict %s", e.Name, was, snap.Verdict.State)
		}
	}
}

// TestPastIsTheSame tells the past twice.
func TestPastIsTheSame(t *testing.T) {
	s := start(t, time.Now)
	again := s.pasts(endpointOf)
	for i, p := range s.pasts(endpointOf) {
		if !slices.Equal(p.checks, again[i].checks) || !slices.EqualFunc(p.changes, again[i].changes, account.Change.Equal) {
			t.Errorf("%s: another past", p.Name)
		}
	}
}

// TestNothingToUndo has the snoozes of the past be nobody's last change.
func TestNothingToUndo(t *testing.T) {
	s, kept := start(t, time.Now), opened(t)
	if err := s.Remember(kept, endpointOf); err != nil {
		t.Fatal(err)
	}
	if steps, err := kept.Steps(); len(steps) > 0 || err != nil {
		t.Errorf("steps to take back: %+v, %v", steps, err)
	}
}

func TestMonday(t *testing.T) {
	for now, want := range map[time.Time]string{
		demotest.Noon():                      "2026-11-30", // a Sunday
		demotest.Noon().Add(24 * time.Hour):  "2026-11-30",
		demotest.Noon().Add(-24 * time.Hour): "2026-11-23",
		demotest.Noon().Add(-48 * time.Hour): "2026-11-23",
	} {
		if got := monday(now).Format(time.DateOnly); got != want {
			t.Errorf("from %v: %s, want %s", now, got, want)
		}
	}
}

func BenchmarkRemember(b *testing.B) {
	s, err := Start(Options{NoLatency: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		kept, _, _ := store.Open(b.TempDir(), "/demo/config.toml")
		if err := s.Remember(kept, endpointOf); err != nil {
			b.Fatal(err)
		}
		kept.Close()
	}
}
