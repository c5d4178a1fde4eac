package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// isPage reports whether an address that a service sent is one for a browser.
func isPage(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

// linked makes a shown address one that the terminal opens by a click.
func linked(s *Styles, shown, url string) string {
	if s.ascii || shown != url || !isPage(url) {
		return shown
	}
	return ansi.SetHyperlink(url) + shown + ansi.ResetHyperlink()
}

// page is a named address, which the terminal opens where it is seen whole.
func (p *profilePen) page(label, url string) {
	switch {
	case p.row.private:
		p.field(label, url)
	case url != "":
		shown := cut(url, p.valueWidth(), p.glyphs.tail)
		p.add(label, url, p.label(label)+p.tone.write(linked(p.Styles, shown, url)))
		p.link(url)
	}
}
