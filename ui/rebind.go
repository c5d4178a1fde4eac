package ui

import (
	"fmt"
	"maps"
	"slices"

	"rollcall/ui/draw"
)

// alwaysQuits cannot be taken away from quitting.
const alwaysQuits = "ctrl+c"

// rebind gives actions the keys that the configuration wants for them. It returns
// what is wrong with these wishes, and follows all others. The same key may
// belong to several actions, as long as no area has two of them.
func rebind(all []action, wishes map[string][]string) []string {
	byName := make(map[string]action)
	for _, a := range all {
		byName[a.name] = a
	}
	var problems []string
	taken := map[string][]action{alwaysQuits: {byName["quit"]}}
	for _, name := range slices.Sorted(maps.Keys(wishes)) {
		a, ok := byName[name]
		if !ok {
			problems = append(problems, fmt.Sprintf("ui.keys: there is no action %q; the help (?) lists them", name))
			continue
		}
		var keys []string
		for _, want := range wishes[name] {
			if !draw.IsKey(want) {
				problems = append(problems, fmt.Sprintf("ui.keys: %s: no key is called %q; write it as esc, enter, space, pgup, f5 or ctrl+r", name, want))
				continue
			}
			if other, ok := rival(taken[want], a); ok {
				problems = append(problems, fmt.Sprintf("ui.keys: %q is asked for by %s and %s; %s has it", want, other, name, other))
				continue
			}
			taken[want] = append(taken[want], a)
			keys = append(keys, want)
		}
		if name == "quit" && !slices.Contains(keys, alwaysQuits) {
			keys = append(keys, alwaysQuits)
		}
		if len(keys) > 0 {
			a.keys.SetKeys(keys...)
		}
	}
	return append(problems, yield(all, taken)...)
}

// rival is one of the owners of a key that shares an area with another action,
// so that the key cannot belong to both.
func rival(owners []action, a action) (name string, ok bool) {
	for _, o := range owners {
		if o.name != a.name && o.areas&a.areas != 0 {
			return o.name, true
		}
	}
	return "", false
}

// yield takes the keys that the configuration gave to an action away from the
// other actions that have them by default. It returns which of those have no key
// any more.
func yield(all []action, taken map[string][]action) []string {
	var problems []string
	for _, a := range all {
		keys := slices.DeleteFunc(slices.Clone(a.keys.Keys()), func(s string) bool {
			if slices.ContainsFunc(taken[s], func(o action) bool { return o.name == a.name }) {
				return false
			}
			_, lost := rival(taken[s], a)
			return lost
		})
		if len(keys) == 0 {
			problems = append(problems, fmt.Sprintf("ui.keys: %s has no key any more", a.name))
		}
		a.keys.SetKeys(keys...)
	}
	return problems
}
