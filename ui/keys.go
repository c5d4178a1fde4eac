package ui

import (
	"fmt"
	"maps"
	"slices"

	"charm.land/bubbles/v2/key"
)

// KeyMap is every key of the dashboard.
type KeyMap struct {
	Up, Down, Top, Bottom, PageUp, PageDown key.Binding
	Jump, NextPane, PrevPane, Open, Back    key.Binding
	Filter, Sort                            key.Binding
	Refresh, RefreshAll, Copy, OpenLink     key.Binding
	// What changes the profiles.
	Use, Add, Edit, Rotate, Rename, Duplicate key.Binding
	Disable, Remove, MoveDown, MoveUp, Undo   key.Binding
	// The views, and what can be done in one of them.
	Dashboard, Overview, Timeline, Activity, People  key.Binding
	NextColumn, PrevColumn, Reverse, Group, OnlyNews key.Binding
	Incidents, Palette, Help, Problems, Mouse        key.Binding
	Private                                          key.Binding
	Suspend, Quit                                    key.Binding
	// Demo is offered where there are no profiles yet.
	Demo key.Binding
}

// DefaultKeyMap is a fresh map of the keys as they are unless rebound.
func DefaultKeyMap() KeyMap {
	bind := func(does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp("", does))
	}
	return KeyMap{
		Up:         bind("up", "up", "k"),
		Down:       bind("down", "down", "j"),
		Top:        bind("to the top", "home", "g"),
		Bottom:     bind("to the bottom", "end", "G"),
		PageUp:     bind("a page up", "pgup", "ctrl+u"),
		PageDown:   bind("a page down", "pgdown", "ctrl+d"),
		Jump:       bind("go to profile 1 to 9", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
		NextPane:   bind("next pane", "tab", "right", "l"),
		PrevPane:   bind("previous pane", "shift+tab", "left", "h"),
		Open:       bind("open what is selected", "enter"),
		Back:       bind("go back, or clear the filter", "esc"),
		Filter:     bind("filter the profiles", "/"),
		Sort:       bind("sort the profiles", "s"),
		Refresh:    bind("check the profile now", "r"),
		RefreshAll: bind("check all profiles now", "R"),
		Copy:       bind("copy the selected value", "y"),
		OpenLink:   bind("open the page in the browser", "O"),
		Use:        bind("make it the active profile", "u"),
		Add:        bind("add a profile", "a"),
		Edit:       bind("edit the profile", "E"),
		Rotate:     bind("rotate the secret", "N"),
		Rename:     bind("rename the profile", "n", "f2"),
		Duplicate:  bind("duplicate the profile", "D"),
		Disable:    bind("switch the profile off or on", "X"),
		Remove:     bind("remove the profile", "delete", "ctrl+x"),
		MoveDown:   bind("move the profile down", "J", "shift+down"),
		MoveUp:     bind("move the profile up", "K", "shift+up"),
		Undo:       bind("undo the last change", "U"),
		Dashboard:  bind("dashboard: one profile in full", "d"),
		Overview:   bind("overview: all profiles in a table", "o"),
		Timeline:   bind("timeline: when tokens end", "t"),
		Activity:   bind("activity: checks and changes", "v"),
		People:     bind("people: profiles of the same human", "p"),
		NextColumn: bind("overview: sort by the next column", ">", "right", "l"),
		PrevColumn: bind("overview: sort by the column before", "<", "left", "h"),
		Reverse:    bind("overview: reverse the order", "S"),
		Group:      bind("overview: group the profiles", "b"),
		OnlyNews:   bind("activity: changes only", "c"),
		Incidents:  bind("incidents: what fails together", "i"),
		Palette:    bind("commands: find one by its name", ":", "ctrl+p"),
		Help:       bind("help: all keys", "?"),
		Problems:   bind("problems of the configuration", "!"),
		Mouse:      bind("mouse: leave it to the terminal, or not", "m"),
		Private:    bind("private: hide names, addresses and ids", "P"),
		Suspend:    bind("suspend to the shell", "ctrl+z"),
		Quit:       bind("quit", "q", "ctrl+c"),
		Demo:       bind("open the demo", "d"),
	}
}

// alwaysQuits cannot be taken away from quitting.
const alwaysQuits = "ctrl+c"

// rebind gives actions the keys that a person wants for them. It returns what
// is wrong with the wishes; the rest of them hold. The same key may do one
// thing in one place and another elsewhere.
func (k *KeyMap) rebind(wishes map[string][]string) []string {
	byName := make(map[string]action)
	for _, a := range k.actions() {
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
			if !isKey(want) {
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
			a.binding.SetKeys(keys...)
		}
	}
	return append(problems, k.yield(taken)...)
}

// rival is another action that has a key in a place where this one is, too.
func rival(owners []action, a action) (name string, ok bool) {
	for _, o := range owners {
		if o.name != a.name && o.places&a.places != 0 {
			return o.name, true
		}
	}
	return "", false
}

// yield takes the keys that a person chose away from where they were.
func (k *KeyMap) yield(taken map[string][]action) []string {
	var problems []string
	for _, a := range k.actions() {
		keys := slices.DeleteFunc(slices.Clone(a.binding.Keys()), func(s string) bool {
			if slices.ContainsFunc(taken[s], func(o action) bool { return o.name == a.name }) {
				return false
			}
			_, lost := rival(taken[s], a)
			return lost
		})
		if len(keys) == 0 {
			problems = append(problems, fmt.Sprintf("ui.keys: %s has no key any more", a.name))
		}
		a.binding.SetKeys(keys...)
	}
	return problems
}
