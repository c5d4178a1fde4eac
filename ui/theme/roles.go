package theme

import "image/color"

// roles gives each role on the screen its colour; nil is the terminal's own.
// What a role without a colour needs to be seen, bold or reversed text, it
// gets from the styles: the zero value is the theme without colours.
type roles struct {
	text, muted, accent color.Color
	// stale is for what an earlier answer said.
	stale                        color.Color
	title, border, borderFocused color.Color
	ok, warn, fail               color.Color
	selection, selectionText     color.Color
	badge, badgeText             color.Color
}

// named are the colours by the names that a theme file has for them.
func (r *roles) named() map[string]*color.Color {
	return map[string]*color.Color{
		"text": &r.text, "muted": &r.muted, "accent": &r.accent, "stale": &r.stale,
		"title": &r.title, "border": &r.border, "border_focused": &r.borderFocused,
		"ok": &r.ok, "warn": &r.warn, "fail": &r.fail,
		"selection": &r.selection, "selection_text": &r.selectionText,
		"badge": &r.badge, "badge_text": &r.badgeText,
	}
}
