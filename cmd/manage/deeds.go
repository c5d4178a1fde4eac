package manage

import (
	"strings"

	"rollcall/client/text"
	"rollcall/config"
)

// deeds says what edits have done, those that have done the same in one part:
// "switched off 3 profiles: a, b and c".
func deeds(made []config.Edit) string {
	type deed struct{ verb, how string }
	var order []deed
	names := map[deed][]string{}
	var parts []string
	for _, c := range made {
		var d deed
		if d.verb, d.how = c.Deed(); d.verb == "" {
			parts = append(parts, c.Done())
			continue
		}
		if names[d] == nil {
			order = append(order, d)
		}
		names[d] = append(names[d], c.About())
	}
	for _, d := range order {
		all := names[d]
		if len(all) == 1 {
			parts = append(parts, strings.TrimSpace(d.verb+" "+all[0]+" "+d.how))
			continue
		}
		parts = append(parts, strings.TrimSpace(d.verb+" "+text.Plural(len(all), "profile")+" "+d.how)+": "+text.AllOf(all))
	}
	return strings.Join(parts, "; ")
}

// Profiles names profiles as a part of a sentence: one by its name, several with
// their number: "3 profiles: a, b and c".
func Profiles(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return text.Plural(len(names), "profile") + ": " + text.AllOf(names)
}
