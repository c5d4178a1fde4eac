package talk

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config/query"
)

// mostNamed is how many profiles a sentence names: nobody keeps more in mind.
const mostNamed = 8

// name is what a profile is called.
func (c *Conversation) name(i int) string { return c.Named(c.profiles[i]).Name }

// viewName is the name of a view as others may see it.
func (c *Conversation) viewName(name string) string { return c.Own("view", name) }

// numbered is a profile by its number, which is its place in the file, and its
// name.
func (c *Conversation) numbered(i int) string { return fmt.Sprintf("%d. %s", i+1, c.name(i)) }

// names are the numbers and names of profiles, of many the first.
func (c *Conversation) names(profiles []int) string {
	var all []string
	for _, i := range profiles[:min(len(profiles), mostNamed)] {
		all = append(all, fmt.Sprintf("%d %s", i+1, c.name(i)))
	}
	if more := len(profiles) - len(all); more > 0 {
		all = append(all, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(all, ", ")
}

// head is who a profile is: "4. staging (Otter Labs), active, Sam Roe at Katapult".
func (c *Conversation) head(i int) string {
	p, s := c.Named(c.profiles[i]), c.latest[i]
	head := c.numbered(i)
	if p.Label != "" {
		head += " (" + p.Label + ")"
	}
	if p.Name != "" && c.profiles[i].Name == c.active {
		head += ", active"
	}
	if c.marks[c.profiles[i].Name] {
		head += ", marked"
	}
	if s.Account != nil && s.Account.User.Name() != "" {
		head += ", " + s.Account.User.Name() + " at " + c.service(i).Title
	}
	return head
}

// brief tells in a sentence how a profile is.
func (c *Conversation) brief(i int, st insight.Standing) string {
	words := st.Word()
	if st.Unasked && st.Stale {
		words += ", " + c.latest[i].Health.State.Word()
	}
	if due := st.Due.Phrase(c.Now()); due != "" {
		words += ", " + due
	}
	return c.head(i) + ": " + words + "."
}

// full is brief with what it means and what to do about it, and what fix does.
func (c *Conversation) full(i int, st insight.Standing) string {
	s := c.latest[i]
	a := st.Advice(s, c.Now())
	first := c.brief(i, st)
	if st.Due.Kind == insight.DueEnd && st.State.Answered() && a.Explanation != "" {
		// The explanation tells of the end, and to the minute.
		first = c.head(i) + ": " + st.Word() + "."
	}
	parts := []string{first, a.Explanation, a.Remedy}
	if phrase := doing(a); phrase != "" {
		parts[2] = text.Sentence(a.Remedy) // which may end with a command
		parts = append(parts, fmt.Sprintf("To %s: fix %d.", phrase, i+1))
	}
	if st.Urgency == insight.UrgencySnoozed && s.Snooze.Note != "" {
		parts = append(parts, text.Sentence("Its note: "+s.Snooze.Note))
	}
	if s.Stale() {
		parts = append(parts, "Last good answer "+text.Ago(c.Now().Sub(s.AccountAt))+".")
	}
	return sentences(parts...)
}

// doing is what fix does, as the end of a sentence. A conversation prints what a
// screen copies.
func doing(a account.Advice) string {
	switch {
	case a.Action == account.ActionCopy && a.Command != "":
		return "have the command alone on a line"
	case a.Action == account.ActionCopy:
		return ""
	}
	return a.Action.Phrase()
}

// standing is how a profile stands now.
func (c *Conversation) standing(i int) insight.Standing {
	return insight.StandingOf(&c.latest[i], c.Now(), c.config.ExpiryWarning)
}

// worklist is the profiles that shown leaves, all where it is nil, in the order in
// which a person looks after them.
func (c *Conversation) worklist(of []account.Snapshot, shown func(int) bool) insight.Worklist {
	return insight.NewWorklist(of, shown, c.Now(), c.config.ExpiryWarning)
}

// outlook sums up how the profiles are.
func (c *Conversation) outlook() string {
	if len(c.profiles) == 0 {
		return "This configuration has no profiles yet. Type import to hear which accounts this machine has, or quit and run 'rollcall add'."
	}
	w := c.worklist(c.latest, nil)
	return outlookSentence(insight.OutlookOf(w.Standings, c.Now()), c.name, c.Now())
}

// incident tells of a fault once, with the profiles that have it.
func (c *Conversation) incident(n insight.Incident) string {
	var all []int
	for _, name := range n.Profiles {
		all = append(all, c.index(name))
	}
	return sentences(c.Told(n.Title)+".", c.Told(n.Explanation), text.Sentence(n.Remedy), "Profiles: "+c.names(all)+".")
}

// service describes the service of a profile.
func (c *Conversation) service(i int) account.ServiceInfo {
	for _, s := range c.Services {
		if s.Name == c.profiles[i].Provider {
			return s
		}
	}
	return account.ServiceInfo{Title: c.profiles[i].Provider}
}

// changed is a change of a profile in the words of its service, without a full stop.
func (c *Conversation) changed(i int, change account.Change) string { return change.Told(c.service(i)) }

// manySentence tells of many profiles that have come to an urgency at once.
func (c *Conversation) manySentence(u insight.Urgency, profiles []int) string {
	what := map[insight.Urgency]string{insight.UrgencyNow: "need you now", insight.UrgencySoon: "have tokens that end soon"}[u]
	if what == "" {
		what = "are fine again"
	}
	return fmt.Sprintf("%d profiles %s: %s. Type %s to hear them.", len(profiles), what, c.names(profiles), u)
}

// matches reports whether a profile answers a query.
func (c *Conversation) matches(i int, q query.Query) bool {
	return q.Empty() || q.Match(query.Index(c.subject(i)))
}

// subject is a profile as a query asks about it. A query is asked of what is really
// known, whether or not stand-ins are shown: the same one is to find the same profiles.
func (c *Conversation) subject(i int) *insight.Subject {
	p, s := c.profiles[i], c.latest[i]
	if real, known := c.real[p.Name]; known {
		real.Snooze = s.Snooze
		s = real
	}
	n := len(s.Changes)
	return &insight.Subject{
		Name: p.Name, Label: p.Label, Tags: p.Tags, Service: p.Provider, ServiceTitle: c.service(i).Title,
		Host: insight.Host(s.Endpoint), Source: p.Credential().Source(), Snapshot: &s,
		Changed: n > 0 && s.Changes[n-1].At.After(c.begun), Now: c.Now(), Warning: c.config.ExpiryWarning,
	}
}

// moment is a time of the past or the future, in the zone of the person.
func (c *Conversation) moment(at time.Time) string { return text.ShortClock(at, c.Now()) }

// parse reads a query, or says what is wrong with it.
func (c *Conversation) parse(text string) (q query.Query, wrong string) {
	q, err := query.Parse(text, c.Words)
	if e, ok := errors.AsType[*query.Error](err); ok {
		return q, wrongFilterSentence(e.Column, e.Message)
	}
	return q, ""
}
