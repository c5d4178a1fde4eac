package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
)

// KeyMap is every key of the dashboard.
type KeyMap struct {
	Up, Down, Top, Bottom, PageUp, PageDown key.Binding
	Jump, NextPane, PrevPane, Open, Back    key.Binding
	Filter, Sort                            key.Binding
	Refresh, RefreshAll, Copy               key.Binding
	// The views, and what can be done in one of them.
	Dashboard, Overview, Timeline, Activity, People  key.Binding
	NextColumn, PrevColumn, Reverse, Group, OnlyNews key.Binding
	Incidents, Help, Problems, Suspend, Quit         key.Binding
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
		Open:       bind("look at what is selected; keep the filter", "enter"),
		Back:       bind("close; clear the filter; back to the dashboard", "esc"),
		Filter:     bind("filter the profiles", "/"),
		Sort:       bind("sort: by severity, by name; the next column", "s"),
		Refresh:    bind("check the selected profile now", "r"),
		RefreshAll: bind("check all profiles now", "R"),
		Copy:       bind("copy what is pointed at", "y"),
		Dashboard:  bind("dashboard: one profile in full", "d"),
		Overview:   bind("overview: all profiles in a table", "o"),
		Timeline:   bind("timeline: when tokens end", "t"),
		Activity:   bind("activity: checks and changes", "v"),
		People:     bind("people: profiles of the same human", "p"),
		NextColumn: bind("overview: sort by the next column", ">"),
		PrevColumn: bind("overview: sort by the column before", "<"),
		Reverse:    bind("overview: turn the order round", "S"),
		Group:      bind("overview: group the profiles", "b"),
		OnlyNews:   bind("activity: changes only", "c"),
		Incidents:  bind("what many profiles have in common", "i"),
		Help:       bind("this help", "?"),
		Problems:   bind("problems of the configuration", "!"),
		Suspend:    bind("suspend", "ctrl+z"),
		Quit:       bind("quit", "q", "ctrl+c"),
		Demo:       bind("open the demo", "d"),
	}
}

// action is one thing that keys do, under the name by which it is rebound.
type action struct {
	name    string
	binding *key.Binding
}

// actionGroup is a part of the help.
type actionGroup struct {
	title   string
	actions []action
}

// withoutProfile is the part with the keys of the screen that has no profiles.
const withoutProfile = "Without a profile"

// groups are all actions in the order of the help.
func (k *KeyMap) groups() []actionGroup {
	return []actionGroup{
		{"Move", []action{
			{"up", &k.Up}, {"down", &k.Down}, {"page_up", &k.PageUp}, {"page_down", &k.PageDown},
			{"top", &k.Top}, {"bottom", &k.Bottom}, {"jump", &k.Jump},
			{"next_pane", &k.NextPane}, {"prev_pane", &k.PrevPane}, {"open", &k.Open}, {"back", &k.Back},
		}},
		{"Profiles", []action{
			{"filter", &k.Filter}, {"sort", &k.Sort}, {"refresh", &k.Refresh},
			{"refresh_all", &k.RefreshAll}, {"copy", &k.Copy},
		}},
		{"Views", []action{
			{"dashboard", &k.Dashboard}, {"overview", &k.Overview}, {"timeline", &k.Timeline},
			{"activity", &k.Activity}, {"people", &k.People}, {"incidents", &k.Incidents},
			{"next_column", &k.NextColumn}, {"prev_column", &k.PrevColumn}, {"reverse", &k.Reverse},
			{"group", &k.Group}, {"changes_only", &k.OnlyNews},
		}},
		{"Program", []action{
			{"help", &k.Help}, {"problems", &k.Problems}, {"suspend", &k.Suspend}, {"quit", &k.Quit},
		}},
		{withoutProfile, []action{{"demo", &k.Demo}}},
	}
}

// alwaysQuits cannot be taken away from quitting.
const alwaysQuits = "ctrl+c"

// rebind gives actions the keys that a person wants for them. It returns what
// is wrong with the wishes; the rest of them hold.
func (k *KeyMap) rebind(wishes map[string][]string) []string {
	byName := make(map[string]*key.Binding)
	for _, g := range k.groups() {
		for _, a := range g.actions {
			byName[a.name] = a.binding
		}
	}
	var problems []string
	taken := map[string]string{alwaysQuits: "quit"}
	for _, name := range slices.Sorted(maps.Keys(wishes)) {
		b, ok := byName[name]
		if !ok {
			problems = append(problems, fmt.Sprintf("ui.keys: there is no action %q; the help (?) lists them", name))
			continue
		}
		var keys []string
		for _, want := range wishes[name] {
			if other, ok := taken[want]; ok && other != name {
				problems = append(problems, fmt.Sprintf("ui.keys: %q is asked for by %s and %s; %s has it", want, other, name, other))
				continue
			}
			taken[want] = name
			keys = append(keys, want)
		}
		if name == "quit" && !slices.Contains(keys, alwaysQuits) {
			keys = append(keys, alwaysQuits)
		}
		if len(keys) > 0 {
			b.SetKeys(keys...)
		}
	}
	return append(problems, k.yield(taken)...)
}

// yield takes the keys that a person chose away from where they were.
func (k *KeyMap) yield(taken map[string]string) []string {
	var problems []string
	for _, g := range k.groups() {
		for _, a := range g.actions {
			keys := slices.DeleteFunc(slices.Clone(a.binding.Keys()), func(s string) bool {
				owner, ok := taken[s]
				return ok && owner != a.name
			})
			if len(keys) == 0 {
				problems = append(problems, fmt.Sprintf("ui.keys: %s has no key any more", a.name))
			}
			a.binding.SetKeys(keys...)
		}
	}
	return problems
}

// keyNames are how keys are written for people.
func keyNames(b key.Binding, ascii bool) []string {
	var names []string
	signs := map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→"}
	for _, k := range b.Keys() {
		if sign, ok := signs[k]; ok && !ascii {
			k = sign
		}
		names = append(names, k)
	}
	if len(names) > 4 {
		names = []string{names[0] + "-" + names[len(names)-1]}
	}
	return names
}

// firstKey is the key to name in a hint; empty where there is none.
func firstKey(b key.Binding, ascii bool) string {
	return strings.Join(keyNames(b, ascii)[:min(1, len(b.Keys()))], "")
}
