package talk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
)

// applyAll makes an edit of each of some profiles, in one go.
func (c *Conversation) applyAll(ctx context.Context, all []int, edit config.Edit) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	if edit.Kind != config.EditRemove && !c.meansHidden(ctx, all) {
		return []string{nothingChanged}
	}
	var changes []config.Edit
	for _, i := range all {
		edit.Profile = c.profiles[i].Name
		changes = append(changes, edit)
	}
	said, err := c.Manage.ApplyAll(ctx, changes)
	if err != nil {
		return c.failed(err)
	}
	return []string{text.Sentence(c.Told(said))}
}

// remove takes profiles out of the configuration, after a question.
func (c *Conversation) remove(ctx context.Context, all []int) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	question := "Remove " + c.name(all[0]) + " from the configuration? The token itself is left alone."
	if len(all) > 1 {
		question = fmt.Sprintf("Remove %s from the configuration: %s? The tokens themselves are left alone.", counted(len(all), "profile"), c.names(all))
	}
	if !c.confirm(ctx, question) {
		return []string{nothingChanged}
	}
	return append(c.applyAll(ctx, all, config.Edit{Kind: config.EditRemove}), "Type undo to take it back.")
}

// tag adds tags to profiles and takes tags away: "marked +prod -old".
func (c *Conversation) tag(ctx context.Context, argument string) []string {
	all, rest, wrong := c.picked(argument)
	if wrong != "" {
		return []string{wrong}
	}
	edit := config.Edit{Kind: config.EditTag}
	for word := range strings.FieldsSeq(rest) {
		sign, tag := word[:1], word[1:]
		switch {
		case sign == "+" && tag != "":
			edit.Tags = append(edit.Tags, tag)
		case sign == "-" && tag != "":
			edit.Untag = append(edit.Untag, tag)
		default:
			return []string{fmt.Sprintf("%q is neither a tag to add, such as +prod, nor one to take away, such as -old.", word)}
		}
	}
	if rest == "" {
		return []string{c.tagsSentence(all)}
	}
	return c.applyAll(ctx, all, edit)
}

// tagsSentence tells which tags profiles have.
func (c *Conversation) tagsSentence(all []int) string {
	var has []string
	for _, i := range all {
		has = append(has, c.Named(c.profiles[i]).Tags...)
	}
	slices.Sort(has)
	if has = slices.Compact(has); len(has) == 0 {
		return "No tag is there. Type for example tag 1 +prod to add one."
	}
	return "Tags: " + strings.Join(has, ", ") + ". Type for example tag 1 +prod -old to add one and take one away."
}

// export writes what is known of profiles to a file: "marked FILE".
func (c *Conversation) export(ctx context.Context, argument string) []string {
	if c.Export == nil {
		return []string{nothingKept}
	}
	all, path, wrong := c.picked(argument)
	switch {
	case wrong != "":
		return []string{wrong}
	case path == "":
		return []string{"To which file? Type for example export marked rollcall.json."}
	}
	var names []string
	for _, i := range all {
		names = append(names, c.profiles[i].Name)
	}
	said, err := c.Export(ctx, names, path)
	if err != nil {
		return c.failed(err)
	}
	return []string{text.Sentence(c.Told(said))}
}

// values tells what a person may want to copy of a profile, each on a line of its
// own, so that nothing else stands on it.
func (c *Conversation) values(i int) []string {
	s := c.latest[i]
	lines := []string{"Values of " + c.numbered(i) + ":"}
	seen := map[string]bool{"": true}
	add := func(what, value string) {
		if !seen[value] {
			lines, seen[value] = append(lines, what+": "+value), true
		}
	}
	if a := s.Account; a != nil {
		add("user id", a.User.ID)
		add("name", a.User.Name())
		add("user name", a.User.Username)
		for _, e := range a.User.Emails {
			add("e-mail", e)
		}
		add("token id", a.Token.ID)
		add("page", a.User.URL)
	}
	advice := c.standing(i).Advice(s, c.Now())
	add("command", c.Told(advice.Command))
	add("profile name", c.name(i))
	add("address", s.Address())
	return lines
}
