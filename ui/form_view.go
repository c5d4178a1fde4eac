package ui

import (
	"cmp"
	"strings"
	"time"

	"rollcall/client"
	"rollcall/config"
)

// formWidth is the width of a form where there is room for it.
const formWidth = 64

// View draws the fields, or what the service said.
func (f *form) View(s *Styles) []string {
	k := dialogKey{f.screen.w, f.screen.h, f.offset, f.chosen, f.changed, s}
	return f.memo.get(k, func() []string {
		lines, _ := f.lines(s)
		return f.frame(s, lines)
	})
}

// lines are the text of the form, and in which of them each field begins.
func (f *form) lines(s *Styles) (lines []string, starts []int) {
	w, _ := f.body()
	w = min(w, formWidth)
	if f.stage != filling {
		return f.outcomeLines(s, w), nil
	}
	if f.rotation != nil {
		lines = f.rotationLines(s, w)
	}
	for i, fd := range f.shown() {
		starts = append(starts, len(lines))
		lines = append(lines, f.fieldLines(s, fd, w, i == f.at)...)
	}
	for _, key := range []string{"", "username"} {
		if f.wrong[key] != "" && (key == "" || !f.matters(key)) && f.fields[0].left {
			lines = append(lines, sentence(s, s.fail, f.wrong[key], w)...)
		}
	}
	return append(lines, ""), starts
}

// fieldLines are a field, what is wrong with it, and what to know while it is
// written.
func (f *form) fieldLines(s *Styles, fd *field, w int, current bool) []string {
	lead, in := "  ", s.text
	if current {
		lead, in = s.accent.write(s.glyphs.marker)+" ", s.strong
	}
	room := w - labelWidth - 2
	text, _ := f.shownValue(s, fd, room)
	if text == "" && !current {
		in, text = s.muted, f.otherwise(fd)
	}
	lines := []string{lead + s.muted.write(pad(f.label(fd), labelWidth, "")) + in.write(pad(text, room, s.glyphs.tail))}
	below := func(k ink, text string) {
		for _, l := range wrap(text, room) {
			lines = append(lines, spaces(labelWidth+2)+k.write(l))
		}
	}
	switch wrong := f.wrong[fd.key]; {
	case wrong != "" && fd.left:
		below(s.fail, wrong)
	case current:
		below(s.muted, f.advice(fd))
	}
	return lines
}

// label names a field: where the secret is, after the sort of place.
func (f *form) label(fd *field) string {
	if fd.key != "reference" {
		return fd.label
	}
	return map[config.Source]string{
		config.SourceEnv: "variable", config.SourceFile: "file", config.SourceCommand: "command",
		config.SourceKeyring: "entry",
	}[config.Source(f.value("source"))]
}

// shownValue is what is seen of a field: of a secret, only that it is there.
func (f *form) shownValue(s *Styles, fd *field, w int) (text string, cursor int) {
	switch {
	case fd.choices != nil:
		return "< " + fd.choices[fd.choice].word + " >", -1
	case fd.key == "secret":
		hidden := line{text: []rune(strings.Repeat("*", len(fd.line.text))), at: fd.line.at}
		text, cursor = hidden.window(w, "")
	default:
		text, cursor = fd.line.window(w, s.glyphs.tail)
	}
	return strings.TrimRight(text, " "), cursor
}

// otherwise is what holds for an empty field.
func (f *form) otherwise(fd *field) string {
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
func (f *form) advice(fd *field) string {
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
		if f.rotation != nil {
			return "paste the new one here; it is not shown"
		}
		return "paste it here, it goes into the keyring; empty for the one that is stored there"
	case "tags":
		return "with commas between them"
	}
	return ""
}

// outcomeLines are what the service said, or that it is asked.
func (f *form) outcomeLines(s *Styles, w int) []string {
	d := f.written()
	switch f.stage {
	case trying:
		return append(sentence(s, s.text, "Asking "+f.service().Title+" who you would be"+s.glyphs.tail, w), "")
	case saving:
		return append(sentence(s, s.text, "Saving "+client.Printable(d.Name)+s.glyphs.tail, w), "")
	}
	h, r := f.result.Health, &report{Styles: s, w: w}
	if f.rotation != nil && h.State.Accepted() {
		return append(f.comparedLines(r), "")
	}
	sev := h.State.Severity()
	if a := f.result.Account; a != nil && (h.State.Answered() || h.State == client.WrongAccount) {
		r.out = append(r.out, sentence(s, s.strong, "You would be "+a.User.Label(), w)...)
		r.out = append(r.out, "")
	}
	r.field(s.bold(sev), "state", s.glyphs.mark(sev)+" "+h.State.Word())
	r.field(s.text, "means", h.Explanation)
	r.field(s.text, "to do", h.Remedy)
	if a := f.result.Account; a != nil && len(a.Organizations) > 0 {
		r.field(s.text, "member of", plural(len(a.Organizations), "organization"))
	}
	switch end := ending(&f.result); end.Kind {
	case client.ExpiryDate:
		r.field(s.text, "token ends", end.At.Format(time.DateOnly))
	case client.ExpiryNever:
		r.field(s.text, "token ends", "never")
	}
	for _, warning := range f.result.Warnings {
		r.field(s.warn, "warning", warning)
	}
	return append(r.out, "")
}

// follow brings the field that is written into sight, with what is below it.
func (f *form) follow() {
	lines, starts := f.lines(f.styles)
	_, h := f.body()
	from, to := len(lines)-1, len(lines)
	if f.at < len(starts) {
		from, to = starts[f.at], len(lines)-1
		if f.at+1 < len(starts) {
			to = starts[f.at+1]
		}
	}
	f.offset = max(f.offset, to-h)
	f.offset = clamp(min(f.offset, from), 0, max(0, len(lines)-h))
}

// SetSize tells how large the screen is.
func (f *form) SetSize(w, h int) {
	f.dialog.SetSize(w, h)
	f.follow()
}

// caret is where the field is written.
func (f *form) caret() (x, y int) {
	fd := f.current()
	if fd == nil || fd.choices != nil {
		return -1, -1
	}
	w, h := f.body()
	_, at := f.shownValue(f.styles, fd, min(w, formWidth)-labelWidth-2)
	_, starts := f.lines(f.styles)
	y = starts[f.at] - f.offset
	if y < 0 || y >= h {
		return -1, -1
	}
	return 2 + 2 + labelWidth + at, 1 + y
}
