package ui

import (
	"cmp"

	"rollcall/config"
)

// View draws the fields, or what the service said.
func (f *profileForm) View(s *Styles) []string {
	return f.draw(s, func() []string {
		lines, _ := f.lines(s)
		return lines
	})
}

// lines are the text of the form, and in which of them each field begins.
func (f *profileForm) lines(s *Styles) (lines []string, starts []int) {
	w := f.textWidth()
	switch f.stage {
	case trying, saving:
		return f.waitingLines(s, f.written()), nil
	case tried:
		return f.answerLines(s), nil
	}
	for i, fd := range f.shown() {
		starts = append(starts, len(lines))
		notes := fieldNotes{label: f.label(fd), otherwise: f.otherwise(fd), advice: f.advice(fd), wrong: f.wrong[fd.key]}
		lines = append(lines, fd.lines(s, w, i == f.at, notes)...)
	}
	for _, key := range []string{"", "username"} {
		if f.wrong[key] != "" && (key == "" || !f.matters(key)) && f.fields[0].left {
			lines = append(lines, sentence(s, s.fail, f.wrong[key], w)...)
		}
	}
	return append(lines, ""), starts
}

// label names a field: where the secret is, after the sort of place.
func (f *profileForm) label(fd *field) string {
	if fd.key != "reference" {
		return fd.label
	}
	return map[config.Source]string{
		config.SourceEnv: "variable", config.SourceFile: "file", config.SourceCommand: "command",
		config.SourceKeyring: "entry",
	}[config.Source(f.value("source"))]
}

// otherwise is what holds for an empty field.
func (f *profileForm) otherwise(fd *field) string {
	switch fd.key {
	case "base_url":
		return f.service().DefaultURL
	case "reference":
		if config.Source(f.value("source")) == config.SourceKeyring && f.value("name") != "" {
			return config.KeyringEntry(f.value("name"))
		}
	}
	return ""
}

// advice is what to know of a field while it is written.
func (f *profileForm) advice(fd *field) string {
	switch fd.key {
	case "name":
		return "what to call the account here"
	case "base_url":
		if url := f.service().DefaultURL; url != "" {
			return "empty for " + url
		}
		return "such as https://onezone.example.org"
	case "username":
		return "with a password; empty for a token"
	case "provider", "source":
		return "left and right choose"
	case "reference":
		return map[config.Source]string{
			config.SourceEnv:     "the name of the variable, such as KATAPULT_API_KEY",
			config.SourceFile:    "the path of the file, such as ~/.config/token",
			config.SourceCommand: "what prints it, such as: pass show work",
			config.SourceKeyring: "the entry; empty for " + config.KeyringEntry(cmp.Or(f.value("name"), "NAME")),
		}[config.Source(f.value("source"))]
	case "secret":
		return "paste it here, it goes into the keyring; empty for the one that is stored there"
	case "tags":
		return "with commas between them"
	}
	return ""
}

// follow brings the field that is written into sight, with what is below it.
func (f *profileForm) follow() {
	lines, starts := f.lines(f.styles)
	from, to := len(lines)-1, len(lines)
	if f.at < len(starts) {
		from, to = starts[f.at], len(lines)-1
		if f.at+1 < len(starts) {
			to = starts[f.at+1]
		}
	}
	f.bring(from, to, len(lines))
}

// SetSize tells how large the screen is.
func (f *profileForm) SetSize(w, h int) {
	f.dialog.SetSize(w, h)
	f.follow()
}

// caret is where the field is written.
func (f *profileForm) caret() (x, y int) {
	fd := f.current()
	if fd == nil || fd.choices != nil {
		return -1, -1
	}
	_, starts := f.lines(f.styles)
	return f.caretIn(fd, starts[f.at])
}
