package talk

import (
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

// Reload is a file that was changed; Err says why it cannot be used.
type Reload struct {
	Config *config.Config
	// Services describe those that there are; nil for those of before.
	Services []account.ServiceInfo
	Err      error
}

// reload takes in a changed file, and gives what the person should hear of it.
func (c *Conversation) reload(r Reload) []string {
	if r.Err != nil {
		return []string{c.Told(unusableSentence(r.Err))}
	}
	if r.Services != nil {
		c.Services = r.Services
	}
	if c.Hide != nil {
		c.Hide(r.Config)
	}
	before := c.config
	fresh := c.adopt(r.Config)
	c.chooseAnew()
	// Whoever has added a profile waits to hear of it.
	for _, i := range fresh {
		if askable(c.profiles[i]) {
			c.await(i)
		}
	}
	left := c.reviewed()
	return append([]string{reloadedSentence(before, r.Config, func(name string) string { return c.Named(config.Profile{Name: name}).Name })}, left...)
}

// chooseAnew finds out which profile is the active one. It reports whether that can
// be told.
func (c *Conversation) chooseAnew() bool {
	now, err := c.Choose(c.config)
	if err == nil {
		c.active = now.Profile
	}
	return err == nil
}

// await notes that the person waits for a check of a profile. While they wait for
// one of all, the sum tells of this one, too.
func (c *Conversation) await(i int) {
	c.wishes.each = c.wishes.each || len(c.wishes.open) == 0
	c.wishes.at = c.Now()
	if !slices.Contains(c.wishes.open, i) {
		c.wishes.open = append(c.wishes.open, i)
	}
}

// take takes in what changed. What there is to be told of it, tell tells.
func (c *Conversation) take(e account.Event) {
	if e.Notice != "" {
		c.news.notices = append(c.news.notices, c.Told(e.Notice))
	}
	for _, s := range e.Snapshots {
		i := c.index(s.Profile)
		if i < 0 {
			continue
		}
		shown := c.Shown(s)
		shown.Profile = s.Profile
		c.real[s.Profile] = s
		c.latest[i] = shown
		if !waitedFor(s) {
			c.settle(i)
		}
	}
	if e.Decided && c.Manage != nil {
		if before := c.active; c.chooseAnew() && c.active != before && c.index(c.active) >= 0 {
			c.news.changes = append(c.news.changes, activeSentence(c.numbered(c.index(c.active))))
		}
	}
	if !c.wishes.at.IsZero() && len(c.wishes.open) == 0 {
		c.news.all = !c.wishes.each
		c.wishes = wishes{}
	}
}

// settle takes in a check of a profile that has ended.
func (c *Conversation) settle(i int) {
	was, is := c.settled[i], c.latest[i]
	c.settled[i] = is
	since := c.begun
	if n := len(was.Changes); n > 0 && was.Changes[n-1].At.After(since) {
		since = was.Changes[n-1].At
	}
	for _, change := range is.Changes {
		if change.Kind != account.ChangeState && change.At.After(since) {
			c.news.changes = append(c.news.changes, c.numbered(i)+": "+c.changed(i, change)+".")
		}
	}
	// The time of a check is kept in whole milliseconds.
	asked := is.Health.CheckedAt
	if at := slices.Index(c.wishes.open, i); at >= 0 &&
		(asked.IsZero() || !asked.Before(c.wishes.at.Truncate(time.Millisecond)) || is.Health.RetryAt.After(c.Now())) {
		c.wishes.open = slices.Delete(c.wishes.open, at, at+1)
		if c.wishes.each {
			c.news.checked = append(c.news.checked, i)
		}
	}
}

// tell gives the news in the order of their urgency, each once.
func (c *Conversation) tell() (lines []string) {
	n := &c.news
	w := c.worklist(c.settled, nil)
	lines = append(append(lines, n.notices...), c.incidentNews(w)...)
	edges, told := c.edges(w)
	lines = append(append(lines, edges...), n.changes...)
	for _, i := range n.checked {
		if !told[i] {
			lines = append(lines, c.one(i, w.Standings[i]))
		}
	}
	if n.all {
		lines = append(lines, "All were checked. "+c.outlook())
	}
	n.notices, n.changes, n.checked, n.all = nil, nil, nil, false
	n.turns = time.Time{}
	for _, st := range w.Standings {
		if !st.Turns.IsZero() && (n.turns.IsZero() || st.Turns.Before(n.turns)) {
			n.turns = st.Turns
		}
	}
	return lines
}

// edges tells of profiles that have come to need the person, or need them no more,
// and of which profiles that is. That a service could not be asked is no news of
// its profiles.
func (c *Conversation) edges(w insight.Worklist) (lines []string, told map[int]bool) {
	told = map[int]bool{}
	for _, one := range c.news.edges.Look(c.settled, c.Now(), c.config.ExpiryWarning) {
		told[one.Profile] = slices.ContainsFunc(one.Edges, func(e insight.Edge) bool {
			return e == insight.EdgeNow || e == insight.EdgeSoon || e == insight.EdgeFine
		})
	}
	for _, s := range w.Sections {
		var fresh []int
		for _, l := range s.Lines {
			if l.Incident < 0 && told[l.Profile] {
				fresh = append(fresh, l.Profile)
			}
		}
		if len(fresh) > mostAlike {
			lines = append(lines, c.manySentence(s.Urgency, fresh))
			continue
		}
		for _, i := range fresh {
			lines = append(lines, edgeWord(s.Urgency)+": "+c.one(i, w.Standings[i]))
		}
	}
	return lines, told
}

// incidentNews tells of the faults that have begun and of those that are over.
func (c *Conversation) incidentNews(w insight.Worklist) (lines []string) {
	before, after := insight.Under(c.news.incidents), insight.Under(w.Incidents)
	partOf := func(n insight.Incident, of map[string]int, all bool) bool {
		in := 0
		for _, name := range n.Profiles {
			if _, ok := of[name]; ok {
				in++
			}
		}
		return in == len(n.Profiles) || in > 0 && !all
	}
	for _, n := range w.Incidents {
		if !partOf(n, before, true) {
			lines = append(lines, c.incident(n))
		}
	}
	for _, n := range c.news.incidents {
		if !partOf(n, after, false) {
			lines = append(lines, overSentence(c.Told(n.Title)))
		}
	}
	c.news.incidents = w.Incidents
	return lines
}

// pass notes how the profiles stand without telling it: what the person has just
// done themselves is no news.
func (c *Conversation) pass() { c.edges(c.worklist(c.settled, nil)) }

// heardAll notes that the person has heard how all profiles are.
func (c *Conversation) heardAll() {
	copy(c.settled, c.latest)
	c.tell()
}
