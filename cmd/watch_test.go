package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/query"
)

// watching is a watcher of a mixed day whose output can be read.
type watching struct {
	*watcher
	t   *testing.T
	out *os.File
	// now is what the clock says.
	now time.Time
	all []account.Snapshot
}

func newWatching(t *testing.T, selected string) *watching {
	t.Helper()
	a, l, all := mixedDay(t)
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	q, err := query.Parse(selected, vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	w := &watching{t: t, out: out, now: noon(), all: all}
	a.stdout, a.stderr, a.now = out, out, func() time.Time { return w.now }
	f := &follower{app: a, loaded: l, wanted: wanted{Query: q}}
	f.adopt(l.Profiles)
	w.watcher = a.newWatcher(f, statusOptions{output: &formatFlag{value: formatTable}, table: usualTable()})
	return w
}

// told is what is printed of an event: the events of each line with their profile.
func (w *watching) told(e account.Event) (told string, next time.Duration) {
	w.t.Helper()
	w.take(e)
	next, err := w.tell()
	if err != nil {
		w.t.Fatal(err)
	}
	return w.read(), next
}

func (w *watching) read() string {
	w.t.Helper()
	if _, err := w.out.Seek(0, io.SeekStart); err != nil {
		w.t.Fatal(err)
	}
	data, err := io.ReadAll(w.out)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.out.Truncate(0); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.out.Seek(0, io.SeekStart); err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for line := range bytes.Lines(data) {
		var event struct {
			Schema  int
			At      time.Time
			Events  []string
			Profile struct{ Name string }
		}
		if err := json.Unmarshal(line, &event); err != nil {
			all = append(all, strings.TrimSpace(string(line)))
			continue
		}
		if event.Schema != 1 || !event.At.Equal(w.now) {
			w.t.Errorf("a line is of the schema %d, at %s", event.Schema, event.At)
		}
		all = append(all, event.Profile.Name+" "+strings.Join(event.Events, "+"))
	}
	return strings.Join(all, ", ")
}

// TestWatchEvents tells of a day in lines: the first answers, a token that is
// refused, and an end that comes near while nobody is asked.
func TestWatchEvents(t *testing.T) {
	w := newWatching(t, "")
	expect := func(want string, e account.Event) {
		t.Helper()
		if got, _ := w.told(e); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	expect("", account.Event{})
	expect("release now, shared now, broken now, egi soon", account.Event{Snapshots: w.all})
	expect("", account.Event{Snapshots: w.all})

	refused := w.all[0]
	refused.Health.State, refused.Verdict = account.InvalidToken, account.Verdict{State: account.InvalidToken, At: noon()}
	refused.Changes = []account.Change{{At: noon(), Kind: account.ChangeState, Is: account.Value{State: account.InvalidToken}}}
	expect("work now+changed", account.Event{Snapshots: []account.Snapshot{refused}})
	expect("work fine", account.Event{Snapshots: w.all[:1]})

	// The soonest end that changes anything is that of release.
	if _, next := w.told(account.Event{}); next != longestQuiet {
		t.Errorf("it looks again in %s", next)
	}
	w.now = noon().Add(4*24*time.Hour - time.Minute)
	if told, next := w.told(account.Event{}); told != "" || next != time.Minute {
		t.Errorf("before the last day of egi: %q, and again in %s", told, next)
	}
	w.now = noon().Add(4 * 24 * time.Hour)
	expect("egi now", account.Event{})
	expect("rollcall: warning: the state was set aside", account.Event{Notice: "the state was set aside"})
}

// TestWatchSelected tells only of profiles that answer the query.
func TestWatchSelected(t *testing.T) {
	w := newWatching(t, "tag:client")
	if got, _ := w.told(account.Event{Snapshots: w.all}); got != "release now" {
		t.Errorf("told %q", got)
	}
}

// TestWatchReload goes on with what is known of the profiles that stay.
func TestWatchReload(t *testing.T) {
	w := newWatching(t, "")
	w.told(account.Event{Snapshots: w.all})
	w.reload(reload{err: errors.New("config.toml:3: a value is missing")})
	if got, _ := w.told(account.Event{}); !strings.Contains(got, "so the one before stays: config.toml:3") {
		t.Errorf("told %q", got)
	}
	c := *w.loaded.Config
	c.Profiles = append([]config.Profile{{Name: "new", Provider: "katapult"}}, c.Profiles[1:]...)
	w.loaded.store = nil
	w.adopt(c.Profiles)
	if w.latest[0].Health.State != account.Checking || w.latest[1].Profile != "release" || w.latest[1].Health.State != account.Expiring {
		t.Errorf("known are %+v", w.latest[:2])
	}
}

// TestWatchRuns takes what comes until it is to end, and looks again when time alone
// has changed something.
func TestWatchRuns(t *testing.T) {
	w := newWatching(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	events, alarm, asked := make(chan account.Event), make(chan time.Time), make(chan time.Duration, 100)
	ended := make(chan error)
	go func() {
		ended <- w.loop(ctx, w.tell, events, nil, func(d time.Duration) <-chan time.Time { asked <- d; return alarm })
	}()
	events <- account.Event{Snapshots: w.all}
	alarm <- noon()
	// Whoever waits for the next has told of the one before.
	events <- account.Event{}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if got := w.read(); got != "release now, shared now, broken now, egi soon" {
		t.Errorf("told %q", got)
	}
	if first := <-asked; first != longestQuiet {
		t.Errorf("it looks again in %s", first)
	}
}

// TestWatchTable has room for all, for the rows, and for a part of them.
func TestWatchTable(t *testing.T) {
	w := newWatching(t, "")
	w.take(account.Event{Snapshots: w.all, Notice: "The state was set aside."})
	sc := screen{terminal: true, width: 80}
	var b strings.Builder
	for _, height := range []int{60, 30, 24, 12, 4} {
		lines := w.tableLines(sc, height)
		if len(lines) > height-1 {
			t.Errorf("%d lines for a screen of %d", len(lines), height)
		}
		b.WriteString(strings.Join(lines, "\n") + "\n\n")
	}
	golden(t, "watch.txt", []byte(b.String()))
	if n := len(w.tableLines(sc, 0)); n < 40 {
		t.Errorf("%d lines where the height is not known", n)
	}
}

// TestRedrawn looks at the screen after each drawing.
func TestRedrawn(t *testing.T) {
	screen := vt.NewEmulator(20, 6)
	var written bytes.Buffer
	d := &redrawn{to: io.MultiWriter(screen, &written)}
	shows := func(width int, want string, lines ...string) {
		t.Helper()
		if err := d.draw(lines, width); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(strings.Fields(screen.String()), " "); got != want {
			t.Errorf("the screen has %q, want %q", got, want)
		}
	}
	if _, err := io.WriteString(screen, "$ rollcall\r\n"); err != nil {
		t.Fatal(err)
	}
	shows(20, "$ rollcall a long line b", "a long line", "b")
	shows(20, "$ rollcall c", "c")
	shows(20, "$ rollcall d e f", "d", "e", "f")
	before := written.Len()
	shows(20, "$ rollcall d e f", "d", "e", "f")
	if written.Len() != before {
		t.Error("the same was drawn again")
	}
}

// TestRedrawnNarrower goes up by the rows that the lines now take.
func TestRedrawnNarrower(t *testing.T) {
	var written bytes.Buffer
	d := &redrawn{to: &written, lines: []string{strings.Repeat("x", 20), "y"}}
	if err := d.draw([]string{"z"}, 10); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(written.String(), ansi.ResetModeAutoWrap+"\r"+ansi.CursorUp(3)+"z") {
		t.Errorf("drew %q", written.String())
	}
}
