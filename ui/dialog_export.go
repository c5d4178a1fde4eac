package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// exportForm is the overlay in which a person says to which file is written what is
// known of profiles.
type exportForm struct {
	lineForm
	// profiles are the keys of the profiles.
	profiles []string
}

func newExportForm(profiles []string, title, intro, path string, s *theme.Styles) *exportForm {
	f := &exportForm{lineForm{trial: newTrial(title, s), intro: intro}, profiles}
	f.fields = []draw.Field{{Key: "file", Label: "file", Line: draw.LineOf(path)}}
	f.advice = []string{"a new file, which gets what " + s.Glyphs.Quote("rollcall status -o json --offline") + " prints of them"}
	f.saves = exportWish{f}
	f.fill()
	return f
}

// exportWish is to write what a form says.
type exportWish struct{ form *exportForm }

func (exportWish) wished() {}

// exportWrittenMsg is what came of writing what is known of profiles to a file.
type exportWrittenMsg struct {
	form *exportForm
	said string
	err  error
}

// exportProfiles asks for the file to which what is known of the profiles that it is
// for is written.
func (m *Model) exportProfiles() tea.Cmd {
	if m.options.Export == nil {
		return m.say("nothing can be written to a file here")
	}
	rows, intro := m.targets(), ""
	if len(rows) > 1 {
		intro = listed(namesOf(rows), mostNamed)
	}
	if m.private() {
		intro = strings.Join(present(intro, "Names, addresses and ids are stand-ins in the file, too."), "\n")
	}
	path := "rollcall-export-" + m.clock.now.Format(time.DateOnly) + ".json"
	m.overlays.push(newExportForm(keysOf(rows), "Export "+calledTogether(rows), intro, path, m.styles))
	return nil
}

func (m *Model) export(f *exportForm) tea.Cmd {
	write, names, path, private := m.options.Export, f.profiles, f.fields[0].Trimmed(), m.private()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), saveTime)
		defer cancel()
		said, err := write(ctx, names, path, private)
		return exportWrittenMsg{f, said, err}
	}
}

// handleExported takes in what came of writing. What is wrong with the file is said
// where it was named.
func (m *Model) handleExported(msg exportWrittenMsg) tea.Cmd {
	if msg.err != nil {
		msg.form.refused(m.toldForGood(text.Printable(msg.err.Error())))
		return nil
	}
	m.overlays.drop(msg.form)
	return m.sayTold(text.Printable(msg.said))
}
