package ui

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

func TestBackgroundChangesTheStyles(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	dark := b.View().Content
	b.send(tea.BackgroundColorMsg{Color: ansi.HexColor("#ffffff")})
	if b.View().Content == dark {
		t.Error("a light background changes nothing")
	}
	b.send(tea.BackgroundColorMsg{Color: ansi.HexColor("#000000")})
	if b.View().Content != dark {
		t.Error("a dark background does not bring the dark colours back")
	}
	c := sampleProfiles()
	c.UI.Theme = "dark"
	b = mixed(Options{Config: c}, 120, 36)
	b.send(tea.BackgroundColorMsg{Color: ansi.HexColor("#ffffff")})
	if b.View().Content != dark {
		t.Error("the dark theme follows the background")
	}
}

// The terminal is asked again while somebody looks at it, and when somebody
// comes back, where the colours go by its background.
func TestTheBackgroundIsAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asks := func(b *bench, msg tea.Msg) bool {
			b.pending = nil
			b.send(msg)
			asked := fmt.Sprintf("%T", tea.RequestBackgroundColor())
			return slices.ContainsFunc(b.run(t), func(m tea.Msg) bool { return fmt.Sprintf("%T", m) == asked })
		}
		for theme, follows := range map[string]bool{"auto": true, "high-contrast": true, "light": false} {
			c := sampleProfiles()
			c.UI.Theme = theme
			b := mixed(Options{Config: c}, 120, 36)
			tick := func(seconds int) clockTickedMsg {
				return clockTickedMsg{noon.Add(time.Duration(seconds) * time.Second), b.clock.generation}
			}
			if asks(b, tick(29)) || asks(b, tick(30)) != follows || asks(b, tick(31)) || asks(b, tick(60)) != follows {
				t.Errorf("%s: it does not ask every half minute", theme)
			}
			if asks(b, tea.BlurMsg{}) || asks(b, tick(120)) || asks(b, tea.FocusMsg{}) != follows || asks(b, tea.ResumeMsg{}) != follows {
				t.Errorf("%s: it does not ask whoever comes back", theme)
			}
		}
	})
}

// Whoever does something looks, although the terminal has not told that the focus is back,
// and is shown what was kept back.
func TestDoingSomethingIsFocus(t *testing.T) {
	for name, c := range map[string]struct {
		msg   tea.Msg
		looks bool
	}{
		"a key": {keyPress("down"), true}, "a paste": {tea.PasteMsg{Content: "a"}, true}, "coming back": {tea.ResumeMsg{}, true},
		"a click": {tea.MouseClickMsg{X: 5, Y: 5, Button: tea.MouseLeft}, true}, "the focus": {tea.FocusMsg{}, true},
		"the wheel": {tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelDown}, false}, "a size": {tea.WindowSizeMsg{Width: 110, Height: 30}, false},
	} {
		b := mixed(Options{}, 120, 36)
		begun := sampleSnapshots()[:1]
		begun[0].Busy = true
		b.send(tea.BlurMsg{}, account.Event{Snapshots: begun})
		if b.roster.named("work").snap.Busy {
			t.Fatal("without focus it shows that a check has begun")
		}
		b.send(c.msg)
		if b.terminal.blurred == c.looks || b.roster.named("work").snap.Busy != c.looks {
			t.Errorf("%s: without focus %v, shown %v", name, b.terminal.blurred, b.roster.named("work").snap.Busy)
		}
	}
}
