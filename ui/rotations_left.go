package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
	"rollcall/ui/draw"
)

// leftRotation says how to go on with what was left, the key first: there may be no room
// for more.
func (m *Model) leftRotation() tea.Cmd {
	if name := draw.FirstKey(m.keys.Rotation, m.styles.ASCII); name != "" && m.toDo() > 0 {
		return m.say(name + " goes on with the rotation")
	}
	return nil
}

// toDo is how many rotations have a secret to be given still.
func (m *Model) toDo() (n int) {
	for _, r := range m.roster.rotations {
		if r.Step.ToDo() && m.roster.named(r.Profile) != nil {
			n++
		}
	}
	return n
}

// leftBefore says how many others have a secret to be given still; empty for none.
func (m *Model) leftBefore(names []string) string {
	n := m.toDo()
	for _, r := range m.roster.rotations {
		if r.Step.ToDo() && slices.Contains(names, r.Profile) {
			n--
		}
	}
	if n == 0 {
		return ""
	}
	said := fmt.Sprintf("%d left from before", n)
	if name := draw.FirstKey(m.keys.Rotation, m.styles.ASCII); name != "" {
		said += ": " + name + " goes on"
	}
	return said
}

// rotationsLeft tells of the rotations that an earlier run has left; empty where none has
// a secret to be given.
func (m *Model) rotationsLeft() string {
	open := m.toDo()
	if open == 0 {
		return ""
	}
	said := fmt.Sprintf("a rotation was left, with %s to do", text.Plural(open, "profile"))
	if name := draw.FirstKey(m.keys.Rotation, m.styles.ASCII); name != "" {
		said += ": " + name + " goes on with it"
	}
	return said
}
