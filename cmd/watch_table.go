package cmd

import (
	"fmt"
	"io"
	"slices"
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
		height = h
	}
	return redrawEvery, d.draw(w.tableLines(sc, height), sc.room())
}

// tableLines are the lines of the table that a screen of a height has room for.
func (w *watcher) tableLines(sc screen, height int) []string {
	profiles, found := w.selected()
	list := w.app.newWorklist(sc, w.loaded, profiles, w.app.shownAll(slices.Clone(found)), w.options.table)
	lines := list.lines()
	for _, i := range list.untold() {
		lines = append(lines, incidentLines(sc, &i, len(i.Profiles))...)
	}
	var last []string
	if w.notice != "" {
		last = append(last, cut(sc, text.Printable(w.notice)))
	}
	if sum := list.sum(); sum != "" {
		last = append(last, cut(sc, sum))
	} else {
		last = append(last, "no profile to tell of")
	}
	// The cursor stands on a line of its own below.
	if room := height - 1 - len(last); height > 0 && len(lines) > room {
		kept := max(0, room-1)
		more := fmt.Sprintf("%s %d more %s", ellipsis(sc.ascii), len(lines)-kept, plural(len(lines)-kept, "line"))
		lines = append(lines[:kept:kept], sc.draw(faint(), more))
	}
	return append(lines, last...)
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
	var b strings.Builder
	if rows > 0 {
		b.WriteString("\r" + ansi.CursorUp(rows))
	}
	for _, l := range lines {
		b.WriteString(l + ansi.EraseLineRight + "\r\n")
	}
	b.WriteString(ansi.EraseScreenBelow)
	r.lines = lines
	_, err := io.WriteString(r.to, b.String())
	return err
}
