package talk

import (
	"fmt"
	"slices"
	"strings"

	"rollcall/client/insight"
	"rollcall/config/query"
)

// sort puts the list in another order.
func (c *Conversation) sort(by string) []string {
	names := strings.Join(orderNames(), ", ")
	if by == "" {
		return []string{fmt.Sprintf("The list is sorted by %s. It can be sorted by %s; a minus before the word turns that round.", c.order, names)}
	}
	word, reversed := strings.CutPrefix(strings.ToLower(by), "-")
	if !slices.Contains(insight.AllOrders(), insight.Order(word)) {
		return []string{sentences(fmt.Sprintf("%q is no order of the list.", by), didYouMean(word, insight.OrderNames()), "It can be sorted by "+names+".")}
	}
	c.order = order{insight.Order(word), reversed}
	return c.list()
}

// list tells who needs the person: how all are in a sentence, the profiles that
// need somebody in full, and of the others how many there are. Where the person
// asked for some, or for another order, it tells of each.
func (c *Conversation) list() []string {
	if c.within.on() {
		return c.viewList()
	}
	if !c.filter.Empty() || !c.order.usual() {
		return c.each(c.filter)
	}
	lines := []string{c.outlook()}
	if len(c.marked()) > 0 {
		lines = append(lines, c.markedSentence())
	}
	w := c.worklist(c.latest, nil)
	for _, s := range w.Sections {
		if pressing(s.Urgency) {
			lines = append(lines, sectionTitle(s))
		}
		for _, l := range s.Lines {
			switch {
			case l.Profile < 0:
				lines = append(lines, c.incident(w.Incidents[l.Incident]))
			case pressing(s.Urgency) && l.Incident < 0:
				lines = append(lines, c.full(l.Profile, w.Standings[l.Profile]))
			}
		}
		if !pressing(s.Urgency) {
			lines = append(lines, countSentence(s))
		}
	}
	return lines
}

// pressing reports whether a profile of the urgency needs the person.
func pressing(u insight.Urgency) bool { return u == insight.UrgencyNow || u == insight.UrgencySoon }

// listOf lists the profiles that a text asks for, each of them: "all", or a query
// such as fine, fail or tag:prod. The filter stays as it is.
func (c *Conversation) listOf(text string) []string {
	switch strings.ToLower(text) {
	case allWord:
		return c.each(query.Query{})
	case markedWord:
		return c.markedLines()
	}
	q, wrong := c.parse(text)
	if wrong != "" {
		return []string{wrong}
	}
	return c.each(q)
}

// each tells of every profile that answers a query, in the order that the person
// wants.
func (c *Conversation) each(q query.Query) []string {
	var all []int
	w := c.worklist(c.latest, func(i int) bool {
		if c.matches(i, q) {
			all = append(all, i)
			return true
		}
		return false
	})
	lines := []string{c.outlook()}
	if !q.Empty() {
		lines = []string{filterSentence(q.Told(c.Own), len(all))}
	}
	if !c.order.usual() {
		c.order.by.Sort(all, c.order.reversed, func(i int) insight.Sortable { return c.sortable(i, &w.Standings[i]) })
		for _, n := range w.Incidents {
			if slices.ContainsFunc(all, func(i int) bool { return slices.Contains(n.Profiles, c.profiles[i].Name) }) {
				lines = append(lines, c.incident(n))
			}
		}
		under := insight.Under(w.Incidents)
		for _, i := range all {
			if _, ok := under[c.profiles[i].Name]; ok && w.Standings[i].Unasked {
				lines = append(lines, c.brief(i, w.Standings[i]))
				continue
			}
			lines = append(lines, c.one(i, w.Standings[i]))
		}
		return lines
	}
	for _, s := range w.Sections {
		for _, l := range s.Lines {
			switch {
			case l.Profile < 0:
				lines = append(lines, c.incident(w.Incidents[l.Incident]))
			case l.Incident >= 0:
				lines = append(lines, c.brief(l.Profile, w.Standings[l.Profile]))
			default:
				lines = append(lines, c.one(l.Profile, w.Standings[l.Profile]))
			}
		}
	}
	return lines
}

// one tells of a profile: in full, unless all is well with it.
func (c *Conversation) one(i int, st insight.Standing) string {
	if st.Urgency == insight.UrgencyFine || st.Urgency == insight.UrgencyOff {
		return c.brief(i, st)
	}
	return c.full(i, st)
}

// narrow lists the profiles that answer a query, until another one; the empty one
// lists all again.
func (c *Conversation) narrow(text string) []string {
	q, wrong := c.parse(text)
	if wrong != "" {
		return []string{wrong + " The one before it stays."}
	}
	c.filter = q
	return c.list()
}

// markedLines tell of each profile that is marked.
func (c *Conversation) markedLines() []string {
	lines := []string{c.markedSentence()}
	for _, i := range c.marked() {
		lines = append(lines, c.one(i, c.standing(i)))
	}
	return lines
}

// viewList tells of each profile of the view that answers the filter.
func (c *Conversation) viewList() []string {
	q := c.within.asked.And(c.filter)
	lines := c.each(q)
	title := "View " + c.viewName(c.within.Name)
	if q.Empty() {
		return append([]string{title + ", " + counted(len(c.profiles), "profile") + ":"}, lines[1:]...)
	}
	lines[0] = title + ", " + lines[0]
	if len(lines) == 1 {
		lines = append(lines, "Nobody is in it now. view alone lists all again.")
	}
	return lines
}

// sortable is a profile as an order looks at it.
func (c *Conversation) sortable(i int, st *insight.Standing) insight.Sortable {
	p, s := c.profiles[i], &c.latest[i]
	by := insight.Sortable{
		Name: c.name(i), Service: c.service(i).Title, Standing: st, Snapshot: s,
		Label: c.Named(p).Label, Tags: p.Tags, Host: insight.Host(s.Endpoint), Source: c.Told(p.Credential().Source()),
	}
	if a := s.Account; a != nil {
		by.User = a.User.Name()
	}
	return by
}
