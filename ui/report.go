package ui

// report gathers the lines of a text.
type report struct {
	*Styles
	// w is the greatest width of a line.
	w int
	// out are the lines so far.
	out []string
}

// field is a named value, broken at words where it is long.
func (r *report) field(k ink, label, value string) {
	for i, l := range wrap(value, r.w-labelWidth-2) {
		name := label
		if i > 0 {
			name = ""
		}
		r.out = append(r.out, r.muted.write(pad(name, labelWidth+2, ""))+k.write(l))
	}
}

// section begins a part with a heading.
func (r *report) section(title string) {
	if len(r.out) > 0 {
		r.out = append(r.out, "")
	}
	r.out = append(r.out, section(r.Styles, title))
}

// note is a text beside the matter, broken at words.
func (r *report) note(text string) { r.out = append(r.out, sentence(r.Styles, r.muted, text, r.w)...) }

// texts are broken at words, each on lines of its own.
func (r *report) texts(lines []string) {
	for _, l := range lines {
		r.out = append(r.out, sentence(r.Styles, r.text, l, r.w)...)
	}
}
