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

// linked makes a shown address one that the terminal opens by a click.
func linked(s *theme.Styles, shown, url string) string {
	if s.ASCII || shown != url || !isPage(url) {
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
		shown := draw.Cut(url, p.ValueWidth(), p.Glyphs.Tail)
		p.Add(label, url, p.Label(label)+p.Tone.Render(linked(p.Styles, shown, url)))
		p.Link(url)
	}
}
