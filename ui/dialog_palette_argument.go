package ui

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"rollcall/ui/draw"
)

// arguments is what the palette knows of verbs, which take an argument.
type arguments struct {
	verbs []verbForm
	// verb is the one that is typed, with a blank behind it; nil for none.
	verb *verbForm
	// offered is set where what can stand behind it is listed.
	offered bool
	// moved is set where the person has chosen an entry since something was written.
	moved bool
	// waits is set until it is known what came of a verb, wrong is what was wrong with
	// it, in paragraphs.
	waits bool
	wrong []string
}

// verbForm is a verb as it is typed: its name, and what can stand behind that.
type verbForm struct {
	name, argument, does string
	free                 bool
	offers               func(written string) []offer
}

// arguing has the palette take verbs, too.
func (p *palette) arguing(all []verbForm) {
	p.verbs = all
	// An action comes before the verb of the same name.
	at := slices.IndexFunc(p.entries, func(e paletteEntry) bool { _, ok := e.wish.(actionWish); return !ok })
	if at < 0 {
		at = len(p.entries)
	}
	for i := range slices.Backward(all) {
		v := &all[i]
		p.entries = slices.Insert(p.entries, at, paletteEntry{text: v.name + " " + v.argument + ": " + v.does, name: v.name, verb: v})
	}
	p.search()
}

// argument is what is written behind the verb.
func (p *palette) argument() string {
	_, rest, _ := strings.Cut(strings.TrimLeft(p.line.Value(), " "), " ")
	return strings.TrimLeft(rest, " ")
}

// searchArgument finds what can stand behind the verb that is typed. It reports
// whether one is typed, and whether there is anything: where there is not, what is
// typed may be the words of another entry.
func (p *palette) searchArgument() bool {
	p.verb, p.offered = nil, false
	name, _, typed := strings.Cut(strings.TrimLeft(p.line.Value(), " "), " ")
	for i := range p.verbs {
		if typed && p.verbs[i].name == strings.ToLower(name) {
			p.verb = &p.verbs[i]
		}
	}
	if p.verb == nil {
		return false
	}
	offers := p.verb.offers(p.argument())
	if len(offers) == 0 && (!p.verb.free || p.begins()) {
		return false
	}
	p.offered = true
	p.listed, p.found, p.written = nil, nil, strings.ToLower(strings.TrimSpace(p.argument()))
	for i := range offers {
		o := &offers[i]
		e := paletteEntry{text: o.argument, argument: o}
		if o.does != "" {
			e.keys = []string{o.does}
		}
		p.listed = append(p.listed, e)
		p.found = append(p.found, fuzzy.Match{Index: i})
	}
	return true
}

// begins reports whether what is typed begins the words of an entry, which are then
// meant.
func (p *palette) begins() bool {
	typed := strings.ToLower(p.line.Value())
	return slices.ContainsFunc(p.entries, func(e paletteEntry) bool { return e.verb == nil && strings.HasPrefix(strings.ToLower(e.text), typed) })
}

// entered runs what is written, or what is chosen.
func (p *palette) entered() reply {
	switch {
	case p.verb == nil, p.moved, p.verb.free && !p.offered:
		return p.chosenEntry()
	case p.verb.free:
		return p.run(p.argument())
	case len(p.found) == 0:
		return p.run(strings.TrimSpace(p.argument()))
	}
	return p.chosenEntry()
}

// take runs the verb with an argument, unless more must follow.
func (p *palette) take(argument string) reply {
	if !whole(argument) {
		p.put(p.verb.name + " " + argument)
		return reply{}
	}
	return p.run(argument)
}

// whole reports whether nothing must follow.
func whole(argument string) bool {
	return argument == "" || !strings.ContainsAny(argument[len(argument)-1:], ":<>=,")
}

// run wants the verb done.
func (p *palette) run(argument string) reply {
	return reply{wish: argumentWish{p.verb.name, strings.TrimSpace(argument), p}}
}

// complete writes what is chosen, and reports whether that is more than is written.
func (p *palette) complete() bool {
	if p.window.cursor >= len(p.found) || p.line.Value() == "" {
		return false
	}
	e, text := p.listed[p.found[p.window.cursor].Index], ""
	switch {
	case e.verb != nil:
		text = e.verb.name + " "
	case e.argument != nil:
		text = p.verb.name + " " + e.argument.argument
	}
	if text == "" || text == p.line.Value() {
		return false
	}
	p.put(text)
	return true
}

// put writes a line in place of what is written.
func (p *palette) put(text string) {
	p.line = draw.LineOf(text)
	p.search()
}

// refused says what is wrong with what is written.
func (p *palette) refused(why string) {
	p.waits = false
	p.changed++
	w, _ := p.body()
	p.wrong = draw.Wrap(why, min(w, paletteWidth))
	p.list()
}

// wait takes no keys until it is known what came of the verb.
func (p *palette) wait() {
	p.waits = true
	p.changed++
}

// wrongLines say what is wrong, in as few lines as may be.
func (p *palette) wrongLines() []string { return p.wrong[:min(len(p.wrong), mostWrong)] }

// mostWrong is how many lines say what is wrong.
const mostWrong = 3

// none says why nothing is listed; empty where something is.
func (p *palette) none() string {
	switch {
	case len(p.found) > 0, len(p.wrong) > 0:
		return ""
	case p.verb != nil && p.verb.free && p.argument() == "":
		return p.verb.argument
	case p.verb != nil && p.verb.free:
		return "enter takes it as it is written"
	}
	return "nothing is called so"
}
