package config

import (
	"errors"
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

	"rollcall/config/credential"
)

// Action is what a [Change] does.
type Action string

// The actions of a change.
const (
	ActionAdd       Action = "add"
	ActionUpdate    Action = "update"
	ActionRename    Action = "rename"
	ActionDuplicate Action = "duplicate"
	ActionDisable   Action = "disable"
	ActionEnable    Action = "enable"
	ActionRemove    Action = "remove"
	ActionMove      Action = "move"
)

// Change is one change of the profiles of a file.
type Change struct {
	Action Action
	// Profile is the one to change; for a new one its name is in the draft.
	Profile string
	// To is the new name, of a rename and of a duplicate.
	To string
	// By is how many places to move down, or up where it is less than none.
	By int
	// Draft is what to add, or what an update makes of the profile.
	Draft Draft
}

// Apply makes the change in the text of a file, whose comments, order and form
// stay wherever the change does not touch them. It is for [Save].
func (c Change) Apply(data []byte) ([]byte, error) {
	return edit(data, c.make)
}

// make makes the change in a document.
func (c Change) make(r *document) error {
	switch c.Action {
	case ActionAdd:
		return c.add(r)
	case ActionUpdate:
		return c.update(r)
	case ActionRename:
		return r.rename(c.Profile, c.To)
	case ActionDuplicate:
		return r.duplicate(c.Profile, c.To)
	case ActionDisable:
		return r.setProfile(c.Profile, setting{"disabled", true})
	case ActionEnable:
		return r.unsetProfile(c.Profile, "disabled")
	case ActionRemove:
		return r.remove(c.Profile)
	case ActionMove:
		return r.move(c.Profile, c.By)
	}
	return fmt.Errorf("there is no change %s", quote(string(c.Action)))
}

func (c Change) add(r *document) error {
	if c.Draft.Source == credential.SourceLiteral {
		return errWritten
	}
	if _, err := c.Draft.Credential(); err != nil {
		return err
	}
	return r.add(c.Draft.Name, c.Draft.settings())
}

// errNoLiteral says that a secret cannot be kept as it is.
var errNoLiteral = errors.New("the file has no such secret to keep; choose another source for it")

// update changes the keys that differ from what the profile said when the draft
// was made, and no others: somebody may have changed those meanwhile.
func (c Change) update(r *document) error {
	d := c.Draft
	if _, err := d.Credential(); err != nil {
		return err
	}
	if err := r.rename(c.Profile, d.Name); err != nil {
		return err
	}
	table := toml.Key{"profiles", d.Name}
	if _, there := r.table(table)[d.secretKey()].(string); d.Source == credential.SourceLiteral && !there {
		return errNoLiteral
	}
	for _, key := range slices.Concat(draftKeys, []string{"token", "password"}) {
		if !d.changes(key) {
			continue
		}
		value := d.setting(key)
		var err error
		if value == nil {
			err = r.unset(table, key)
		} else {
			err = r.set(table, setting{key, value})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Done says what the change has done: "removed work".
func (c Change) Done() string {
	switch c.Action {
	case ActionAdd:
		return "added " + c.Draft.Name
	case ActionUpdate:
		return "changed " + c.Draft.Name
	case ActionRename:
		return "renamed " + c.Profile + " to " + c.To
	case ActionDuplicate:
		return "copied " + c.Profile + " to " + c.To
	case ActionDisable:
		return "disabled " + c.Profile
	case ActionEnable:
		return "enabled " + c.Profile
	case ActionRemove:
		return "removed " + c.Profile
	case ActionMove:
		if c.By < 0 {
			return "moved " + c.Profile + " up"
		}
		return "moved " + c.Profile + " down"
	}
	return ""
}
