package talk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
)

// importCommand tells which accounts the machine has that could be profiles, and adds
// those that the argument names.
func (c *Conversation) importCommand(ctx context.Context, which string) []string {
	if c.Finds == nil || c.Manage == nil {
		return []string{nothingKept}
	}
	finds := c.Finds(ctx)
	switch {
	case len(finds) == 0:
		return []string{"No account was found on this machine that could be added."}
	case which == "":
		return c.foundLines(finds)
	}
	places, ok := Numbered(which, len(finds))
	if !ok {
		return []string{fmt.Sprintf("Name them with numbers from 1 to %d, such as import 1 3-5, or type import all.", len(finds))}
	}
	var changes []config.Edit
	for _, i := range places {
		changes = append(changes, config.Edit{Kind: config.EditAdd, Draft: finds[i].Draft})
	}
	if len(changes) == 0 {
		return []string{nothingChanged}
	}
	said, err := c.Manage.Change(changes...)
	if err != nil {
		return c.failed(err)
	}
	for i, s := range said {
		said[i] = text.Sentence(c.Told(s))
	}
	return said
}

// foundLines tell of the finds under numbers of their own.
func (c *Conversation) foundLines(finds []Find) []string {
	lines := []string{text.Capitalized(text.Plural(len(finds), "account")) + " found on this machine:"}
	for i, f := range finds {
		lines = append(lines, fmt.Sprintf("%d: %s", i+1, c.Told(f.Words)))
	}
	return append(lines, "Type import all, or import with the numbers of those to add, such as import 1 3-5.")
}

// Numbered are the places that an answer names, of n, in their order: "1 3-5", "all",
// "none". It is not ok for an answer that names none of them.
func Numbered(answer string, n int) (places []int, ok bool) {
	answer = strings.ToLower(answer)
	if answer == "all" || answer == "none" {
		for i := range n {
			if answer == "all" {
				places = append(places, i)
			}
		}
		return places, true
	}
	for _, word := range strings.FieldsFunc(answer, func(r rune) bool { return r == ' ' || r == ',' }) {
		first, last, isRange := strings.Cut(word, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err != nil || err2 != nil || from < 1 || to > n || from > to {
			return nil, false
		}
		for i := from - 1; i < to; i++ {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	return slices.Compact(places), len(places) > 0
}
