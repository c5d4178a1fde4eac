package cmd

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
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
	// least is the width from which a part of a value is of use, where that is
	// more than of others.
	least int
	// spare tells when it is left out: 1 before 2; 0 for never.
	spare int
}

// gap is how many cells are between columns.
const gap = 2

// pipeWidth is how wide a row is at most where no screen bounds it: whoever pages
// through a table reads it all the same.
const pipeWidth = 160

// writeTable prints rows below the titles of their columns. Where there is too
// little room for all of them some are left out, and others cut.
func writeTable(w io.Writer, sc screen, columns []column, rows [][]cell) error {
	return printLines(w, tableLines(sc, columns, rows))
}

// tableLines are the lines of a table, the one of the titles first.
func tableLines(sc screen, columns []column, rows [][]cell) []string {
	titles := make([]cell, 0, len(columns))
	for _, c := range columns {
		titles = append(titles, cell{c.title, faint()})
	}
	rows = append([][]cell{titles}, rows...)
	widths := make([]int, len(columns))
	for _, row := range rows {
		for i := range row {
			row[i].text = text.Printable(row[i].text)
			widths[i] = max(widths[i], ansi.StringWidth(row[i].text))
		}
	}
	sc.width = sc.room()
	fit(columns, widths, sc.width)
	return cellLines(sc, rows, widths)
}

// room is how wide a line may be.
func (s screen) room() int {
	if s.width <= 0 {
		return pipeWidth
	}
	return s.width
}

func printLines(w io.Writer, lines []string) error {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// leftOut is the width of a column that is not shown.
const leftOut = -gap

// fit changes the widths of columns so that they have room on a screen.
func fit(columns []column, widths []int, room int) {
	// A text that is cut is of use from this width on.
	const readable = 12
	// One long name must not take the room of all else. The longest word that we
	// have ourselves is shorter.
	longest := max(24, room/4)
	cut := func(i, each int) int {
		if columns[i].whole {
			return min(widths[i], longest)
		}
		return min(widths[i], max(each, columns[i].least))
	}
	needed := func(each int) (sum int) {
		for i := range widths {
			sum += cut(i, each) + gap
		}
		return sum - gap
	}
	leaveOut(columns, widths, func() bool { return needed(readable) <= room })
	widest := slices.Max(widths)
	for widest > 1 && needed(widest) > room {
		widest--
	}
	// What is then left over goes to the first of those that are cut.
	over := room - needed(widest)
	for i, whole := range widths {
		widths[i] = cut(i, widest)
		if widths[i] < whole && over > 0 {
			widths[i], over = widths[i]+1, over-1
		}
	}
}

// leaveOut leaves out columns until the others fit, those to spare first. One
// that there is room for after all comes back.
func leaveOut(columns []column, widths []int, fits func() bool) {
	type left struct{ column, width int }
	var gone []left
	for !fits() {
		next := -1
		for i, c := range columns {
			if c.spare > 0 && widths[i] != leftOut && (next < 0 || c.spare < columns[next].spare) {
				next = i
			}
		}
		if next < 0 {
			return
		}
		gone = append(gone, left{next, widths[next]})
		widths[next] = leftOut
	}
	for _, l := range slices.Backward(gone) {
		if widths[l.column] = l.width; !fits() {
			widths[l.column] = leftOut
		}
	}
}

// writeRows aligns rows that have no titles and are kept whole: each can have as
// many cells as it likes. On a terminal a long value goes on below its beginning.
func writeRows(w io.Writer, sc screen, rows [][]cell) error {
	var widths []int
	for _, row := range rows {
		for i := range row {
			row[i].text = text.Printable(row[i].text)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			// What ends a row needs no room for more.
			if i < len(row)-1 {
				widths[i] = max(widths[i], ansi.StringWidth(row[i].text))
			}
		}
	}
	var whole [][]cell
	for _, row := range rows {
		whole = append(whole, wrapped(sc, row, widths)...)
	}
	sc.width = 0
	return printLines(w, cellLines(sc, whole, widths))
}

// wrapped is a row, with a second cell that is too long for the screen in several.
func wrapped(sc screen, row []cell, widths []int) (rows [][]cell) {
	// Narrower lines than these are harder to read than broken ones.
	const narrowest = 20
	if len(row) != 2 || sc.width <= 0 || sc.width-widths[0]-gap < narrowest {
		return [][]cell{row}
	}
	name := row[0]
	for line := range strings.Lines(text.Wrap(row[1].text, sc.width-widths[0]-gap)) {
		rows = append(rows, []cell{name, {strings.TrimSpace(line), row[1].style}})
		name.text = ""
	}
	return rows
}

// cellLines are the rows in columns of the widths. Nothing but text gets through:
// names of profiles can be whatever somebody wrote into a file.
func cellLines(sc screen, rows [][]cell, widths []int) []string {
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		line := rowOf(sc, row, widths)
		if sc.width > 0 {
			line = cut(sc, line)
		}
		lines = append(lines, line)
	}
	return lines
}

// draw styles a text where the screen has styles.
func (s screen) draw(style *ansi.Style, words string) string {
	if s.ascii {
		words = text.ASCIIMarks(words)
	}
	if style == nil || !s.colored() || words == "" {
		return words
	}
	return style.Styled(words)
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
		b.WriteString(sc.draw(c.style, text))
		pad += widths[i] - ansi.StringWidth(text) + gap
	}
	return b.String()
}

// cut is a line no wider than the screen, whether that counts the cells of a joined
// character as one or of each of its parts.
func cut(sc screen, line string) string {
	room := sc.room()
	for w := room; w == room || w > 0 && ansi.StringWidthWc(line) > room; w-- {
		line = ansi.Truncate(line, w, ellipsis(sc.ascii))
	}
	return line
}

func ellipsis(ascii bool) string {
	if ascii {
		return "..."
	}
	return "…"
}

// The styles of tables. They use the terminal's own sixteen colours, which
// its owner has made readable.
func severityStyle(s account.Severity) *ansi.Style {
	var style ansi.Style
	switch s {
	case account.SeverityOK:
		style = style.ForegroundColor(ansi.Green)
	case account.SeverityWarn:
		style = style.ForegroundColor(ansi.Yellow)
	case account.SeverityFail:
		style = style.ForegroundColor(ansi.Red)
	default:
		style = style.Faint()
	}
	return &style
}

func faint() *ansi.Style { s := ansi.Style{}.Faint(); return &s }
func bold() *ansi.Style  { s := ansi.Style{}.Bold(); return &s }
