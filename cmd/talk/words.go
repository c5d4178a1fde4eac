package talk

import (
	"fmt"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
)

// What the conversation says, in one place.
const (
	promptText = "Number, r to refresh, ? for help, q to leave: "

	helpText = `Type a number or a name to hear everything of that profile.
l lists the profiles again.
f WORDS lists those that have all of the words in their name, service, user and so on; f alone lists all again.
f fail, f now, f tag:prod, f ends<14d and f !ok ask for a severity, an urgency, a tag, an end, the opposite; quotes keep words together.
r checks all profiles now; r NUMBER checks one.
u NUMBER makes a profile the active one.
p tells what is wrong with the configuration.
q leaves.
What changes is told when it happens.`

	nothingToRefresh = "There is no profile that could be checked."
	nothingToChoose  = "No choice can be kept here."
)

func opening(profiles int) string {
	return "rollcall. Checking " + counted(profiles, "profile") + "."
}

func filterSentence(filter string, matches int) string {
	return counted(matches, "profile") + " for " + filter + ":"
}

// wrongFilterSentence tells where a filter is wrong, and what would be right.
func wrongFilterSentence(column int, message string) string {
	return fmt.Sprintf("The filter is wrong at character %d: %s. The one before it stays.", column, strings.TrimSuffix(message, "?"))
}

// profileSentence tells how a profile is: "staging: invalid token. The token
// has expired. Sam Roe at Katapult."
func (o Options) profileSentence(p config.Profile, s account.Snapshot, active bool, now time.Time) string {
	p = o.Named(p)
	name := p.Name
	if p.Label != "" {
		name += " (" + p.Label + ")"
	}
	if active {
		name += ", active"
	}
	parts := []string{name + ": " + s.Health.State.Word() + "."}
	if e := s.Advice(now).Explanation; e != "" {
		parts = append(parts, e)
	}
	if s.Account != nil {
		parts = append(parts, s.Account.User.Name()+" at "+o.serviceTitle(p.Provider)+".")
	}
	if s.Stale() {
		parts = append(parts, "Last good answer "+text.Age(now.Sub(s.AccountAt))+" ago.")
	}
	return strings.Join(parts, " ")
}

// serviceTitle is the name of a service for people.
func (o Options) serviceTitle(name string) string {
	for _, s := range o.Services {
		if s.Name == name {
			return s.Title
		}
	}
	return name
}

// changeSentence tells of a new state.
func changeSentence(name string, was account.State, is account.Snapshot, now time.Time) string {
	advice := is.Advice(now)
	return sentences(name+" is now "+is.Health.State.Word()+"; it was "+was.Word()+".", advice.Explanation, advice.Remedy)
}

// checkedSentence is the outcome of a check that the person asked for, or why
// there was none.
func checkedSentence(sentence string, s account.Snapshot, now time.Time) string {
	if left := s.Health.RetryAt.Sub(now); left > 0 {
		return sentence + " It is asked again in " + text.Countdown(left) + "."
	}
	return sentence
}

func incidentSentence(i insight.Incident) string {
	return sentences(i.Title+".", i.Explanation, i.Remedy)
}

func refreshingOne(name string) string { return "Checking " + name + "." }
func refreshingAll(profiles int) string {
	return "Checking " + counted(profiles, "profile") + "."
}

func unknownSentence(text string, profiles int) string {
	if text == "" {
		return "Which profile? Add its number."
	}
	return fmt.Sprintf("%q is neither a number from 1 to %d, the name of a profile, nor a command. Type ? for help.", text, profiles)
}

// problemSentences tell what is wrong with the configuration.
func problemSentences(c *config.Config) []string {
	if len(c.Problems) == 0 {
		return []string{"Nothing is wrong with " + c.Path + "."}
	}
	var all []string
	for _, p := range c.Problems {
		all = append(all, sentences(p.Error()+".", p.Remedy))
	}
	return all
}

func unusableSentence(err error) string {
	return "The changed configuration cannot be used, so the one before stays. " + err.Error() + "."
}

// reloadedSentence tells what is new in a configuration.
func reloadedSentence(before, after *config.Config) string {
	names := func(of, without *config.Config) string {
		var all []string
		for _, p := range of.Profiles {
			if _, ok := without.Profile(p.Name); !ok {
				all = append(all, p.Name)
			}
		}
		return strings.Join(all, ", ")
	}
	parts := []string{"The configuration has changed: " + counted(len(after.Profiles), "profile") + " now."}
	if added := names(after, before); added != "" {
		parts = append(parts, "New: "+added+".")
	}
	if gone := names(before, after); gone != "" {
		parts = append(parts, "Gone: "+gone+".")
	}
	if n := len(after.Problems); n > 0 {
		parts = append(parts, counted(n, "problem")+" in it: type p.")
	}
	return strings.Join(parts, " ")
}

// sentences joins those that are not empty.
func sentences(all ...string) string {
	var some []string
	for _, s := range all {
		if s != "" {
			some = append(some, s)
		}
	}
	return strings.Join(some, " ")
}

// counted is a number with its noun: "1 profile", "3 profiles".
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
