package cmd

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// cell is a text in a table and how to draw it; nil for as it is.
type cell struct {
	text  string
	style *ansi.Style
}

// writeTable aligns rows in columns, two spaces apart. Where the width is
// known, the last column is cut to it. Nothing but text gets through: names of
// profiles can be whatever somebody wrote into a file.
func writeTable(w io.Writer, sc screen, rows [][]cell) error {
	var widths []int
	for _, row := range rows {
		for i := range row {
			c := &row[i]
			c.text = client.Printable(c.text)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			// What ends a row needs no room for more.
			if i < len(row)-1 {
				widths[i] = max(widths[i], ansi.StringWidth(c.text))
			}
		}
	}
	var b strings.Builder
	for _, row := range rows {
		writeRow(&b, sc, row, widths)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeRow(b *strings.Builder, sc screen, row []cell, widths []int) {
	const gap = 2
	column, pad := 0, 0
	for i, c := range row {
		text := c.text
		if i == len(row)-1 && sc.width > 0 {
			text = ansi.Truncate(text, max(sc.width-column, 1), ellipsis(sc.ascii))
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
		column += widths[i] + gap
	}
	b.WriteByte('\n')
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

// heading makes the first row of a table.
func heading(titles ...string) []cell {
	row := make([]cell, 0, len(titles))
	for _, t := range titles {
		row = append(row, cell{t, faint()})
	}
	return row
}

// printableLines is a text of several lines, each fit for a terminal.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = client.Printable(l)
	}
	return strings.Join(lines, "\n")
}
