package ui

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"rollcall/client/account"
	"rollcall/config"
)

// shownFor is how long the dashboards of these tests are looked at.
const shownFor = 10 * time.Minute

// cost is what a dashboard did in that time: the messages that it took in, the screens
// that were another one than before, and what was written to the terminal.
type cost struct{ messages, screens, bytes int }

// String is the cost for a second.
func (c cost) String() string {
	s := shownFor.Seconds()
	return fmt.Sprintf("%.2f messages, %.2f screens, %.0f bytes", float64(c.messages)/s, float64(c.screens)/s, float64(c.bytes)/s)
}

// meter is a dashboard that is counted while the library shows it.
type meter struct {
	*Model
	messages, screens atomic.Int64
	last              string
}

func (m *meter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.messages.Add(1)
	_, cmd := m.Model.Update(msg)
	return m, cmd
}

func (m *meter) View() tea.View {
	v := m.Model.View()
	if v.Content != m.last {
		m.screens.Add(1)
		m.last = v.Content
	}
	return v
}

// written counts what is written to it.
type written struct{ atomic.Int64 }

func (w *written) Write(p []byte) (int, error) {
	w.Add(int64(len(p)))
	return len(p), nil
}

// cost is what the dashboard did until now, which was written to out.
func (m *meter) cost(out *written) cost {
	return cost{int(m.messages.Load()), int(m.screens.Load()), int(out.Load())}
}

// quietDay is a dashboard of n profiles that are all well, each of which is checked
// at an interval, one after the other; zero is for no checks.
type quietDay struct {
	n        int
	interval time.Duration
	slow     bool
	blurred  bool
}

// spend shows the dashboard in a bubble of synctest and says what that costs.
func (q quietDay) spend(t *testing.T) cost {
	t.Helper()
	began := time.Now()
	now := func() time.Time { return noon.Add(time.Since(began)) }
	c := &config.Config{UI: sampleProfiles().UI}
	var all []account.Snapshot
	for i := range q.n {
		p := sampleProfiles().Profiles[0]
		p.Name = fmt.Sprintf("profile-%03d", i)
		s := healthy(p.Name, account.User{ID: p.Name, FullName: "Sam Doe"}, 40)
		s.NextAt = time.Time{}
		c.Profiles, all = append(c.Profiles, p), append(all, s)
	}
	m := &meter{Model: New(Options{Config: c, Services: sampleServices, Now: now, Profile: "profile-000"})}
	out := &written{}
	p := tea.NewProgram(m, tea.WithInput(nil), tea.WithOutput(out), tea.WithEnvironment(nil),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithWindowSize(120, 36), tea.WithoutSignalHandler())
	ended := make(chan error, 1)
	go func() {
		_, err := p.Run()
		ended <- err
	}()
	p.Send(account.Event{Snapshots: slices.Clone(all)})
	if q.blurred {
		p.Send(tea.BlurMsg{})
	}
	stop := make(chan struct{})
	go q.check(all, now, p.Send, stop)
	time.Sleep(time.Minute)
	synctest.Wait()
	before := m.cost(out)
	time.Sleep(shownFor)
	synctest.Wait()
	after := m.cost(out)
	close(stop)
	p.Quit()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	time.Sleep(2 * time.Minute) // The timers that are left end before the bubble does.
	return cost{after.messages - before.messages, after.screens - before.screens, after.bytes - before.bytes}
}

// check has the profiles checked one after the other. What is slow is told of when it
// begins, too.
func (q quietDay) check(all []account.Snapshot, now func() time.Time, send func(tea.Msg), stop chan struct{}) {
	if q.interval == 0 {
		return
	}
	pause := time.NewTicker(q.interval / time.Duration(q.n))
	defer pause.Stop()
	for i := 0; ; i = (i + 1) % q.n {
		select {
		case <-pause.C:
		case <-stop:
			return
		}
		s := &all[i]
		if q.slow {
			begun := *s
			begun.Busy, begun.NextAt = true, time.Time{}
			send(account.Event{Snapshots: []account.Snapshot{begun}})
			time.Sleep(q.interval / time.Duration(q.n) / 2)
		}
		h := &s.Health
		h.CheckedAt, h.LastOKAt, s.AccountAt, s.NextAt = now(), now(), now(), now().Add(q.interval)
		h.Latency = 40*time.Millisecond + time.Duration(now().UnixNano()%7)*time.Millisecond
		s.History = latest(append(s.History[:len(s.History):len(s.History)], account.Check{At: now(), State: h.State, Latency: h.Latency, HTTPStatus: 200}), 16)
		send(account.Event{Snapshots: []account.Snapshot{*s}})
	}
}

// Little is done while little happens: what each of these dashboards costs in ten
// minutes is bounded, in messages, screens and bytes for a second.
func TestCostOfAQuietDay(t *testing.T) {
	if raceDetector {
		t.Skip("it counts what is drawn, for many simulated minutes")
	}
	for _, c := range []struct {
		name                     string
		day                      quietDay
		messages, screens, bytes float64
	}{
		{"no checks", quietDay{n: 100}, 0.1, 0.05, 5},
		{"no checks, unseen", quietDay{n: 100, blurred: true}, 0.02, 0.02, 5},
		{"an hour between checks", quietDay{n: 1, interval: time.Hour}, 0.1, 0.05, 5},
		{"a minute between checks", quietDay{n: 100, interval: time.Minute}, 3, 1.2, 150},
		{"a minute between checks, unseen", quietDay{n: 100, interval: time.Minute, blurred: true}, 1.8, 0.1, 20},
		{"a minute between slow checks", quietDay{n: 20, interval: time.Minute, slow: true}, 6, 5, 600},
		{"a minute between slow checks, unseen", quietDay{n: 20, interval: time.Minute, slow: true, blurred: true}, 0.8, 0.1, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				spent := c.day.spend(t)
				t.Logf("a second: %v", spent)
				s := shownFor.Seconds()
				if float64(spent.messages) > c.messages*s || float64(spent.screens) > c.screens*s || float64(spent.bytes) > c.bytes*s {
					t.Errorf("a second costs %v, want at most %.2f messages, %.2f screens, %.0f bytes", spent, c.messages, c.screens, c.bytes)
				}
			})
		})
	}
}
