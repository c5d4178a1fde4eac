package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// bench is a dashboard driven by hand: its clock stands at noon until moved,
// and no command runs but by the test.
type bench struct {
	*Model
	now     time.Time
	asked   [][]string
	pending []tea.Cmd
}

func newBench(o Options) *bench {
	b := &bench{now: noon}
	o.Now = func() time.Time { return b.now }
	o.Refresh = func(names ...string) { b.asked = append(b.asked, names) }
	o.Check = func(name string) { b.asked = append(b.asked, []string{"check", name}) }
	o.Services, o.TokenPage = sampleServices, sampleTokenPage
	if o.Config == nil {
		o.Config = sampleProfiles()
	}
	if o.Profile == "" && o.Arrangement == nil && o.Config.DefaultProfile == "" && len(o.Config.Profiles) > 0 {
		o.Profile = o.Config.Profiles[0].Name
	}
	b.Model = New(o)
	return b
}

// unmoved is a dashboard of the samples, w by h, whose person has not moved yet.
func unmoved(o Options, w, h int) *bench {
	b := mixed(o, w, h)
	b.selection.following = true
	b.selection.arrange()
	b.settle()
	return b
}

// mixed is a dashboard of the samples, w by h.
func mixed(o Options, w, h int) *bench {
	b := newBench(o)
	b.send(tea.WindowSizeMsg{Width: w, Height: h}, account.Event{Snapshots: sampleSnapshots()})
	return b
}

// filed has the list in the order of the file.
func (b *bench) filed() *bench {
	b.selection.sortBy(sorting{by: insight.OrderFile})
	b.settle()
	return b
}

func (b *bench) send(msgs ...tea.Msg) {
	for _, m := range msgs {
		_, cmd := b.Update(m)
		b.pending = append(b.pending, cmd)
		for b.Model.roster.backlog.behind() {
			b.Update(b.portion())
		}
	}
}

// portion is what the program would send next to go on with what is left to do.
func (b *bench) portion() portionMsg { return portionMsg{rested: !b.roster.backlog.busy()} }

// special are the keys that are not text.
var special = map[string]tea.KeyPressMsg{
	"tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "enter": {Code: tea.KeyEnter},
	"esc": {Code: tea.KeyEscape}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft},
	"right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "pgup": {Code: tea.KeyPgUp},
	"pgdown": {Code: tea.KeyPgDown}, "backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
	"ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl},
	"ctrl+p": {Code: 'p', Mod: tea.ModCtrl}, "ctrl+n": {Code: 'n', Mod: tea.ModCtrl}, "ctrl+x": {Code: 'x', Mod: tea.ModCtrl}, "f2": {Code: tea.KeyF2}, "space": {Code: ' ', Text: " "},
	"ctrl+d": {Code: 'd', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl},
}

func keyPress(name string) tea.KeyPressMsg {
	if k, ok := special[name]; ok {
		return k
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func (b *bench) press(keys ...string) {
	for _, k := range keys {
		b.send(keyPress(k))
	}
}

func (b *bench) write(text string) {
	for _, r := range text {
		b.press(string(r))
	}
}

// text is what a person would see.
func (b *bench) text() string { return ansi.Strip(b.View().Content) }

// run runs the commands of the last message, but for timers, and returns what
// they tell.
func (b *bench) run(t *testing.T) []tea.Msg {
	t.Helper()
	// The timers left alone end before the bubble does.
	t.Cleanup(func() { time.Sleep(time.Minute) })
	cmd := b.pending[len(b.pending)-1]
	b.pending = nil
	return collect(cmd)
}

// collect runs a command and those it is made of, in a bubble of synctest:
// time passes there only when all wait, so what has not told anything before
// that is a timer, and left alone.
func collect(cmd tea.Cmd) []tea.Msg { return collectFor(cmd, time.Millisecond) }

// collectFor is collect that waits for the timers of a time.
func collectFor(cmd tea.Cmd, wait time.Duration) []tea.Msg {
	if cmd == nil {
		return nil
	}
	told := make(chan tea.Msg, 1)
	go func() { told <- cmd() }()
	select {
	case msg := <-told:
		if all, ok := msg.(tea.BatchMsg); ok {
			var out []tea.Msg
			for _, c := range all {
				out = append(out, collectFor(c, wait)...)
			}
			return out
		}
		return []tea.Msg{msg}
	case <-time.After(wait):
		return nil
	}
}

func (b *bench) wants(t *testing.T, texts ...string) {
	t.Helper()
	screen := b.text()
	for _, s := range texts {
		if !strings.Contains(screen, s) {
			t.Errorf("the screen has no %q:\n%s", s, screen)
		}
	}
}

func (b *bench) lacks(t *testing.T, texts ...string) {
	t.Helper()
	screen := b.text()
	for _, s := range texts {
		if strings.Contains(screen, s) {
			t.Errorf("the screen has %q:\n%s", s, screen)
		}
	}
}
