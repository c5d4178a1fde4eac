package config

import (
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Refusal is an edit that cannot be made, and why.
type Refusal struct {
	Edit
	Err error
}

// RefusedError says which of several edits cannot be made, so that none was.
type RefusedError struct{ Refused []Refusal }

// Error names the profiles, those together whose reason is the same.
func (e *RefusedError) Error() string {
	var reasons []string
	names := map[string][]string{}
	for _, r := range e.Refused {
		reason := r.Err.Error()
		if names[reason] == nil {
			reasons = append(reasons, reason)
		}
		names[reason] = append(names[reason], r.About())
	}
	text := "nothing was changed"
	for _, reason := range reasons {
		text += "\n" + strings.Join(names[reason], ", ") + ": " + reason
	}
	return text
}

// ApplyAll makes edits in the text of a file, all of them or none: where some cannot
// be made, the error is a [*RefusedError] that has each. made are those that have
// changed the text; what the others ask for was so already. An edit sees what those
// before it have made. It is for [Save], like [Edit.Apply].
func ApplyAll(data []byte, changes []Edit) (text []byte, made []Edit, err error) {
	var refused []Refusal
	tagged := map[string]bool{}
	text, err = editPieces(data, func(s *sections) {
		for _, c := range changes {
			tags := s.tagsOf(c)
			changed, err := s.edit(c)
			switch {
			case err != nil:
				refused = append(refused, Refusal{c, err})
			case changed:
				made = append(made, c)
				noteTags(tagged, tags, s.tagsOf(c))
			}
		}
	})
	switch {
	case err == nil && len(refused) == 0:
		for i := range made {
			made[i] = made[i].onlyTags(tagged)
		}
		return text, made, nil
	case len(changes) < 2 && err == nil:
		return nil, nil, refused[0].Err
	case len(changes) < 2:
		return nil, nil, err
	case err != nil:
		// What one of them does beyond what it should, it shows by itself.
		refused = refusedAlone(data, changes)
	}
	if len(refused) > 0 {
		err = &RefusedError{refused}
	}
	return nil, nil, err
}

// refusedAlone are the edits that cannot be made, each tried in the text that those
// before it have left.
func refusedAlone(text []byte, changes []Edit) (refused []Refusal) {
	for _, c := range changes {
		next, err := c.Apply(text)
		if err != nil {
			refused = append(refused, Refusal{c, err})
			continue
		}
		text = next
	}
	return refused
}

// tagsOf are the tags of the profile whose tags an edit changes.
func (s *sections) tagsOf(c Edit) []string {
	if c.Kind != EditTag {
		return nil
	}
	d := document{root: s.root}
	tags, _ := textsOf(d.table(toml.Key{"profiles", c.Profile})["tags"])
	return tags
}

// noteTags notes the tags that were added and taken away, each with a sign before it.
func noteTags(changed map[string]bool, before, after []string) {
	for _, tag := range after {
		if !slices.Contains(before, tag) {
			changed["+"+tag] = true
		}
	}
	for _, tag := range before {
		if !slices.Contains(after, tag) {
			changed["-"+tag] = true
		}
	}
}

// onlyTags is the edit without the tags that no profile has got or lost by it, so that
// nothing is told of them. An edit that has changed the order alone stays as it is.
func (e Edit) onlyTags(changed map[string]bool) Edit {
	if e.Kind != EditTag || len(changed) == 0 {
		return e
	}
	e.Tags = slices.DeleteFunc(slices.Clone(e.Tags), func(tag string) bool { return !changed["+"+tag] })
	e.Untag = slices.DeleteFunc(slices.Clone(e.Untag), func(tag string) bool { return !changed["-"+tag] })
	return e
}
