package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
)

// maxLine is how many characters a written line can have unless it says so.
const maxLine = 100

// line is one line of text that is being written. (The text input of Bubbles
// brings a clipboard library along, and counts its cursor in characters, which
// is wrong after wide ones.)
type line struct {
	text []rune
	// at is where the cursor is, in characters.
	at int
	// limit is how many characters there can be; zero for maxLine.
	limit int
}

// value is the whole text.
func (l *line) value() string { return string(l.text) }

func (l *line) before() string { return string(l.text[:l.at]) }
func (l *line) after() string  { return string(l.text[l.at:]) }

// insert puts text in at the cursor, as far as there is room.
func (l *line) insert(s string) {
	add := []rune(text.Printable(s))
	limit := l.limit
	if limit == 0 {
		limit = maxLine
	}
	add = add[:min(len(add), limit-len(l.text))]
	l.text = slices.Insert(l.text, l.at, add...)
	l.at += len(add)
}

// press takes one key.
func (l *line) press(k tea.KeyPressMsg) {
	ctrl := k.Mod.Contains(tea.ModCtrl)
	switch {
	case k.Text != "":
		l.insert(k.Text)
	case k.Code == tea.KeyLeft:
		l.at = max(0, l.at-1)
	case k.Code == tea.KeyRight:
		l.at = min(len(l.text), l.at+1)
	case k.Code == tea.KeyHome, ctrl && k.Code == 'a':
		l.at = 0
	case k.Code == tea.KeyEnd, ctrl && k.Code == 'e':
		l.at = len(l.text)
	case ctrl && (k.Code == 'w' || k.Code == tea.KeyBackspace):
		l.cut(strings.LastIndex(strings.TrimRight(l.before(), " "), " ") + 1)
	case k.Code == tea.KeyBackspace, ctrl && k.Code == 'h':
		l.cut(len(string(l.text[:max(0, l.at-1)])))
	case k.Code == tea.KeyDelete:
		l.text = slices.Delete(l.text, l.at, min(len(l.text), l.at+1))
	case ctrl && k.Code == 'u':
		l.cut(0)
	case ctrl && k.Code == 'k':
		l.text = l.text[:l.at]
	}
}

// window is what is seen of the line in w cells, and in which of them the
// cursor is. What is before the cursor gives way on the left.
func (l *line) window(w int, tail string) (shown string, cursor int) {
	before, after := l.before(), l.after()
	if over := ansi.StringWidth(before) - max(0, w-1); over > 0 {
		tail := cut(tail, max(0, w-1), "")
		before = tail + ansi.TruncateLeft(before, over+ansi.StringWidth(tail), "")
	}
	return pad(before+after, w, tail), ansi.StringWidth(before)
}

// cut removes what is between byte from and the cursor.
func (l *line) cut(from int) {
	kept := []rune(l.before()[:from])
	l.text = append(kept, l.text[l.at:]...)
	l.at = len(kept)
}
