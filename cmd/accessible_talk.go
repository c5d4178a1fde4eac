package cmd

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// wishes are the checks that the person asked for and waits for.
type wishes struct {
	// at is when the latest was asked for.
	at time.Time
	// each is set where the outcome of every profile is to be told, and not
	// their sum.
	each bool
	open []int
}

// leaving reports whether the person wants to go.
func leaving(line string) bool {
	return slices.Contains([]string{"q", "quit", "exit"}, strings.ToLower(strings.TrimSpace(line)))
}

// do does what a line says, and gives the answer.
func (c *conversation) do(line string) []string {
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
		c.filter = rest
		return c.list()
	case "p", "problems":
		var all []string
		for _, text := range problemSentences(c.config) {
			all = append(all, c.app.told(text))
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
func (c *conversation) with(text string, do func(i int) []string) []string {
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
func (c *conversation) list() []string {
	lines := []string{sumSentence(c.latest)}
	for _, i := range client.Incidents(c.latest) {
		lines = append(lines, incidentSentence(i))
	}
	matches := 0
	var found []string
	for i, p := range c.profiles {
		if matchesAll(p, c.latest[i], c.filter) {
			matches++
			found = append(found, fmt.Sprintf("%d. %s", i+1, c.sentence(i)))
		}
	}
	if c.filter != "" {
		lines = append(lines, filterSentence(c.filter, matches))
	}
	return append(lines, found...)
}

// sentence tells how a profile is.
func (c *conversation) sentence(i int) string {
	return profileSentence(c.profiles[i], c.latest[i], c.profiles[i].Name == c.active, c.app.now())
}

// account tells all of a profile, as the command show does.
func (c *conversation) account(i int) []string {
	var b strings.Builder
	sc := screen{ascii: c.app.screenOf(c.app.stdout).ascii}
	if err := writeAccount(&b, sc, c.app.now(), c.profiles[i], c.latest[i], c.app.source(c.profiles[i])); err != nil {
		return []string{err.Error()}
	}
	return []string{strings.TrimRight(b.String(), "\n")}
}

func (c *conversation) refreshOne(i int) []string {
	if !askable(c.profiles[i]) {
		return []string{c.sentence(i)}
	}
	// While all are being checked, the sum tells of this one, too.
	c.wishes.each = c.wishes.each || len(c.wishes.open) == 0
	c.wishes.at = c.app.now()
	if !slices.Contains(c.wishes.open, i) {
		c.wishes.open = append(c.wishes.open, i)
	}
	c.refresh(c.profiles[i].Name)
	return []string{refreshingOne(c.profiles[i].Name)}
}

func (c *conversation) refreshAll() []string {
	c.wishes = wishes{at: c.app.now()}
	for i, p := range c.profiles {
		if askable(p) {
			c.wishes.open = append(c.wishes.open, i)
		}
	}
	if len(c.wishes.open) == 0 {
		return []string{nothingToRefresh}
	}
	c.refresh()
	return []string{refreshingAll(len(c.wishes.open))}
}

// makeActive makes a profile the active one, and says where that shows nothing
// yet.
func (c *conversation) makeActive(i int) []string {
	a, name := c.app, c.profiles[i].Name
	if a.demo {
		return []string{nothingToChoose}
	}
	active, but, err := newManager(a.manageOptions(c.config.Path)).MakeActive(c.config, name)
	if err != nil {
		return []string{fmt.Sprintf("%s could not be made the active profile: %s.", name, a.told(err.Error()))}
	}
	said := []string{name + " is now the active profile."}
	if c.active = active; but != "" {
		said = append(said, text.Capitalized(a.told(but))+".")
	}
	return said
}

// take takes in what changed, and gives what the person should hear of it.
func (c *conversation) take(e client.Event) (news []string) {
	if e.Notice != "" {
		news = append(news, c.app.told(e.Notice))
	}
	changed := map[int]bool{}
	for _, s := range e.Snapshots {
		i := c.index(s.Profile)
		if i < 0 {
			continue
		}
		c.latest[i] = c.app.shown(s).Printable()
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
func (c *conversation) investigate(news *[]string) (alike map[string]bool) {
	alike = map[string]bool{}
	var titles []string
	for _, i := range client.Incidents(c.latest) {
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

// settle tells what the check of a profile that has just ended brought.
func (c *conversation) settle(i int, alike bool) (news []string) {
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
		news = append(news, changeSentence(name, was.Health.State, is.Health))
	}
	for _, change := range is.Changes {
		if change.Kind != account.ChangeState && change.At.After(since) {
			news = append(news, name+": "+change.String()+".")
		}
	}
	// The time of a check is kept in whole milliseconds.
	asked := is.Health.CheckedAt
	if at := slices.Index(c.wishes.open, i); at >= 0 &&
		(asked.IsZero() || !asked.Before(c.wishes.at.Truncate(time.Millisecond)) || is.Health.RetryAt.After(c.app.now())) {
		c.wishes.open = slices.Delete(c.wishes.open, at, at+1)
		if c.wishes.each && !moved {
			news = append(news, checkedSentence(c.sentence(i), is, c.app.now()))
		}
	}
	return news
}

// sumUp tells the outcome of a check of all profiles, once.
func (c *conversation) sumUp() []string {
	if c.wishes.at.IsZero() || len(c.wishes.open) > 0 {
		return nil
	}
	each := c.wishes.each
	c.wishes = wishes{}
	if each {
		return nil
	}
	return []string{"All were checked. " + sumSentence(c.latest)}
}

// matchesAll reports whether every word of a query is in what there is to say
// of a profile.
func matchesAll(p config.Profile, s account.Snapshot, query string) bool {
	texts := append([]string{p.Name, p.Label, p.Provider, serviceTitle(p.Provider), s.Health.State.Word()}, p.Tags...)
	if s.Account != nil {
		texts = append(append(texts, s.Account.User.Name(), s.Account.User.Username), s.Account.User.Emails...)
		for _, o := range s.Account.Organizations {
			texts = append(texts, o.Name, o.SubDomain)
		}
	}
	text := strings.ToLower(strings.Join(texts, "\n"))
	for word := range strings.FieldsSeq(strings.ToLower(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
