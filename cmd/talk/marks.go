package talk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/insight"
	"rollcall/config/query"
)

// The words for all profiles that the person has marked, and for all that the filter
// leaves.
const (
	markedWord = "marked"
	allWord    = "all"
)

// picked are the profiles that an argument begins with, in the order of their
// numbers, and what stands behind them: "1 3-5", "work 7d", "marked +prod". wrong
// says why it begins with none.
func (c *Conversation) picked(argument string) (picked []int, rest, wrong string) {
	if i := c.find(argument); i >= 0 {
		return []int{i}, "", ""
	}
	rest = argument
	for rest != "" {
		some, after := c.first(rest)
		if len(some) == 0 {
			break
		}
		picked, rest = append(picked, some...), after
	}
	word, _, _ := strings.Cut(argument, " ")
	switch {
	case len(picked) == 0 && strings.EqualFold(word, markedWord):
		return nil, "", "Nothing is marked. Type for example mark 1 3-5, or mark all."
	case len(picked) == 0 && strings.EqualFold(word, allWord) && len(c.profiles) > 0:
		return nil, "", "The filter leaves no profile. Type filter to end it."
	case len(picked) == 0:
		return nil, "", noProfile(word, len(c.profiles))
	}
	slices.Sort(picked)
	return slices.Compact(picked), rest, ""
}

// first are the profiles that the beginning of a text names, and what stands behind:
// a number, those from one number to another, a name, all that are marked, or all that
// the filter leaves.
func (c *Conversation) first(text string) (some []int, rest string) {
	text = strings.TrimLeft(text, ", ")
	word, rest, _ := strings.Cut(text, " ")
	word, rest = strings.Trim(word, ","), strings.TrimSpace(rest)
	switch i := c.find(word); {
	case i >= 0:
		return []int{i}, rest
	case strings.EqualFold(word, markedWord):
		return c.marked(), rest
	case strings.EqualFold(word, allWord):
		return c.left(), rest
	case strings.Contains(word, "-"):
		if some, ok := Numbered(word, len(c.profiles)); ok {
			return some, rest
		}
	}
	// A name can have several words.
	for i := range c.profiles {
		if rest, ok := strings.CutPrefix(text, c.name(i)+" "); ok {
			return []int{i}, strings.TrimSpace(rest)
		}
	}
	return nil, text
}

// find is the profile of a number or name; negative for none.
func (c *Conversation) find(text string) int {
	if i := c.index(text); i >= 0 {
		return i
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(text, ".")); err == nil && n >= 1 && n <= len(c.profiles) {
		return n - 1
	}
	for i := range c.profiles {
		if c.name(i) == text {
			return i
		}
	}
	return -1
}

// marked are the profiles that the person has marked.
func (c *Conversation) marked() (all []int) {
	for i, p := range c.profiles {
		if c.marks[p.Name] {
			all = append(all, i)
		}
	}
	return all
}

// meansHidden reports whether several profiles are really meant of which the filter
// or the view leaves some out, as those that are marked can be: who does not hear of them may have
// forgotten them.
func (c *Conversation) meansHidden(ctx context.Context, all []int) bool {
	seen := c.within.asked.And(c.filter)
	hidden := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return c.matches(i, seen) })
	if len(all) == 1 || len(hidden) == 0 {
		return true
	}
	return c.confirm(ctx, fmt.Sprintf("%s, %d of which the list leaves out: %s. Go on?", counted(len(all), "profile"), len(hidden), c.names(hidden)))
}

// mark marks profiles, or tells which are.
func (c *Conversation) mark(_ context.Context, which string) []string {
	if which == "" {
		return []string{c.markedSentence()}
	}
	all, wrong := c.meant(which)
	if wrong != "" {
		return []string{wrong}
	}
	for _, i := range all {
		c.marks[c.profiles[i].Name] = true
	}
	return []string{c.markedSentence()}
}

// unmark takes marks away; all of them, where it is not said which.
func (c *Conversation) unmark(_ context.Context, which string) []string {
	all := c.marked()
	if which != "" {
		var wrong string
		if all, wrong = c.meant(which); wrong != "" {
			return []string{wrong}
		}
	}
	for _, i := range all {
		delete(c.marks, c.profiles[i].Name)
	}
	return []string{c.markedSentence()}
}

// meant are the profiles that are to be marked: by number or name, all that the
// filter leaves, or those that a query finds.
func (c *Conversation) meant(which string) (all []int, wrong string) {
	if all, rest, wrong := c.picked(which); len(all) > 0 && rest == "" || strings.EqualFold(which, allWord) {
		return all, wrong
	}
	q, wrong := c.parse(which)
	if wrong != "" {
		return nil, wrong
	}
	if all = c.answering(q); len(all) == 0 {
		wrong = sentences(noProfile(which, len(c.profiles)), "None answers it as a filter either.")
	}
	return all, wrong
}

// left are the profiles that the filter leaves.
func (c *Conversation) left() []int { return c.answering(c.filter) }

// answering are the profiles that answer a query.
func (c *Conversation) answering(q query.Query) (all []int) {
	for i := range c.profiles {
		if c.matches(i, q) {
			all = append(all, i)
		}
	}
	return all
}

// markedSentence tells which profiles are marked, and how these are.
func (c *Conversation) markedSentence() string {
	all := c.marked()
	if len(all) == 0 {
		return "Nothing is marked."
	}
	counts := map[insight.Urgency]int{}
	for _, i := range all {
		counts[c.standing(i).Urgency]++
	}
	var parts []string
	for _, u := range insight.Urgencies() {
		if n := counts[u]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, u))
		}
	}
	is := "profiles are"
	if len(all) == 1 {
		is = "profile is"
	}
	return fmt.Sprintf("%d %s marked, %s: %s.", len(all), is, strings.Join(parts, ", "), c.names(all))
}
