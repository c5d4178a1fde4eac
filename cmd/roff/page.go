package roff

import (
	"fmt"
	"strings"
	"time"
)

// Page is a page that is being written.
type Page struct{ b strings.Builder }

// New begins the page of a name in a section of the manual, of a date, about a release of
// something.
func New(name string, section int, date time.Time, release string) *Page {
	p := &Page{}
	p.line(".TH %s %d %s %s", quoted(strings.ToUpper(name)), section, quoted(date.UTC().Format("2006-01-02")), quoted(release))
	// No line is drawn out, or broken within a word.
	p.line(".nh")
	p.line(".ad l")
	return p
}

// String is the page so far.
func (p *Page) String() string { return p.b.String() }

func (p *Page) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

// Section begins a section, Part a part of one.
func (p *Page) Section(title string) { p.line(".SH %s", quoted(strings.ToUpper(title))) }

// Part begins a part of a section.
func (p *Page) Part(title string) { p.line(".SS %s", quoted(title)) }

// Text writes paragraphs, between which an empty line is; other ends of lines mean nothing
// in them. One that is indented is a list or an example: its lines stay as they are.
func (p *Page) Text(text string) {
	for paragraph := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		if strings.HasPrefix(paragraph, " ") {
			p.Lines(paragraph)
			continue
		}
		p.line(".PP")
		p.words(paragraph)
	}
}

// words writes a text whose lines are filled.
func (p *Page) words(text string) { p.line("%s", escaped(strings.Join(strings.Fields(text), " "))) }

// Lines writes lines as they are, with what they are indented by beyond the least of
// them.
func (p *Page) Lines(text string) {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	least := -1
	for _, l := range lines {
		if n := len(l) - len(strings.TrimLeft(l, " ")); strings.TrimSpace(l) != "" && (least < 0 || n < least) {
			least = n
		}
	}
	p.line(".PP")
	p.line(".RS 4")
	p.line(".nf")
	for _, l := range lines {
		p.line("%s", escaped(l[min(max(least, 0), len(l)):]))
	}
	p.line(".fi")
	p.line(".RE")
}

// Line writes a line whose first part is bold and whose second is slanted.
func (p *Page) Line(bold, slanted string) {
	p.line(".PP")
	p.line("%s", fonts(bold, slanted))
}

// Item begins an item that is called by a word, with what stands behind it slanted, and
// says what it is.
func (p *Page) Item(word, value, text string) {
	p.line(".TP")
	p.line("%s", fonts(word, value))
	p.words(text)
}

// Within writes more of the last item.
func (p *Page) Within(write func()) {
	p.line(".RS")
	write()
	p.line(".RE")
}

func fonts(bold, slanted string) string {
	s := `\fB` + escaped(bold) + `\fR`
	if slanted != "" {
		s += ` \fI` + escaped(slanted) + `\fR`
	}
	return s
}

// special are the characters that mean something else to roff, or that it would print as
// others than can be copied into a shell.
var special = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`)

// escaped is a line that roff prints as it is.
func escaped(line string) string {
	var b strings.Builder
	for _, r := range special.Replace(line) {
		if r > '~' {
			fmt.Fprintf(&b, `\[u%04X]`, r)
			continue
		}
		b.WriteRune(r)
	}
	if s := b.String(); !strings.HasPrefix(s, ".") {
		return s
	}
	return `\&` + b.String()
}

// quoted is a text as one argument of a macro.
func quoted(text string) string { return `"` + strings.ReplaceAll(escaped(text), `"`, `\(dq`) + `"` }
