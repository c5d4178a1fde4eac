package ui

import (
	"strconv"

	"charm.land/bubbles/v2/key"

	"rollcall/ui/draw"
)

// markedHints are the keys where n profiles are marked: what is done with all of them.
// While a range is being marked, they are those that move its end and that end it.
func markedHints(n int, back string, ranging bool, k *KeyMap, all []action, ascii bool) hints {
	key := func(b key.Binding, does string) hint { return hint{draw.FirstKey(b, ascii), does} }
	h := hints{kept: hint{strconv.Itoa(n), "marked"}, back: key(k.Back, back), brief: "unmark"}
	h.first = []hint{h.kept}
	if ranging {
		h.brief = "call it off"
		h.first = append(h.first, arrows(k, ascii), key(k.MarkRange, "end the range"), h.back)
	} else {
		h.first = append(h.first, h.back)
		// What changes profiles comes before what only reads them.
		for _, changes := range []bool{true, false} {
			for _, a := range all {
				if a.many != "" && a.profile == changes {
					h.first = append(h.first, key(*a.keys, a.many))
				}
			}
		}
		h.first = append(h.first, key(k.Mark, "mark"), key(k.MarkAll, "all"))
	}
	h.first = append(h.first, key(k.Help, "help"))
	h.last = []hint{key(k.Palette, "more"), key(k.Quit, "quit")}
	return h
}
