package draw

import "rollcall/ui/theme"

// Report gathers the lines of a text.
type Report struct {
	*theme.Styles
	// W is the greatest width of a line.
	W int
	// Lines are the lines so far.
	Lines []string
}

// Fact is a named value, broken at words where it is long.
func (r *Report) Fact(k theme.Ink, label, value string) {
	for i, l := range Wrap(value, r.W-LabelWidth-2) {
		name := label
		if i > 0 {
			name = ""
		}
		r.Lines = append(r.Lines, r.Muted.Render(Pad(name, LabelWidth+2, ""))+k.Render(l))
	}
}

// Section begins a part with a heading.
func (r *Report) Section(title string) {
	if len(r.Lines) > 0 {
		r.Lines = append(r.Lines, "")
	}
	r.Lines = append(r.Lines, Section(r.Styles, title))
}

// Note is a text beside the matter, broken at words.
func (r *Report) Note(text string) {
	r.Lines = append(r.Lines, WrapIn(r.Muted, text, r.W)...)
}

// Texts are broken at words, each on lines of its own.
func (r *Report) Texts(lines []string) {
	for _, l := range lines {
		r.Lines = append(r.Lines, WrapIn(r.Text, l, r.W)...)
	}
}
