package cmd

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// cell is a text in a table and how to draw it; nil for as it is.
type cell struct {
	text  string
	style *ansi.Style
}

// column is one of a table with titles, and what becomes of it on a narrow
// screen.
type column struct {
	title string
	// whole is set where a part of a value is of no use.
	whole bool
	// spare tells when it is left out: 1 before 2; 0 for never.
	spare int
}

// gap is how many cells are between columns.
const gap = 2

// writeTable prints rows below the titles of their columns. On a screen that is
// too narrow for all of them some are left out, and others cut; a pipe gets
// everything.
func writeTable(w io.Writer, sc screen, columns []column, rows [][]cell) error {
	titles := make([]cell, 0, len(columns))
	for _, c := range columns {
		titles = append(titles, cell{c.title, faint()})
	}
	rows = append([][]cell{titles}, rows...)
	widths := make([]int, len(columns))
	for _, row := range rows {
		for i := range row {
			row[i].text = client.Printable(row[i].text)
			widths[i] = max(widths[i], ansi.StringWidth(row[i].text))
		}
	}
	if sc.width > 0 {
		fit(columns, widths, sc.width)
	}
	return writeCells(w, sc, rows, widths)
}

// leftOut is the width of a column that is not shown.
const leftOut = -gap

// fit changes the widths of columns so that they have room on a screen.
func fit(columns []column, widths []int, room int) {
	// A text that is cut is of use from this width on.
	const readable = 12
	needed := func(each int) (sum int) {
		for i, w := range widths {
			if !columns[i].whole {
				w = min(w, each)
			}
			sum += w + gap
		}
		return sum - gap
	}
	for needed(readable) > room {
		next := -1
		for i, c := range columns {
			if c.spare > 0 && widths[i] != leftOut && (next < 0 || c.spare < columns[next].spare) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		widths[next] = leftOut
	}
	widest := slices.Max(widths)
	for widest > 1 && needed(widest) > room {
		widest--
	}
	// What is then left over goes to the first of those that are cut.
	over := room - needed(widest)
	for i := range widths {
		if !columns[i].whole && widths[i] > widest {
			more := min(max(over, 0), 1)
			widths[i], over = widest+more, over-more
		}
	}
}

// writeRows aligns rows that have no titles and are kept whole: each can have as
// many cells as it likes.
func writeRows(w io.Writer, sc screen, rows [][]cell) error {
	var widths []int
	for _, row := range rows {
		for i := range row {
			row[i].text = client.Printable(row[i].text)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			// What ends a row needs no room for more.
			if i < len(row)-1 {
				widths[i] = max(widths[i], ansi.StringWidth(row[i].text))
			}
		}
	}
	sc.width = 0
	return writeCells(w, sc, rows, widths)
}

// writeCells prints the rows in columns of the widths. Nothing but text gets
// through: names of profiles can be whatever somebody wrote into a file.
func writeCells(w io.Writer, sc screen, rows [][]cell, widths []int) error {
	var b strings.Builder
	for _, row := range rows {
		line := rowOf(sc, row, widths)
		if sc.width > 0 {
			line = ansi.Truncate(line, sc.width, ellipsis(sc.ascii))
		}
		b.WriteString(line + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func rowOf(sc screen, row []cell, widths []int) string {
	var b strings.Builder
	pad := 0
	for i, c := range row {
		if widths[i] == leftOut {
			continue
		}
		text := c.text
		if sc.width > 0 {
			text = ansi.Truncate(text, widths[i], ellipsis(sc.ascii))
		}
		if text != "" {
			b.WriteString(strings.Repeat(" ", pad))
			pad = 0
		}
		if c.style != nil && sc.colored() && text != "" {
			b.WriteString(c.style.Styled(text))
		} else {
			b.WriteString(text)
		}
		pad += widths[i] - ansi.StringWidth(text) + gap
	}
	return b.String()
}

func ellipsis(ascii bool) string {
	if ascii {
		return "..."
	}
	return "…"
}

// The styles of tables. They use the terminal's own sixteen colours, which
// its owner has made readable.
func severityStyle(s client.Severity) *ansi.Style {
	var style ansi.Style
	switch s {
	case client.SeverityOK:
		style = style.ForegroundColor(ansi.Green)
	case client.SeverityWarn:
		style = style.ForegroundColor(ansi.Yellow)
	case client.SeverityFail:
		style = style.ForegroundColor(ansi.Red)
	default:
		style = style.Faint()
	}
	return &style
}

func faint() *ansi.Style { s := ansi.Style{}.Faint(); return &s }
func bold() *ansi.Style  { s := ansi.Style{}.Bold(); return &s }

// printableLines is a text of several lines, each fit for a terminal.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = client.Printable(l)
	}
	return strings.Join(lines, "\n")
}
