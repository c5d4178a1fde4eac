package talk

import (
	"fmt"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
)

// mostLines is how many lines a list of the past has: nobody listens to more.
const mostLines = 20

// account tells all of a profile.
func (c *Conversation) account(i int) []string {
	return []string{c.Account(c.config, c.profiles[i], c.latest[i])}
}

// history tells of the checks of a profile, the newest first.
func (c *Conversation) history(i int) []string {
	all := c.History(c.profiles[i].Name).With(c.latest[i]).Checks
	if len(all) == 0 {
		return []string{c.numbered(i) + " was not checked yet."}
	}
	title := "Checks of " + c.numbered(i) + ", the newest first"
	if share, of := account.Availability(all); of > 0 {
		title += fmt.Sprintf("; good in %.0f %% of %d", 100*share, of)
	}
	return append([]string{title + ":"}, c.checkLines(all)...)
}

// checkLines tell of checks, the newest first, those in a row that found the same in one
// line.
func (c *Conversation) checkLines(all []account.Check) (lines []string) {
	for last := len(all) - 1; last >= 0; {
		first := last
		for first > 0 && all[first-1].State == all[last].State {
			first--
		}
		if len(lines) == mostLines {
			return append(lines, "And "+counted(last+1, "earlier check")+".")
		}
		line := c.moment(all[last].At)
		if n := last - first + 1; n > 1 {
			line = fmt.Sprintf("%s to %s, %s", c.moment(all[first].At), line, counted(n, "check"))
		}
		line += ": " + all[last].State.Word()
		if all[last].Latency > 0 {
			line += ", " + text.Latency(all[last].Latency)
		}
		lines, last = append(lines, line+"."), first-1
	}
	return lines
}

// told is a change with the profile that it is of.
type told struct {
	profile int
	account.Change
}

// changes tells what changed at the services, the newest first: for one profile,
// or for all where i is negative.
func (c *Conversation) changes(i int) []string {
	var all []told
	if i >= 0 {
		for _, one := range c.History(c.profiles[i].Name).With(c.latest[i]).Changes {
			all = append(all, told{i, one})
		}
	} else {
		for _, past := range c.Journal() {
			if at := c.index(past.Profile); at >= 0 {
				for _, one := range past.With(c.latest[at]).Changes {
					all = append(all, told{at, one})
				}
			}
		}
	}
	if len(all) == 0 {
		return []string{"Nothing has changed as far as is remembered."}
	}
	slices.SortStableFunc(all, func(a, b told) int { return b.At.Compare(a.At) })
	lines := []string{"Changes, the newest first:"}
	for _, one := range all[:min(len(all), mostLines)] {
		lines = append(lines, fmt.Sprintf("%s: %s: %s.", c.moment(one.At), c.numbered(one.profile), c.changed(one.profile, one.Change)))
	}
	if more := len(all) - mostLines; more > 0 {
		lines = append(lines, "And "+counted(more, "earlier change")+".")
	}
	return lines
}

// timeline tells which tokens end, the next first.
func (c *Conversation) timeline() []string {
	type end struct {
		profile int
		at      time.Time
	}
	var all []end
	never, unknown := 0, 0
	for i, s := range c.latest {
		switch at := insight.Ends(&s); {
		case !at.IsZero():
			all = append(all, end{i, at})
		case s.Expiry().Kind == account.ExpiryNever:
			never++
		default:
			unknown++
		}
	}
	slices.SortStableFunc(all, func(a, b end) int { return a.at.Compare(b.at) })
	lines := []string{counted(len(all), "token") + " with an end, the next first:"}
	if len(all) == 0 {
		lines = []string{"No token has an end that is known."}
	}
	now := c.Now()
	for _, e := range all {
		due := insight.Due{Kind: insight.DueEnd, At: e.at}.Phrase(now)
		lines = append(lines, fmt.Sprintf("%s: %s, %s.", c.head(e.profile), due, text.EndDate(e.at, now)))
	}
	if never > 0 {
		lines = append(lines, ofMany(never, "never ends", "never end"))
	}
	if unknown > 0 {
		lines = append(lines, ofMany(unknown, "has an end that is not known", "have ends that are not known"))
	}
	return lines
}

// problems tells what is wrong with the configuration.
func (c *Conversation) problems() []string {
	var all []string
	for _, text := range problemSentences(c.config) {
		all = append(all, c.Told(text))
	}
	return all
}
