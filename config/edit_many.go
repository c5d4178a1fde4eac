package config

import (
	"bytes"
	"strings"
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
	text, err = edit(data, func(d *document) error {
		for _, c := range changes {
			before := d.data
			if err := c.make(d); err != nil {
				return err
			}
			if !bytes.Equal(before, d.data) {
				made = append(made, c)
			}
		}
		return nil
	})
	if err == nil || len(changes) < 2 {
		return text, made, err
	}
	// A person wants to know of all that stand in the way at once.
	text = data
	for _, c := range changes {
		next, err := c.Apply(text)
		if err != nil {
			refused = append(refused, Refusal{c, err})
			continue
		}
		text = next
	}
	if len(refused) > 0 {
		err = &RefusedError{refused}
	}
	return nil, nil, err
}
