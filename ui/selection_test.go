package ui

import (
	"strings"
	"testing"
	"time"

	"rollcall/client/insight"
	"rollcall/config"
	"rollcall/ui/draw"
)

// picked is a selection of profiles with the given names.
func picked(names ...string) *selection {
	c := &config.Config{}
	for _, name := range names {
		c.Profiles = append(c.Profiles, config.Profile{Name: name, Provider: "katapult"})
	}
	s := newSelection(newRoster(c, sampleServices, noon), func() time.Time { return noon })
	s.sortBy(sorting{by: insight.OrderFile})
	s.moveTo(0)
	return s
}

// told is a selection in words: the visible profiles, the current one in
// brackets.
func (s *selection) told() string {
	var all []string
	for _, r := range s.visible {
		if r == s.current() {
			all = append(all, "["+r.name+"]")
		} else {
			all = append(all, r.name)
		}
	}
	return strings.Join(all, " ")
}

func (s *selection) searchFor(query string) {
	s.filter.line = draw.LineOf(query)
	s.filter.read()
	s.search()
}

func TestSelection(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(s *selection)
		want string
	}{
		{"the first profile", func(*selection) {}, "[work] lab staging home"},
		{"another", func(s *selection) { s.moveTo(2) }, "work lab [staging] home"},
		{"not beyond the last", func(s *selection) { s.moveTo(9) }, "work lab staging [home]"},
		{"by name", func(s *selection) { s.chooseName("home") }, "work lab staging [home]"},
		{"by a name that there is not", func(s *selection) { s.chooseName("none") }, "[work] lab staging home"},
		{"sorted, the profile stays selected", func(s *selection) { s.moveTo(2); s.sortBy(sorting{by: insight.OrderName}) }, "home lab [staging] work"},
		{"a search takes the best match", func(s *selection) { s.moveTo(3); s.searchFor("a") }, "work [lab] staging home"},
		{"nothing found", func(s *selection) { s.searchFor("zzz") }, ""},
		{"what was found stays selected without the filter", func(s *selection) { s.searchFor("stag"); s.clearFilter() }, "work lab [staging] home"},
		{"a profile that the filter hides", func(s *selection) {
			s.searchFor("lab")
			s.choose(s.roster.named("home"))
		}, "[lab]"},
		{"it is selected when the filter is gone", func(s *selection) {
			s.searchFor("lab")
			s.choose(s.roster.named("home"))
			s.clearFilter()
		}, "work lab staging [home]"},
		{"one that is sought clears the filter", func(s *selection) { s.searchFor("lab"); s.seek("home") }, "work lab staging [home]"},
		{"one that comes later", func(s *selection) { s.seek("new"); s.load("work", "new") }, "work [new]"},
		{"one that goes leaves its place", func(s *selection) { s.moveTo(1); s.load("work", "staging", "home") }, "work [staging] home"},
		{"the last one goes", func(s *selection) { s.moveTo(3); s.load("work", "lab") }, "work [lab]"},
		{"all go", func(s *selection) { s.load() }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := picked("work", "lab", "staging", "home")
			c.do(s)
			if got := s.told(); got != c.want {
				t.Errorf("it is %q, not %q", got, c.want)
			}
		})
	}
}

// load takes over a configuration with the given profiles.
func (s *selection) load(names ...string) {
	c := &config.Config{}
	for _, name := range names {
		c.Profiles = append(c.Profiles, config.Profile{Name: name, Provider: "katapult"})
	}
	s.roster.reload(newRoll(c, nil))
	s.roster.catchUp()
	s.reload()
}
