package ui

import tea "charm.land/bubbletea/v2"

// fileEditedMsg is what came of editing the file of the configuration.
type fileEditedMsg struct {
	said string
	err  error
}

// editFile leaves the terminal to the editor, with the configuration at the
// selected profile.
func (m *Model) editFile() tea.Cmd {
	edit := m.options.EditFile
	switch {
	case edit == nil && m.cannotKeep() != "":
		return m.say(m.cannotKeep())
	case m.private():
		return m.say("the file shows real names and addresses: leave private mode first")
	case edit == nil:
		return m.say("the configuration cannot be edited here")
	}
	name, came := "", fileEditedMsg{}
	if r := m.current(); r != nil {
		name = r.name
	}
	return tea.Exec(lent(func() { came.said, came.err = edit(name) }), func(err error) tea.Msg {
		if err != nil {
			came.err = err
		}
		return came
	})
}

// handleEdited takes in what came of editing the file, and the terminal as after a
// suspension. The file itself is read anew as after every change.
func (m *Model) handleEdited(msg fileEditedMsg) tea.Cmd {
	if msg.err == nil && msg.said == "" {
		msg.said = "nothing was changed"
		return tea.Batch(m.handleTerminal(tea.ResumeMsg{}), m.managed(msg.said, nil))
	}
	return tea.Batch(m.handleTerminal(tea.ResumeMsg{}), m.managed(m.undoable(msg.said), msg.err))
}
