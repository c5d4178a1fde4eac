package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"rollcall/client/insight"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// newIncidents is the overlay with what many profiles have in common.
func newIncidents(all []insight.Incident, s *theme.Styles) *textOverlay {
	return newText("Incidents", s, func(k *KeyMap) key.Binding { return k.Incidents },
		func(s *theme.Styles, w int) []string { return incidentLines(all, s, w) })
}

func incidentLines(all []insight.Incident, s *theme.Styles, w int) []string {
	if len(all) == 0 {
		return draw.WrapIn(s.Text, "None: no profiles fail for the same reason.", w)
	}
	r := &draw.Report{Styles: s, W: w}
	for i, one := range all {
		if i > 0 {
			r.Lines = append(r.Lines, "")
		}
		sev := one.State.Severity()
		r.Lines = append(r.Lines, draw.WrapIn(s.Bold(sev), s.Glyphs.Mark(sev)+" "+one.Title, w)...)
		r.Texts([]string{one.Explanation})
		r.Fact(s.Text, "to do", one.Remedy)
		r.Fact(s.Text, "profiles", strings.Join(one.Profiles, ", "))
	}
	return r.Lines
}
