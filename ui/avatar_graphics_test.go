package ui

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi/kitty"

	"rollcall/ui/draw"
)

// graphics are the graphics commands among messages, and whether the terminal
// is told of as having them.
func graphics(msgs []tea.Msg) (raw string, sent bool) {
	for _, msg := range msgs {
		switch msg := msg.(type) {
		case tea.RawMsg:
			raw += fmt.Sprint(msg.Msg)
		case avatarSentMsg:
			sent = true
		}
	}
	return raw, sent
}

func TestPictureForATerminalWithGraphics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := showing(getQuarters, Options{}, 120, 36)
		b.send(tea.TerminalVersionMsg{Name: "kitty(0.40.0)"})
		b.pending = b.pending[:len(b.pending)-1]
		b.firstPicture(t)
		b.wants(t, "▀▀▀▀▀▀▀▀  Sam Roe") // until the terminal has it
		size := draw.Size{W: 8, H: 4}
		id, v := b.avatars.of(b.selection.current())
		if sent, asked := v.sent[size]; sent || !asked {
			t.Fatalf("sent is %t, asked %t", sent, asked)
		}
		want, err := id.graphic(size).Transmission(v.picture)
		if err != nil {
			t.Fatal(err)
		}
		raw, sent := graphics(runSequence(sendAvatarCmd(id, v.picture, size)))
		if !sent || raw != want {
			t.Errorf("sent is %t with %.80q", sent, raw)
		}
		b.send(avatarSentMsg{id, size})
		checkSize(t, b, 120, 36)
		cell := string(kitty.Placeholder) + string(kitty.Diacritic(0)) + string(kitty.Diacritic(7))
		b.wants(t, cell+"  Sam Roe")
		if cells := id.graphic(size).Placeholders()[0]; !strings.Contains(b.View().Content, cells) {
			t.Errorf("the screen lacks %q", cells)
		}
		// An overlay lies over a part of it.
		b.press("?")
		checkSize(t, b, 120, 36)
		b.press("esc")
		// A larger pane has the picture sent once more, blocks until then.
		b.send(tea.WindowSizeMsg{Width: 200, Height: 50})
		b.wants(t, "▀▀▀▀▀▀▀▀▀▀▀▀  Sam Roe")
		// What the terminal forgot while it was suspended is sent again.
		b.send(tea.ResumeMsg{})
		b.lacks(t, string(kitty.Placeholder))
		if gone, _ := graphics(collect(b.avatars.forget())); !strings.Contains(gone, "a=d") || !strings.Contains(gone, "d=I") {
			t.Errorf("forgotten with %q", gone)
		}
	})
}

// runSequence runs the commands of a sequence one after the other.
func runSequence(cmd tea.Cmd) []tea.Msg {
	var out []tea.Msg
	all := reflect.ValueOf(cmd()) // the framework keeps its type to itself
	for i := range all.Len() {
		out = append(out, all.Index(i).Interface().(tea.Cmd)())
	}
	return out
}
