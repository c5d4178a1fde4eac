package talk

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config/query"
)

// do does what a line says, and gives the answer.
func (c *Conversation) do(line string) []string {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	switch strings.ToLower(word) {
	case "":
		return nil
	case "?", "h", "help":
		return []string{helpText}
	case "l", "list":
		return c.list()
	case "f", "filter":
		return c.narrow(rest)
	case "p", "problems":
		var all []string
		for _, text := range problemSentences(c.config) {
			all = append(all, c.Told(text))
		}
		return all
	case "r", "refresh":
		if rest == "" {
			return c.refreshAll()
		}
		return c.with(rest, c.refreshOne)
	case "u", "use":
		return c.with(rest, c.makeActive)
	}
	return c.with(strings.TrimSpace(line), c.account)
}

// with does something with the profile of a number or name.
func (c *Conversation) with(text string, do func(i int) []string) []string {
	if i := c.index(text); i >= 0 {
		return do(i)
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(c.profiles) {
		return do(n - 1)
	}
	return []string{unknownSentence(text, len(c.profiles))}
}

// list is how all profiles are, or those that the filter leaves. Their numbers
// stay, so that one that was heard can be typed.
func (c *Conversation) list() []string {
	lines := []string{c.sum()}
	for _, i := range insight.Incidents(c.latest) {
		lines = append(lines, incidentSentence(i))
	}
	var found []string
	for i := range c.profiles {
		if c.filter.Match(query.Index(c.subject(i))) {
			found = append(found, fmt.Sprintf("%d. %s", i+1, c.sentence(i)))
		}
	}
	if !c.filter.Empty() {
		lines = append(lines, filterSentence(c.filter.String(), len(found)))
	}
	return append(lines, found...)
}

// narrow lists the profiles that answer a query; the empty one lists all again.
func (c *Conversation) narrow(text string) []string {
	q, err := query.Parse(text, c.Words)
	if wrong, ok := errors.AsType[*query.Error](err); ok {
		return []string{wrongFilterSentence(wrong.Column, wrong.Message)}
	}
	c.filter = q
	return c.list()
}

// subject is a profile as a query asks about it.
func (c *Conversation) subject(i int) insight.Subject {
	p, s := c.profiles[i], c.latest[i]
	n := len(s.Changes)
	return insight.Subject{
		Name: p.Name, Label: p.Label, Tags: p.Tags, Service: p.Provider, ServiceTitle: c.serviceTitle(p.Provider),
		Host: insight.Host(s.Endpoint), Source: c.Told(p.Credential().Source()), Snapshot: s,
		Changed: n > 0 && s.Changes[n-1].At.After(c.begun), Now: c.Now(), Warning: c.config.ExpiryWarning,
	}
}

// sentence tells how a profile is.
func (c *Conversation) sentence(i int) string {
	return c.profileSentence(c.profiles[i], c.latest[i], c.profiles[i].Name == c.active, c.Now())
}

// account tells all of a profile.
func (c *Conversation) account(i int) []string {
	return []string{c.Account(c.config, c.profiles[i], c.latest[i])}
}

func (c *Conversation) refreshOne(i int) []string {
	if !askable(c.profiles[i]) {
		return []string{c.sentence(i)}
	}
	// While all are being checked, the sum tells of this one, too.
	c.wishes.each = c.wishes.each || len(c.wishes.open) == 0
	c.wishes.at = c.Now()
	if !slices.Contains(c.wishes.open, i) {
		c.wishes.open = append(c.wishes.open, i)
	}
	c.Refresh(c.profiles[i].Name)
	return []string{refreshingOne(c.profiles[i].Name)}
}

func (c *Conversation) refreshAll() []string {
	c.wishes = wishes{at: c.Now()}
	for i, p := range c.profiles {
		if askable(p) {
			c.wishes.open = append(c.wishes.open, i)
		}
	}
	if len(c.wishes.open) == 0 {
		return []string{nothingToRefresh}
	}
	c.Refresh()
	return []string{refreshingAll(len(c.wishes.open))}
}

// makeActive makes a profile the active one, and says where that shows nothing
// yet.
func (c *Conversation) makeActive(i int) []string {
	if c.MakeActive == nil {
		return []string{nothingToChoose}
	}
	name := c.profiles[i].Name
	active, but, err := c.MakeActive(c.config, name)
	if err != nil {
		return []string{fmt.Sprintf("%s could not be made the active profile: %s.", name, c.Told(err.Error()))}
	}
	c.active = active
	said := []string{name + " is now the active profile."}
	if but != "" {
		said = append(said, text.Capitalized(c.Told(but))+".")
	}
	return said
}
