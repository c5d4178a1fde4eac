package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// hint is a key at the bottom and what it does there.
type hint struct{ key, does string }

func (h hint) width() int {
	if h.key == "" {
		return 0
	}
	return draw.Width(h.key) + draw.Width(h.does) + 4
}

// hints are the keys that are named at the bottom, the most useful first; last
// are those that stay when it gets narrow, and so does kept, among the first. back is
// the one that leads back, which on a narrow screen stays in place of the last.
type hints struct {
	first, last []hint
	kept, back  hint
	// brief is what going back does in a word, for a narrow screen; empty for "back".
	brief string
}

// arrows are the keys that move.
func arrows(k *KeyMap, ascii bool) hint {
	between := ""
	if ascii {
		between = "/"
	}
	return hint{draw.FirstKey(k.Up, ascii) + between + draw.FirstKey(k.Down, ascii), "move"}
}

// writingHints are the keys while the filter is written; offered is set where tab
// can complete it.
func writingHints(k *KeyMap, offered, ascii bool) hints {
	first := []hint{arrows(k, ascii), {"enter", "keep the filter"}}
	if offered {
		first = append(first, hint{"tab", "complete it"})
	}
	return hints{first: first, last: []hint{{"esc", "clear it"}}}
}

// welcomeHints are the keys of who has no profiles: first what was found on this
// machine, then the demo, then the form. Of what was found, some can be added.
func welcomeHints(k *KeyMap, found, offered int, ascii bool) hints {
	var all []hint
	copies := hint{draw.FirstKey(k.Copy, ascii), "copy this"}
	switch {
	case offered == 1:
		all, copies = []hint{{draw.FirstKey(k.Import, ascii), "add it"}}, hint{}
	case offered > 1:
		all, copies = []hint{{draw.FirstKey(k.Import, ascii), "choose from " + strconv.Itoa(offered)}}, hint{}
	case found > 0:
		all = []hint{{draw.FirstKey(k.Import, ascii), "what was found"}}
	}
	all = append(all, hint{draw.FirstKey(k.Demo, ascii), "open the demo"}, hint{draw.FirstKey(k.Add, ascii), "add a profile"})
	if copies.key != "" {
		all = append(all, copies)
	}
	return hints{last: append(all, hint{draw.FirstKey(k.Help, ascii), "help"}, hint{draw.FirstKey(k.Quit, ascii), "quit"})}
}

// hintsAt are the keys of an area; back is what going back does there, empty
// for nothing.
func hintsAt(here area, back string, k *KeyMap, all []action, ascii bool) hints {
	h := hints{first: []hint{arrows(k, ascii)}}
	if back != "" {
		h.back = hint{draw.FirstKey(k.Back, ascii), back}
		h.first = append(h.first, h.back)
	}
	for _, a := range hinted(all, here) {
		one := hint{draw.FirstKey(*a.keys, ascii), a.hint}
		if a.keys == &k.Palette {
			// It leads to all the others, so it always has a place.
			h.last = append(h.last, one)
			one = viewsHint(k, ascii)
		}
		if a.keys == &k.Fix {
			h.kept = one
		}
		h.first = append(h.first, one)
	}
	h.first = append(h.first, hint{strings.Join(draw.KeyNames(k.Jump, ascii), " "), "switch"})
	h.last = append(h.last, hint{draw.FirstKey(k.Help, ascii), "help"}, hint{draw.FirstKey(k.Quit, ascii), "quit"})
	return h
}

// viewsHint names the keys of the views.
func viewsHint(k *KeyMap, ascii bool) hint {
	keys := ""
	for _, b := range []key.Binding{k.Overview, k.Timeline, k.Activity, k.People} {
		if name := draw.FirstKey(b, ascii); name != "" {
			keys += " " + name
		}
	}
	if keys == "" {
		return hint{}
	}
	return hint{keys[1:], "views"}
}

// narrowHints is the width below which the key that leads back is more than the one
// that quits.
const narrowHints = 50

// line is the line at the bottom, w cells wide.
func (h hints) line(s *theme.Styles, w int) string {
	if w < narrowHints && h.back.key != "" {
		h.last = append(slices.Clone(h.last[:len(h.last)-1]), hint{h.back.key, cmp.Or(h.brief, "back")})
		h.first = slices.DeleteFunc(slices.Clone(h.first), func(one hint) bool { return one == h.back })
	}
	room := w - 1
	for _, one := range append(h.last[:len(h.last):len(h.last)], h.kept) {
		room -= one.width()
	}
	var shown []hint
	for _, one := range h.first {
		switch {
		case one.key == "", one != h.kept && one.width() > room:
			continue
		case one != h.kept:
			room -= one.width()
		}
		shown = append(shown, one)
	}
	var b strings.Builder
	for _, one := range append(shown, h.last...) {
		if one.key != "" {
			b.WriteString(s.Strong.Render(one.key) + " " + s.Muted.Render(one.does) + "   ")
		}
	}
	return draw.Pad(" "+strings.TrimRight(b.String(), " "), w, s.Glyphs.Tail)
}
