package ui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rollcall/client/insight"
	"rollcall/config"
	"rollcall/config/query"
)

// offer is a way to write an argument, and what is to be said of it.
type offer struct{ argument, does string }

// matching are the offers that begin as what is written, and then those that hold it.
func matching(written string, all []offer) (found []offer) {
	begun, within := query.Fold(written), []offer(nil)
	for _, o := range all {
		switch folded := query.Fold(o.argument); {
		case strings.HasPrefix(folded, begun):
			found = append(found, o)
		case strings.Contains(folded, begun):
			within = append(within, o)
		}
	}
	return append(found, within...)
}

// words are offers of which nothing more is to be said.
func words(all []string) (offers []offer) {
	for _, w := range all {
		offers = append(offers, offer{argument: w})
	}
	return offers
}

func viewOffers(m *Model, written string) []offer {
	all := words(m.viewNames())
	for i := range all {
		if s := m.views.all[i].scope; s != nil {
			all[i].does = m.roster.cover.query(s)
		}
	}
	// The saved ones have no key.
	return matching(written, append(all[firstSaved:len(all):len(all)], all[:firstSaved]...))
}

func keptOffers(m *Model, written string) []offer {
	var all []offer
	for _, v := range m.config.Views {
		all = append(all, offer{m.viewCalled(v.Name), "replaces it"})
	}
	return matching(written, all)
}

// mostQueries is how many ways to go on with a query are told: nobody looks through more.
const mostQueries = 1000

func queryOffers(m *Model, written string) (all []offer) {
	for _, c := range query.Complete(written, utf8.RuneCountInString(written), vocabulary(), mostQueries, m.roster.values) {
		if whole := c.Of(written); whole != written {
			all = append(all, offer{argument: whole})
		}
	}
	return all
}

func profileOffers(m *Model, written string) []offer {
	var all []offer
	for _, r := range m.roster.rows {
		all = append(all, offer{r.config.Name, r.user()})
	}
	return matching(written, all)
}

func orderOffers(m *Model, written string) []offer {
	turned := ""
	if strings.HasPrefix(written, "-") {
		turned = "-"
	}
	known := map[string]string{}
	for _, k := range sortings() {
		known[string(k.by)] = k.does
	}
	for _, c := range m.views.overview().columns {
		if known[c.name] == "" {
			known[c.name] = c.first
		}
	}
	var all []offer
	for _, name := range insight.OrderNames() {
		all = append(all, offer{turned + name, known[name]})
	}
	return matching(written, all)
}

func columnsOffers(_ *Model, written string) (all []offer) {
	before := written[:strings.LastIndexAny(written, ", ")+1]
	given := strings.FieldsFunc(before, func(r rune) bool { return r == ',' || r == ' ' })
	for _, name := range insight.Columns() {
		if !slices.Contains(given, name) {
			all = append(all, offer{argument: before + name})
		}
	}
	return matching(written, all)
}

// groupingWords are the words for all groupings, in their order.
func groupingWords() (all []string) {
	for g := range groupings {
		all = append(all, strings.TrimPrefix(g.String(), "by "))
	}
	return all
}

func groupOffers(_ *Model, written string) []offer { return matching(written, words(groupingWords())) }

func snoozeOffers(_ *Model, written string) []offer {
	return matching(written, []offer{{"1d", ""}, {"7d", ""}, {"30d", ""}, {"off", "ends the snooze"}})
}

// tags are all that profiles have, in their order as words. Of those that a query does not
// tell apart, it is the first alone.
func (t *roster) tags() (all []string) {
	seen := map[string]bool{}
	for tag, folded := range t.values("tag") {
		if tag != "" && !seen[folded] {
			seen[folded] = true
			all = append(all, tag)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(query.Fold(a), query.Fold(b)) })
	return all
}

// tagsOffers goes on with the last word: with tags that there are, or those of what it
// is about where some are taken away.
func tagsOffers(m *Model, written string) []offer {
	before := written[:strings.LastIndexByte(written, ' ')+1]
	given := strings.Fields(before)
	var all []offer
	put := func(sign string, tags []string) {
		for _, tag := range tags {
			if !slices.Contains(given, sign+tag) && !strings.ContainsAny(tag, " \t") {
				all = append(all, offer{argument: before + sign + tag})
			}
		}
	}
	put("+", m.roster.tags())
	var has []string
	for _, r := range m.targets() {
		for _, tag := range r.config.Tags {
			if !slices.Contains(has, tag) {
				has = append(has, tag)
			}
		}
	}
	put("-", has)
	return matching(written, all)
}

func themeOffers(m *Model, written string) []offer {
	all := words(config.Themes())
	return matching(written, append(all, offer{configuredTheme, "what the file says"}))
}
