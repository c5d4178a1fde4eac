package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// tagProfiles offers the tags that there are, for the profiles that it is for.
func (m *Model) tagProfiles() tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	rows := m.targets()
	of := make([]tagged, 0, len(rows))
	for _, r := range rows {
		if p, ok := m.config.Profile(r.name); ok {
			of = append(of, tagged{r.name, p.Tags})
		}
	}
	if len(of) == 0 {
		return m.say(calledTogether(rows) + " is not in the configuration any more")
	}
	m.overlays.push(newTagDialog("Tags of "+calledTogether(rows), of, m.tagChoices(of)))
	return nil
}

// tagChoices are all tags that there are, those first that most of some profiles have.
// Where stand-ins are shown, the tags have some, too.
func (m *Model) tagChoices(of []tagged) []tagChoice {
	var all []tagChoice
	places := map[string]int{}
	for _, r := range m.roster.rows {
		for i, tag := range m.config.Profiles[r.index].Tags {
			if _, known := places[tag]; known || i >= len(r.config.Tags) {
				continue
			}
			places[tag] = len(all)
			all = append(all, tagChoice{tag: tag, shown: r.config.Tags[i]})
		}
	}
	for _, p := range of {
		for i, tag := range p.tags {
			if at, known := places[tag]; known && !slices.Contains(p.tags[:i], tag) {
				all[at].had++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b tagChoice) int {
		return cmp.Or(b.had-a.had, strings.Compare(strings.ToLower(a.shown), strings.ToLower(b.shown)))
	})
	return all
}
