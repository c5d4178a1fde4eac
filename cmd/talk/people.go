package talk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/insight"
	"rollcall/client/text"
)

// human is a person with the places of the profiles that are theirs.
type human struct {
	insight.Person
	profiles []int
}

// holding is a profile with what is known of it, as it may be shown.
func (c *Conversation) holding(i int) insight.Holding {
	named := c.Named(c.profiles[i])
	return insight.Holding{Name: named.Name, Snapshot: &c.latest[i], Tags: named.Tags, Public: insight.IsPublic(c.service(i), c.profiles[i].BaseURL)}
}

// humans are those whom several profiles belong to.
func (c *Conversation) humans() []human {
	held := make([]insight.Holding, len(c.profiles))
	places := make(map[string]int, len(held))
	for i := range held {
		held[i] = c.holding(i)
		places[held[i].Name] = i
	}
	found := insight.People(held)
	all := make([]human, 0, len(found))
	for _, p := range found {
		one := human{Person: p}
		for _, name := range p.Profiles {
			one.profiles = append(one.profiles, places[name])
		}
		all = append(all, one)
	}
	return all
}

// people tells of those whom several profiles belong to.
func (c *Conversation) people() []string {
	all := c.humans()
	if len(all) == 0 {
		return []string{"No two profiles are known to belong to one person."}
	}
	var lines []string
	for i, p := range all {
		lines = append(lines, fmt.Sprintf("Person %d: %s has %s: %s.", i+1, p.Name, counted(len(p.profiles), "profile"), c.names(p.profiles)))
		for _, sentence := range p.Matches {
			lines = append(lines, strings.TrimSuffix(sentence, ".")+".")
		}
		more := fmt.Sprintf("Type person %d to hear what each has.", i+1)
		if sum := c.matrix(p).Sum(); sum != "" {
			more = "Different: " + sum + ". " + more
		}
		lines = append(lines, more)
	}
	return lines
}

// matrix is what each profile of a person has.
func (c *Conversation) matrix(p human) *insight.Matrix {
	held := make([]insight.Holding, 0, len(p.profiles))
	for _, i := range p.profiles {
		held = append(held, c.holding(i))
	}
	return insight.NewMatrix(held)
}

// mostFacts is how many things that a person has are told: nobody listens to more.
const mostFacts = 60

// person tells what each profile of a person has: first what differs.
func (c *Conversation) person(which string) []string {
	all := c.humans()
	n, err := strconv.Atoi(strings.TrimSuffix(which, "."))
	switch {
	case len(all) == 0:
		return c.people()
	case which == "":
		return []string{"Which person? Add the number that people tells."}
	case err != nil || n < 1 || n > len(all):
		return []string{fmt.Sprintf("%q is no number from 1 to %d. Type people to hear them.", which, len(all))}
	}
	p := all[n-1]
	lines := []string{fmt.Sprintf("%s has %s:", p.Name, counted(len(p.profiles), "profile"))}
	for _, i := range p.profiles[:min(len(p.profiles), mostLines)] {
		lines = append(lines, c.brief(i, c.standing(i)))
	}
	if more := len(p.profiles) - mostLines; more > 0 {
		lines = append(lines, "And "+counted(more, "more profile")+".")
	}
	for _, sentence := range slices.Concat(p.Matches, p.Differences) {
		lines = append(lines, strings.TrimSuffix(sentence, ".")+".")
	}
	return append(lines, c.facts(p)...)
}

// facts are what the profiles of a person have.
func (c *Conversation) facts(p human) (lines []string) {
	m := c.matrix(p)
	for i := range m.Rows[:min(len(m.Rows), mostFacts)] {
		f := &m.Rows[i]
		lead := ""
		if f.Differs {
			lead = "differs, "
		}
		said := m.Sentence(f, func(profile int) string { return c.name(p.profiles[profile]) })
		lines = append(lines, text.Capitalized(lead+said)+".")
	}
	if more := len(m.Rows) - mostFacts; more > 0 {
		lines = append(lines, fmt.Sprintf("And %d more.", more))
	}
	return lines
}
