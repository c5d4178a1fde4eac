package draw

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
)

// maxLine is how many characters a written line can have unless it says so.
const maxLine = 100

// Line is one line of text that is being written. (The text input of Bubbles
// brings a clipboard library along, and counts its cursor in characters, which
// is wrong after wide ones.)
type Line struct {
	text []rune
	// At is where the cursor is, in characters.
	At int
	// limit is how many characters there can be; zero for maxLine.
	limit int
}

// Value is the whole text.
func (l *Line) Value() string { return string(l.text) }

func (l *Line) before() string { return string(l.text[:l.At]) }
func (l *Line) after() string  { return string(l.text[l.At:]) }

// Insert puts text in at the cursor, as far as there is room.
func (l *Line) Insert(s string) {
	add := []rune(text.Harmless(s))
	limit := l.limit
	if limit == 0 {
		limit = maxLine
	}
	add = add[:min(len(add), limit-len(l.text))]
	l.text = slices.Insert(l.text, l.At, add...)
	l.At += len(add)
}

// Replace puts text in the place of what is between two places, as far as there is
// room. The cursor is behind it then.
func (l *Line) Replace(from, to int, s string) {
	l.text = slices.Delete(l.text, from, to)
	l.At = from
	l.Insert(s)
}

// Press takes one key.
func (l *Line) Press(k tea.KeyPressMsg) {
	ctrl := k.Mod.Contains(tea.ModCtrl)
	switch {
	case k.Text != "":
		l.Insert(k.Text)
	case k.Code == tea.KeyLeft:
		l.At = max(0, l.At-1)
	case k.Code == tea.KeyRight:
		l.At = min(len(l.text), l.At+1)
	case k.Code == tea.KeyHome, ctrl && k.Code == 'a':
		l.At = 0
	case k.Code == tea.KeyEnd, ctrl && k.Code == 'e':
		l.At = len(l.text)
	case ctrl && (k.Code == 'w' || k.Code == tea.KeyBackspace):
		l.cut(strings.LastIndex(strings.TrimRight(l.before(), " "), " ") + 1)
	case k.Code == tea.KeyBackspace, ctrl && k.Code == 'h':
		l.cut(len(string(l.text[:max(0, l.At-1)])))
	case k.Code == tea.KeyDelete:
		l.text = slices.Delete(l.text, l.At, min(len(l.text), l.At+1))
	case ctrl && k.Code == 'u':
		l.cut(0)
	case ctrl && k.Code == 'k':
		l.text = l.text[:l.At]
	}
}

// Window is what is seen of the line in w cells, and in which of them the
// cursor is. What is before the cursor gives way on the left.
func (l *Line) Window(w int, tail string) (shown string, cursor int) {
	before, after := l.before(), l.after()
	if over := Width(before) - max(0, w-1); over > 0 {
		tail := Cut(tail, max(0, w-1), "")
		before = tail + ansi.TruncateLeft(before, over+Width(tail), "")
	}
	return Pad(before+after, w, tail), Width(before)
}

// cut removes what is between byte from and the cursor.
func (l *Line) cut(from int) {
	kept := []rune(l.before()[:from])
	l.text = append(kept, l.text[l.At:]...)
	l.At = len(kept)
}
