package talk

import (
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// reload takes in a changed file, and gives what the person should hear of it.
func (c *Conversation) reload(r Reload) []string {
	if r.Err != nil {
		return []string{c.Told(unusableSentence(r.Err))}
	}
	before := c.config
	c.adopt(r.Config)
	if now, err := c.Choose(r.Config); err == nil {
		c.active = now.Profile
	}
	return []string{reloadedSentence(before, r.Config)}
}

// take takes in what changed, and gives what the person should hear of it.
func (c *Conversation) take(e account.Event) (news []string) {
	if e.Notice != "" {
		news = append(news, c.Told(e.Notice))
	}
	changed := map[int]bool{}
	for _, s := range e.Snapshots {
		i := c.index(s.Profile)
		if i < 0 {
			continue
		}
		c.latest[i] = c.Shown(s).Printable()
		if !waitedFor(s) {
			changed[i] = true
		}
	}
	alike := c.investigate(&news)
	for i := range c.profiles {
		if changed[i] {
			news = append(news, c.settle(i, alike[c.profiles[i].Name])...)
		}
	}
	return append(news, c.sumUp()...)
}

// investigate tells of incidents that are new, and which profiles have nothing
// to add to one.
func (c *Conversation) investigate(news *[]string) (alike map[string]bool) {
	alike = map[string]bool{}
	var titles []string
	for _, i := range insight.Incidents(c.latest) {
		titles = append(titles, i.Title)
		if !slices.Contains(c.incidents, i.Title) {
			*news = append(*news, incidentSentence(i))
		}
		for _, name := range i.Profiles {
			alike[name] = true
		}
	}
	c.incidents = titles
	return alike
}

// about is what the service of a profile says of itself.
func (c *Conversation) about(i int) account.ServiceInfo {
	for _, info := range c.Services {
		if info.Name == c.profiles[i].Provider {
			return info
		}
	}
	return account.ServiceInfo{}
}

// settle tells what the check of a profile that has just ended brought.
func (c *Conversation) settle(i int, alike bool) (news []string) {
	was, is, name := c.settled[i], c.latest[i], c.profiles[i].Name
	c.settled[i] = is
	since := c.begun
	if n := len(was.Changes); n > 0 && was.Changes[n-1].At.After(since) {
		since = was.Changes[n-1].At
	}
	moved := was.Health.State != is.Health.State
	switch {
	case alike || !moved:
	case was.Health.State.Severity() == account.SeverityNone:
		news = append(news, c.sentence(i))
	default:
		news = append(news, changeSentence(name, was.Health.State, is, c.Now()))
	}
	for _, change := range is.Changes {
		if change.Kind != account.ChangeState && change.At.After(since) {
			news = append(news, name+": "+change.Told(c.about(i))+".")
		}
	}
	// The time of a check is kept in whole milliseconds.
	asked := is.Health.CheckedAt
	if at := slices.Index(c.wishes.open, i); at >= 0 &&
		(asked.IsZero() || !asked.Before(c.wishes.at.Truncate(time.Millisecond)) || is.Health.RetryAt.After(c.Now())) {
		c.wishes.open = slices.Delete(c.wishes.open, at, at+1)
		if c.wishes.each && !moved {
			news = append(news, checkedSentence(c.sentence(i), is, c.Now()))
		}
	}
	return news
}

// sumUp tells the outcome of a check of all profiles, once.
func (c *Conversation) sumUp() []string {
	if c.wishes.at.IsZero() || len(c.wishes.open) > 0 {
		return nil
	}
	each := c.wishes.each
	c.wishes = wishes{}
	if each {
		return nil
	}
	return []string{"All were checked. " + c.sum()}
}
