package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/config"
)

// runner readies what the test wants of it, and notes what it was asked for.
type runner struct {
	asked []string
	fails error
	ran   Ran
	// behind is set where commands run behind the screen.
	behind bool
}

func (r *runner) Shell(_ context.Context, profile string) (Program, error) {
	r.asked = append(r.asked, "shell "+profile)
	return Program{Run: func(context.Context) Ran { return r.ran }}, r.fails
}

func (r *runner) Command(_ context.Context, profiles []string, name string) (Program, error) {
	r.asked = append(r.asked, name+" "+strings.Join(profiles, " "))
	return Program{Behind: r.behind, Run: func(ctx context.Context) Ran {
		ran := r.ran
		if ctx.Err() != nil {
			ran.Said = name + " was called off"
		}
		return ran
	}}, r.fails
}

// owner is a dashboard with commands of the person's own.
func owner(r *runner, all ...config.Command) *bench {
	c := sampleProfiles()
	c.Commands = all
	return mixed(Options{Config: c, Programs: r}, 120, 40)
}

// after presses a key, and takes in what comes of that.
func (b *bench) after(t *testing.T, k tea.KeyPressMsg) {
	t.Helper()
	b.send(k)
	for len(b.pending) > 0 {
		var next []tea.Msg
		for _, m := range b.run(t) {
			switch m.(type) {
			case programReadyMsg, programEndedMsg:
				next = append(next, m)
			}
		}
		b.send(next...)
	}
}

// The keys of these tests.
func ctrlT() tea.KeyPressMsg { return tea.KeyPressMsg{Code: 't', Mod: tea.ModCtrl} }
func f5() tea.KeyPressMsg    { return tea.KeyPressMsg{Code: tea.KeyF5} }

func TestOwnCommandsAreActions(t *testing.T) { synctest.Test(t, testOwnCommandsAreActions) }

func testOwnCommandsAreActions(t *testing.T) {
	r := &runner{behind: true, ran: Ran{Said: "plan of work ended with 3", Printed: "a  b\n\tc", Cut: true}}
	b := owner(r, config.Command{Name: "plan", Key: "ctrl+t", Run: []string{"/opt/terraform", "plan"}},
		config.Command{Name: "taken", Key: "r", Run: []string{"x"}}, config.Command{Name: "odd", Key: "ctrl+tt", Run: []string{"x"}},
		config.Command{Name: "keyless", Run: []string{"x"}})
	if why := CommandKey("r", map[string][]string{"refresh": {"f7"}}); why != "" {
		t.Errorf("a key that the configuration takes away is free: %s", why)
	}
	if CommandKey("f7", map[string][]string{"refresh": {"f7"}}) == "" || CommandKey("ctrl+c", nil) == "" || CommandKey("nonsense+key", nil) == "" {
		t.Error("a key can be taken")
	}
	b.press("!")
	b.wants(t, `commands: taken: "r" is the key of refresh; choose another, or give refresh another under [ui.keys]`, `commands: odd: no key is called "ctrl+tt"`)
	b.lacks(t, "plan:", "keyless")
	b.press("esc", "?")
	b.write("terraform")
	b.wants(t, "Commands of your own", "ctrl+t", "run plan: terraform")
	b.press("esc", "esc", ":")
	b.write("keyless")
	b.after(t, keyPress("enter"))
	b.press("esc")
	b.after(t, ctrlT())
	if !slices.Equal(r.asked, []string{"keyless work", "plan work"}) {
		t.Errorf("asked for %q", r.asked)
	}
	b.wants(t, "plan of work ended with 3.", "What it printed before this is left out.", "a  b")

	// With another configuration the key is gone, and what it was given to has it again.
	next := sampleProfiles()
	next.Commands = []config.Command{{Name: "other", Key: "f5", Run: []string{"x"}}}
	b.press("esc")
	b.send(ConfigMsg{Config: next})
	b.after(t, ctrlT())
	b.after(t, f5())
	if !slices.Equal(r.asked[2:], []string{"other work"}) {
		t.Errorf("asked for %q", r.asked)
	}
}

// TestProgramsRefused runs nothing where others look on or nothing can run, and tells
// why something cannot.
func TestProgramsRefused(t *testing.T) { synctest.Test(t, testProgramsRefused) }

