package ui

import (
	"iter"
	"strings"

	"rollcall/client/insight"
	"rollcall/config/query"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// maxOffers is how many ways to go on are kept: no screen shows more.
const maxOffers = 20

// offers are the ways to go on with a filter at its end, the one that tab takes
// first.
type offers struct {
	// of is what is written.
	of  string
	all []query.Completion
}

// offer finds the ways to go on with what is written now. Where a term begins, all
// are possible and none is offered.
func (s *selection) offer() {
	f := &s.filter
	letters := []rune(f.line.Value())
	f.offers = offers{of: string(letters)}
	if !f.editing || len(letters) == 0 || f.line.At < len(letters) {
		return
	}
	value := strings.ContainsRune(":,", letters[len(letters)-1])
	// One of them may be what is written.
	for _, c := range query.Complete(f.offers.of, len(letters), vocabulary(), maxOffers+1, s.roster.values) {
		if c.Of(f.offers.of) != f.offers.of && (c.From < c.To || value) && len(f.offers.all) < maxOffers {
			f.offers.all = append(f.offers.all, c)
		}
	}
}

// values are those that the profiles have in a field, with each of them folded, as often
// as they have them.
func (t *roster) values(key string) iter.Seq2[string, string] {
	return query.Values(key, func(yield func(query.Indexed) bool) {
		var about insight.Subject
		for _, r := range t.rows {
			about = r.subject(t.standings.at)
			if !yield(r.texts.Of(&about)) {
				return
			}
		}
	})
}

// complete takes the first way to go on, and reports whether there was one.
func (f *filter) complete() bool {
	if len(f.offers.all) == 0 || f.offers.of != f.line.Value() {
		return false
	}
	c := f.offers.all[0]
	return f.changed(func(l *draw.Line) { l.Replace(c.From, c.To, c.Text) })
}

// offered draws the ways to go on behind what is written, in w cells at most: what
// tab would add first, then the others.
func (f *filter) offered(s *theme.Styles, w int) string {
	written := f.line.Value()
	if !f.editing || len(f.offers.all) == 0 || f.offers.of != written || w < 1 {
		return ""
	}
	first := f.offers.all[0]
	words := []string{s.Glyphs.Arrow + " " + first.Text}
	if more, ok := strings.CutPrefix(first.Of(written), written); ok {
		words[0] = more
	} else {
		words[0] = " " + words[0]
	}
	for _, c := range f.offers.all[1:] {
		words = append(words, c.Text)
	}
	return s.Muted.Render(draw.Cut(strings.Join(words, "  "), w, s.Glyphs.Tail))
}
