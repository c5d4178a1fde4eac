package cmd

import (
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"rollcall/client/text"
)

// redrawEvery is how often the table is looked at, since it counts seconds.
const redrawEvery = time.Second

// tellTable draws the table, with the sum as its last line.
func (w *watcher) tellTable(d *redrawn) (next time.Duration, err error) {
	sc := w.app.screenOf(w.app.stdout)
	height := 0
	if _, h, err := term.GetSize(w.app.stdout.Fd()); err == nil {
		_, height = drawn(0, h)
	}
	return redrawEvery, d.draw(w.tableLines(sc, height), sc.room())
}

// tableLines are the lines of the table that a screen of a height has room for.
func (w *watcher) tableLines(sc screen, height int) []string {
	profiles, found := w.selected()
	list := w.app.newWorklist(sc, w.loaded, profiles, w.app.shownAll(slices.Clone(found)), w.options.table)
	var last []string
	for _, i := range list.untold() {
		last = append(last, incidentLines(sc, &i, len(i.Profiles))[0])
	}
	if w.notice != "" {
		last = append(last, cut(sc, text.Printable(w.notice)))
	}
	if sum := list.sum(); sum != "" {
		last = append(last, cut(sc, sum))
	} else {
		last = append(last, "no profile to tell of")
	}
	if height == 0 {
		return append(list.lines(), last...)
	}
	// The cursor stands on a line of its own below.
	return append(fitted(&list, max(1, height-1-len(last))), last...)
}

// fitted are the lines of a table for which a screen has room: more rows rather
// than what stands below them, and the first ones of both.
func fitted(list *worklist, room int) []string {
	lines := list.lines()
	if len(lines) <= room {
		return lines
	}
	// What stands below a row is one line at least.
	list.explained = 0
	rows := list.lines()
	if left := room - len(rows); left >= 0 {
		list.explained = sort.Search(left+1, func(n int) bool {
			list.explained = n + 1
			return len(list.lines()) > room
		})
		return list.lines()
	}
	more := fmt.Sprintf("%s %d more %s", ellipsis(list.screen.ascii), len(rows)-room+1, plural(len(rows)-room+1, "line"))
	return append(rows[:room-1:room-1], list.screen.draw(faint(), more))
}

// redrawn is a text on a terminal that another one takes the place of.
type redrawn struct {
	to io.Writer
	// lines are those that stand there.
	lines []string
}

// draw puts lines in place of those that stand there, on a terminal that is now so
// many columns wide.
func (r *redrawn) draw(lines []string, width int) error {
	if slices.Equal(lines, r.lines) {
		return nil
	}
	// A line that was drawn on a wider terminal now takes several rows.
	rows := 0
	for _, l := range r.lines {
		rows += max(1, (ansi.StringWidth(l)+width-1)/width)
	}
	// A terminal that counts cells otherwise cuts a line rather than to break it.
	var b strings.Builder
	b.WriteString(ansi.ResetModeAutoWrap)
	if rows > 0 {
		b.WriteString("\r" + ansi.CursorUp(rows))
	}
	for _, l := range lines {
		b.WriteString(l + ansi.EraseLineRight + "\r\n")
	}
	b.WriteString(ansi.EraseScreenBelow + ansi.SetModeAutoWrap)
	r.lines = lines
	_, err := io.WriteString(r.to, b.String())
	return err
}
