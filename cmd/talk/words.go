package talk

import (
	"fmt"
	"strings"
	"time"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/spelling"
)

// promptText asks for the next line.
const promptText = "Number, fix NUMBER, ? for help, q to leave:"

// mostAlike is how many profiles are told of one by one when the same happens to
// all of them.
const mostAlike = 3

func opening(profiles int) string {
	return "rollcall. Checking " + counted(profiles, "profile") + "."
}

// outlookSentence sums up how all profiles are: "3 profiles need you now, 2 tokens
// end this week, next release in 1h53m."
func outlookSentence(o insight.Outlook, name func(int) string, now time.Time) string {
	parts := []string{"No profile needs you now"}
	switch n := o.Counts[insight.UrgencyNow]; {
	case n == 1:
		parts[0] = "1 profile needs you now"
	case n > 1:
		parts[0] = fmt.Sprintf("%d profiles need you now", n)
	}
	switch {
	case o.Week == 1:
		parts = append(parts, "1 token ends this week")
	case o.Week > 1:
		parts = append(parts, fmt.Sprintf("%d tokens end this week", o.Week))
	}
	if o.Next >= 0 {
		parts = append(parts, "next "+name(o.Next)+" in "+text.Remaining(o.Ends.Sub(now)))
	}
	return strings.Join(parts, ", ") + "."
}

// sectionTitle begins a section that is told in full.
func sectionTitle(s insight.Section) string {
	return fmt.Sprintf("%s, %d:", text.Capitalized(string(s.Urgency)), s.Profiles)
}

// countSentence tells of a section by its number alone.
func countSentence(s insight.Section) string {
	if s.Profiles == 1 {
		return fmt.Sprintf("1 is %s: type %s to hear it.", s.Urgency, s.Urgency)
	}
	return fmt.Sprintf("%d are %s: type %s to hear them.", s.Profiles, s.Urgency, s.Urgency)
}

// edgeWord begins the news of a profile that has come to an urgency.
func edgeWord(u insight.Urgency) string {
	if u == insight.UrgencyFine {
		return "Fine again"
	}
	return text.Capitalized(string(u))
}

// activeSentence says which profile is the active one now.
func activeSentence(profile string) string { return profile + " is now the active profile." }

// overSentence tells of an incident that is over.
func overSentence(title string) string { return "Over: " + title + "." }

func filterSentence(filter string, matches int) string {
	return counted(matches, "profile") + " for " + filter + ":"
}

// wrongFilterSentence tells where a filter is wrong, and what would be right.
func wrongFilterSentence(column int, message string) string {
	return fmt.Sprintf("The filter is wrong at character %d: %s.", column, strings.TrimSuffix(message, "?"))
}

// noProfile says that what was typed behind a command is no profile.
func noProfile(text string, profiles int) string {
	if text == "" {
		return "Which profile? Add its number."
	}
	return fmt.Sprintf("%q is neither a number from 1 to %d nor the name of a profile.", text, profiles)
}

func unknownSentence(text string, profiles int) string {
	return fmt.Sprintf("%q is neither a number from 1 to %d, the name of a profile, nor a command.", text, profiles)
}

// didYouMean is a sentence with the known word that is nearest to another; empty
// where none is near.
func didYouMean(word string, known []string) string {
	if best := spelling.Nearest(word, known); best != "" {
		return "Did you mean " + best + "?"
	}
	return ""
}

// problemSentences tell what is wrong with the configuration.
func problemSentences(c *config.Config) []string {
	if len(c.Problems) == 0 {
		return []string{"Nothing is wrong with " + c.Path + "."}
	}
	var all []string
	for _, p := range c.Problems {
		all = append(all, sentences(text.Closed(p.Error()), p.Remedy))
	}
	return all
}

func unusableSentence(err error) string {
	return "The changed configuration cannot be used, so the one before stays. " + text.Closed(err.Error())
}

// reloadedSentence tells what is new in a configuration. shown gives names as they
// may be shown.
func reloadedSentence(before, after *config.Config, shown func(string) string) string {
	names := func(of, without *config.Config) string {
		var all []string
		for _, p := range of.Profiles {
			if _, ok := without.Profile(p.Name); !ok {
				all = append(all, shown(p.Name))
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

// ofMany is a number with the form of the verb that goes with it, and a full stop.
func ofMany(n int, one, more string) string {
	if n == 1 {
		return "1 " + one + "."
	}
	return fmt.Sprintf("%d %s.", n, more)
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
func counted(n int, noun string) string { return text.Plural(n, noun) }