func testProgramsRefused(t *testing.T) {
	r := &runner{fails: errors.New("work is disabled\nSwitch it on")}
	b := owner(r, config.Command{Name: "plan", Key: "f5", Run: []string{"x"}})
	for _, key := range []tea.KeyPressMsg{keyPress("x"), f5()} {
		b.after(t, key)
		b.wants(t, "That did not work", "work is disabled", "Switch it on")
		b.press("esc")
	}
	b.press("P")
	for _, key := range []tea.KeyPressMsg{keyPress("x"), f5()} {
		b.after(t, key)
		b.wants(t, "leave private mode first")
	}
	if !slices.Equal(r.asked, []string{"shell work", "plan work"}) {
		t.Errorf("asked for %q", r.asked)
	}
	none := mixed(Options{}, 100, 30)
	none.press("x")
	none.wants(t, "no program can be run here")
}

// TestProgramsSwitchedOff names the key that switches on what gets no credential.
func TestProgramsSwitchedOff(t *testing.T) { synctest.Test(t, testProgramsSwitchedOff) }

func testProgramsSwitchedOff(t *testing.T) {
	r := &runner{}
	b := owner(r, config.Command{Name: "plan", Key: "f5", Run: []string{"x"}, Credential: true}, config.Command{Name: "bare", Key: "f6", Run: []string{"x"}})
	b.current().own.Disabled = true
	for _, key := range []tea.KeyPressMsg{keyPress("x"), f5()} {
		b.after(t, key)
		if want := "work is switched off; X switches it on"; b.notice.text != want {
			t.Errorf("%q, want %q", b.notice.text, want)
		}
		b.notice.clear()
	}
	b.after(t, tea.KeyPressMsg{Code: tea.KeyF6})
	if !slices.Equal(r.asked, []string{"bare work"}) {
		t.Errorf("asked for %q", r.asked)
	}
}

// TestProgramNotes tells what there is to say of a command, in whole words.
func TestProgramNotes(t *testing.T) { synctest.Test(t, testProgramNotes) }

func testProgramNotes(t *testing.T) {
	note := strings.TrimSpace(strings.Repeat("somewhatlong words ", 30))
	b := owner(&runner{behind: true, ran: Ran{Said: "plan of work ended", Printed: "done", Notes: []string{note}}}, config.Command{Name: "plan", Key: "f5", Run: []string{"x"}})
	b.after(t, f5())
	b.wants(t, "plan of work ended.", "done")
	if got := strings.Count(ansi.Strip(b.View().Content), "somewhatlong"); got != 30 {
		t.Errorf("%d of 30 words are whole:\n%s", got, ansi.Strip(b.View().Content))
	}
}

// TestProgramWaits takes the terminal from nobody who writes, and shows what a command
// printed once nothing is in the way.
func TestProgramWaits(t *testing.T) { synctest.Test(t, testProgramWaits) }

func testProgramWaits(t *testing.T) {
	r := &runner{ran: Ran{Said: "the shell of work ended"}}
	b := owner(r, config.Command{Name: "plan", Key: "f5", Run: []string{"x"}})
	b.press("x")
	ready := b.run(t)
	b.press("/")
	b.write("dat")
	b.send(ready...)
	b.wants(t, "/ dat")
	if b.commands.own.waiting != "" || b.notice.text != "shell did not begin, since you write something" {
		t.Errorf("it says %q", b.notice.text)
	}
	b.press("esc")
	r.behind, r.ran = true, Ran{Said: "plan of work ended"}
	b.send(f5())
	ready = b.run(t)
	b.press("?")
	b.send(ready...)
	b.send(b.run(t)...)
	b.lacks(t, "It printed nothing.")
	b.press("esc")
	b.wants(t, "plan of work ended.", "It printed nothing.")
}

// TestCommandForTheMarked runs for all that is marked, in the order of the list.
func TestCommandForTheMarked(t *testing.T) { synctest.Test(t, testCommandForTheMarked) }

func testCommandForTheMarked(t *testing.T) {
	r := &runner{behind: true}
	b := owner(r, config.Command{Name: "plan", Key: "f5", Run: []string{"x"}})
	b.filed()
	b.press("g", "space", "space")
	b.after(t, f5())
	if len(r.asked) != 1 || len(strings.Fields(r.asked[0])) != 3 {
		t.Errorf("asked for %q", r.asked)
	}
}
