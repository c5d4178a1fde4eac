package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// isPage reports whether an address that a service sent is one for a browser.
func isPage(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

// linked makes a shown address, or a line of it, one that the terminal opens by a
// click.
func linked(s *theme.Styles, shown, url string) string {
	if s.ASCII || !isPage(url) {
		return shown
	}
	return ansi.SetHyperlink(url) + shown + ansi.ResetHyperlink()
}

// page is a named address, which the terminal opens where it is seen whole.
func (p *profilePen) page(label, url string) {
	switch {
	case p.row.private:
		p.Fact(label, url)
	case url != "":
		p.linesOf(label, url, func(l string, whole bool) string {
			if whole {
				return linked(p.Styles, l, url)
			}
			return l
		})
		p.Link(url)
	}
}

// address is a named address that is asked, not opened.
func (p *profilePen) address(label, url string) {
	if url != "" {
		p.linesOf(label, url, func(l string, _ bool) string { return l })
	}
}

// linesOf is a named address, broken before what parts it where there is height for
// it; mark dresses each line, and is told whether all of it is there.
func (p *profilePen) linesOf(label, url string, mark func(l string, whole bool) string) {
	lines := []string{draw.Cut(url, p.ValueWidth(), p.Glyphs.Tail)}
	if p.Tall() {
		lines = draw.WrapAddress(url, p.ValueWidth())
	}
	whole := strings.Join(lines, "") == url
	for i, l := range lines {
		name := label
		if i > 0 {
			name = ""
		}
		lines[i] = p.Label(name) + p.Tone.Render(mark(l, whole))
	}
	p.Add(label, url, lines...)
}
