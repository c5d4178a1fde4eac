package ui

import (
	"fmt"
	"strings"
	"testing"
)

// list is a list as a text: a dash is a line that cannot be selected, anything
// else one that can.
type list string

func (l list) selectable(i int) bool { return l[i] != '-' }

// drawn are the lines of a list that a window has in sight, the selected one in
// brackets.
func (l list) drawn(w *window) string {
	var b strings.Builder
	from, to := w.inSight()
	for i := from; i < to; i++ {
		if i == w.cursor {
			fmt.Fprintf(&b, "[%c]", l[i])
		} else {
			b.WriteByte(l[i])
		}
	}
	return b.String()
}

func TestWindowMoves(t *testing.T) {
	down := func(n int) []motion {
		all := make([]motion, n)
		for i := range all {
			all[i] = oneDown
		}
		return all
	}
	for _, c := range []struct {
		name    string
		list    list
		height  int
		motions []motion
		want    string
	}{
		{"the first line", "abcdef", 3, nil, "[a]bc"},
		{"down within what is in sight", "abcdef", 3, down(2), "ab[c]"},
		{"down beyond it", "abcdef", 3, down(3), "bc[d]"},
		{"down at the end", "abcdef", 3, down(9), "de[f]"},
		{"up at the start", "abcdef", 3, []motion{oneUp}, "[a]bc"},
		{"up leaves what is in sight", "abcdef", 3, []motion{toBottom, oneUp}, "d[e]f"},
		{"a page keeps a line", "abcdef", 3, []motion{pageDown}, "ab[c]"},
		{"two pages", "abcdef", 3, []motion{pageDown, pageDown}, "cd[e]"},
		{"a page beyond the end", "abcdef", 3, []motion{pageDown, pageDown, pageDown}, "de[f]"},
		{"a page back", "abcdef", 3, []motion{toBottom, pageUp}, "[d]ef"},
		{"a page back beyond the start", "abcdef", 3, []motion{pageDown, pageUp, pageUp}, "[a]bc"},
		{"the top", "abcdef", 3, []motion{toBottom, toTop}, "[a]bc"},
		{"headings are passed over", "-ab-cd", 9, down(2), "-ab-[c]d"},
		{"up passes over them too", "-ab-cd", 9, []motion{toBottom, oneUp, oneUp}, "-a[b]-cd"},
		{"up at the first one shows what is above it", "--abcd", 3, []motion{toBottom, oneUp, oneUp, oneUp}, "--[a]"},
		{"the top shows it too", "-abcde", 3, []motion{toBottom, toTop}, "-[a]b"},
		{"a page ends at the last that can be selected", "abc---", 4, []motion{pageDown, pageDown}, "ab[c]-"},
		{"nothing to select", "----", 2, []motion{oneDown, pageDown, toBottom}, "--"},
		{"no room", "abc", 0, down(2), ""},
		{"room for one", "abc", 1, down(2), "[c]"},
		{"no lines", "", 5, []motion{oneDown, oneUp, pageDown, pageUp, toTop, toBottom}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := window{cursor: strings.IndexFunc(string(c.list), func(r rune) bool { return r != '-' })}
			w.fit(len(c.list), c.height)
			w.follow()
			for _, m := range c.motions {
				w.move(m, c.list.selectable)
			}
			if got := c.list.drawn(&w); got != c.want {
				t.Errorf("it shows %q, not %q", got, c.want)
			}
		})
	}
}

func TestWindowScrolls(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(w *window)
		want string
	}{
		{"not at all", func(*window) {}, "abc"},
		{"down", func(w *window) { w.scroll(2) }, "cde"},
		{"not beyond the end", func(w *window) { w.scroll(99) }, "hij"},
		{"not beyond the start", func(w *window) { w.scroll(2); w.scroll(-9) }, "abc"},
		{"by a line", func(w *window) { w.turn(oneDown); w.turn(oneDown); w.turn(oneUp) }, "bcd"},
		{"by a page", func(w *window) { w.turn(pageDown); w.turn(pageDown); w.turn(pageUp) }, "cde"},
		{"to the ends", func(w *window) { w.turn(toTop); w.turn(toBottom) }, "hij"},
		{"to lines below", func(w *window) { w.reveal(4, 6) }, "def"},
		{"to lines above", func(w *window) { w.scroll(9); w.reveal(1, 3) }, "bcd"},
		{"to the first of too many", func(w *window) { w.reveal(2, 9) }, "cde"},
		{"when there are fewer lines", func(w *window) { w.scroll(9); w.fit(5, 3) }, "cde"},
		{"when there is more room", func(w *window) { w.scroll(9); w.fit(10, 6) }, "efghij"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := window{cursor: -1}
			w.fit(10, 3)
			c.do(&w)
			if got := list("abcdefghij").drawn(&w); got != c.want {
				t.Errorf("it shows %q, not %q", got, c.want)
			}
		})
	}
}

func TestWindowIsClicked(t *testing.T) {
	w := window{}
	w.fit(10, 3)
	w.scroll(4)
	for y, want := range map[int]int{-1: -1, 0: 4, 2: 6, 3: -1} {
		if line, ok := w.lineAt(y); ok != (want >= 0) || ok && line != want {
			t.Errorf("line %d is %d, %v, not %d", y, line, ok, want)
		}
	}
	w = window{}
	w.fit(2, 5)
	if _, ok := w.lineAt(2); ok {
		t.Error("there is a line below the last one")
	}
}
