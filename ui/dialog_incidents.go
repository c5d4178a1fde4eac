package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"rollcall/client/insight"
)

// newIncidents is the overlay with what many profiles have in common.
func newIncidents(all []insight.Incident, s *Styles) *textOverlay {
	return newText("Incidents", s, func(k *KeyMap) key.Binding { return k.Incidents },
		func(s *Styles, w int) []string { return incidentLines(all, s, w) })
}

func incidentLines(all []insight.Incident, s *Styles, w int) []string {
	if len(all) == 0 {
		return sentence(s, s.text, "None: no profiles fail for the same reason.", w)
	}
	r := &report{Styles: s, w: w}
	for i, one := range all {
		if i > 0 {
			r.out = append(r.out, "")
		}
		sev := one.State.Severity()
		r.out = append(r.out, sentence(s, s.bold(sev), s.glyphs.mark(sev)+" "+one.Title, w)...)
		r.texts([]string{one.Explanation})
		r.field(s.inks.text, "to do", one.Remedy)
		r.field(s.inks.text, "profiles", strings.Join(one.Profiles, ", "))
	}
	return r.out
}
