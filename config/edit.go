package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"

	"rollcall/config/credential"
)

// EditKind is what an [Edit] does.
type EditKind string

// The kinds of edit.
const (
	EditAdd       EditKind = "add"
	EditUpdate    EditKind = "update"
	EditRename    EditKind = "rename"
	EditDuplicate EditKind = "duplicate"
	EditDisable   EditKind = "disable"
	EditEnable    EditKind = "enable"
	EditRemove    EditKind = "remove"
	EditMove      EditKind = "move"
	EditTag       EditKind = "tag"
)

// Edit is one change to the profiles of a file, or to its saved views.
type Edit struct {
	Kind EditKind
	// Profile is the one to change; for a new one its name is in the draft.
	Profile string
	// To is the new name, of a rename and of a duplicate.
	To string
	// By is how many places to move down, or up where it is less than none.
	By int
	// Tags are those to add to the ones of the profile, Untag those to take away.
	Tags, Untag []string
	// Draft is what to add, or what an update makes of the profile.
	Draft Draft
	// View is the saved view to write.
	View View
}

// Apply makes the edit in the text of a file, whose comments, order and form
// stay wherever the edit does not touch them. It is for [Save].
func (e Edit) Apply(data []byte) ([]byte, error) {
	return edit(data, e.make)
}

// make makes the edit in a document.
func (e Edit) make(r *document) error {
	if e.Kind.OfView() {
		return e.makeView(r)
	}
	switch e.Kind {
	case EditAdd:
		return e.add(r)
	case EditUpdate:
		return e.update(r)
	case EditRename:
		return r.rename(e.Profile, e.To)
	case EditDuplicate:
		return r.duplicate(e.Profile, e.To)
	case EditDisable:
		return r.setProfile(e.Profile, setting{"disabled", true})
	case EditEnable:
		return r.unsetProfile(e.Profile, "disabled")
	case EditRemove:
		return r.remove(e.Profile)
	case EditMove:
		return r.move(e.Profile, e.By)
	case EditTag:
		return r.tag(e.Profile, e.Tags, e.Untag)
	}
	return fmt.Errorf("there is no change %s", quote(string(e.Kind)))
}

func (e Edit) add(r *document) error {
	if e.Draft.Source == credential.SourceLiteral {
		return errWritten
	}
	if _, err := e.Draft.Credential(); err != nil {
		return err
	}
	return r.add(e.Draft.Name, e.Draft.settings())
}

// errNoLiteral says that a secret cannot be kept as it is.
var errNoLiteral = errors.New("the file has no such secret to keep; choose another source for it")

// update changes the keys that differ from what the profile said when the draft
// was made, and no others: somebody may have changed those meanwhile.
func (e Edit) update(r *document) error {
	d := e.Draft
	if _, err := d.Credential(); err != nil {
		return err
	}
	if err := r.rename(e.Profile, d.Name); err != nil {
		return err
	}
	table := toml.Key{"profiles", d.Name}
	if _, there := r.table(table)[d.secretKey()].(string); d.Source == credential.SourceLiteral && !there {
		return errNoLiteral
	}
	for _, key := range d.keys() {
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

// Done says what the edit has done: "removed work".
func (e Edit) Done() string {
	if e.Kind.OfView() {
		return e.doneView()
	}
	switch e.Kind {
	case EditRename:
		return "renamed " + e.Profile + " to " + e.To
	case EditDuplicate:
		return "copied " + e.Profile + " to " + e.To
	case EditMove:
		if e.By < 0 {
			return "moved " + e.Profile + " up"
		}
		return "moved " + e.Profile + " down"
	}
	verb, how := e.Deed()
	return strings.TrimSpace(verb + " " + e.About() + " " + how)
}

// Deed is what the edit has done, in the words before and after the profile:
// "tagged", "+prod". It is for edits of which several can be told in one sentence;
// for others, the verb is empty.
func (e Edit) Deed() (verb, how string) {
	switch e.Kind {
	case EditAdd:
		return "added", ""
	case EditUpdate:
		return "changed", ""
	case EditDisable:
		return "switched off", ""
	case EditEnable:
		return "switched on", ""
	case EditRemove:
		return "removed", ""
	case EditTag:
		return "tagged", e.signs()
	}
	return "", ""
}

// About is the profile that the edit is about, by the name that it has afterwards.
func (e Edit) About() string {
	if e.Kind == EditAdd || e.Kind == EditUpdate {
		return e.Draft.Name
	}
	return e.Profile
}

// signs are the tags of the edit as a person types them: "+prod -old".
func (e Edit) signs() string {
	var all []string
	for _, tag := range e.Tags {
		all = append(all, "+"+tag)
	}
	for _, tag := range e.Untag {
		all = append(all, "-"+tag)
	}
	return strings.Join(all, " ")
}
