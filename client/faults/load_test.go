package faults_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/service/katapult"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/ui"
)

// span is how long the load lasts in simulated time.
var span = flag.Duration("load", 10*time.Minute, "how long the simulated load lasts")

const (
	loadProfiles, loadHosts = 1000, 20
	// perExchange is how many bytes of a check stay in memory with what went over the
	// wire, as they do of ten checks of each profile, and perCheck without it.
	perExchange, perCheck = 2 << 10, 300
)

// settled is when each profile was checked and asked for its details, and how many bytes
// of a check stay in memory from then on.
func settled() (after time.Duration, stays uint64) {
	if *span >= 30*time.Minute {
		return 12 * time.Minute, perCheck
	}
	return *span / 3, perExchange
}

// TestLoad runs a thousand profiles at twenty hosts, half of which are broken, with the
// dashboard before them: over real connections, and in simulated time. Memory,
// goroutines and descriptors stay what they are, every host is asked as it wants, and
// every key is answered.
func TestLoad(t *testing.T) {
	if testing.Short() {
		*span = 3 * time.Minute
	}
	settled, stays := settled()
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	hosts := newCrowd()
	defer hosts.close()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kept, notice, err := store.Open(dir, "/home/sam/config.toml")
		if err != nil || notice != "" {
			t.Fatalf("the store says %q, %v", notice, err)
		}
		defer func() {
			if err := kept.Close(); err != nil {
				t.Error(err)
			}
		}()
		network := client.NewNetwork("rollcall/test", catalog)
		defer network.Close()
		clients, profiles := hosts.clients(network)
		screen := newScreen(profiles)
		ctx, stop := context.WithTimeout(t.Context(), *span)
		defer stop()
		go hosts.clock.run(ctx)
		go screen.press(ctx)
		var after, before usage
		measured := make(chan struct{})
		go func() {
			defer close(measured)
			time.Sleep(settled)
			synctest.Wait()
			before = measure()
			time.Sleep(*span - settled - time.Second)
			synctest.Wait()
			after = measure()
		}()
		p := client.NewPoller(clients, kept)
		p.Run(ctx, screen.take)
		<-measured
		hosts.judge(t, p.Stored())
		screen.judge(t)
		checks := uint64(loadProfiles * (*span - settled) / time.Minute)
		t.Logf("from %v to %v", before, after)
		if after.heap > before.heap+checks*stays {
			t.Errorf("memory grew by %d KiB", (after.heap-before.heap)>>10)
		}
		if after.goroutines > before.goroutines+60 || after.descriptors > before.descriptors+60 {
			t.Errorf("from %v to %v", before, after)
		}
	})
}

// usage is what the process has at a moment.
type usage struct {
	heap                    uint64
	goroutines, descriptors int
}

func (u usage) String() string {
	return fmt.Sprintf("%d KiB, %d goroutines, %d descriptors", u.heap>>10, u.goroutines, u.descriptors)
}

func measure() usage {
	debug.FreeOSMemory()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	// Where there is no such folder it is zero all the time.
	open, _ := os.ReadDir("/dev/fd")
	return usage{sample[0].Value.Uint64(), runtime.NumGoroutine(), len(open)}
}

// screen is the dashboard, of which somebody presses keys.
type screen struct {
	mu      sync.Mutex
	model   tea.Model
	events  int
	pressed int
	unheard int
}

func newScreen(profiles []config.Profile) *screen {
	m := ui.New(ui.Options{Config: &config.Config{Profiles: profiles}, Services: []account.ServiceInfo{katapult.Service{}.Info()}})
	s := &screen{model: m}
	s.update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return s
}

// take shows what has changed.
func (s *screen) take(e account.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events++
	s.update(e)
}

func (s *screen) update(msg tea.Msg) { s.model, _ = s.model.Update(msg) }

// press presses a key a second, and looks whether the screen answers.
func (s *screen) press(ctx context.Context) {
	keys := []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyUp}}
	for i := 0; ; i++ {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return
		}
		s.mu.Lock()
		before := s.content()
		s.update(keys[i%len(keys)])
		if s.pressed++; s.content() == before {
			s.unheard++
		}
		s.mu.Unlock()
	}
}

func (s *screen) content() string { return s.model.(*ui.Model).View().Content }

// judge reports keys that changed nothing.
func (s *screen) judge(t *testing.T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t.Logf("%d events, %d keys", s.events, s.pressed)
	if s.events == 0 || s.pressed < int(*span/time.Second)-2 || s.unheard > 0 {
		t.Errorf("%d events, %d keys, of which %d changed nothing", s.events, s.pressed, s.unheard)
	}
}
