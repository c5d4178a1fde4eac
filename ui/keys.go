package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// KeyMap is every key of the dashboard.
type KeyMap struct {
	Up, Down, Top, Bottom, PageUp, PageDown key.Binding
	Jump, NextPane, PrevPane, Open, Back    key.Binding
	Fold, Unfold                            key.Binding
	Filter, Sort                            key.Binding
	// What marks profiles.
	Mark, MarkRange, MarkAll            key.Binding
	Refresh, RefreshAll, Copy, OpenLink key.Binding
	IgnoreWait                          key.Binding
	// What changes the profiles.
	Use, Add, Edit, Rotate, Rename, Duplicate key.Binding
	Disable, Remove, MoveDown, MoveUp, Undo   key.Binding
	Redo                                      key.Binding
	// What mends a profile, or puts it off.
	// Rotation goes on with what was begun.
	Rotation                                                 key.Binding
	Fix, LogIn, Pin, EditFile, TokenPage, CopyRemedy, Snooze key.Binding
	// Shell leaves the terminal to one.
	Shell       key.Binding
	Tag, Export key.Binding
	// The views, and what can be done in one of them.
	Dashboard, Overview, Timeline, Activity, People   key.Binding
	NextTab, PrevTab, LastView, Grow, Shrink          key.Binding
	KeepView                                          key.Binding
	Earlier, Later, Present                           key.Binding
	NextColumn, PrevColumn, Reverse, Group, OnlyNews  key.Binding
	Columns, Person, Differences, MoreLeft, MoreRight key.Binding
	Incidents, Palette, Help, Problems, Mouse         key.Binding
	Private                                           key.Binding
	Redraw, Suspend, Quit                             key.Binding
	// Demo and Import are offered where there are no profiles yet.
	Demo, Import key.Binding
}

// DefaultKeyMap is a fresh map of the keys as they are unless rebound.
func DefaultKeyMap() KeyMap {
	k := KeyMap{
		Up:         bind("up", "up", "k"),
		Down:       bind("down", "down", "j"),
		Top:        bind("to the top", "home", "g"),
		Bottom:     bind("to the bottom", "end", "G"),
		PageUp:     bind("a page up", "pgup", "ctrl+u"),
		PageDown:   bind("a page down", "pgdown", "ctrl+d"),
		Jump:       bind("go to profile 1 to 9", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
		NextPane:   bind("next pane", "tab"),
		PrevPane:   bind("previous pane", "shift+tab"),
		Fold:       bind("fold the section; the pane before", "left", "h"),
		Unfold:     bind("unfold it; the next pane", "right", "l"),
		Open:       bind("open what is selected", "enter"),
		Back:       bind("unmark, clear the filter, or go back", "esc"),
		Filter:     bind("filter the profiles; tab completes", "/"),
		Sort:       bind("sort the profiles", "s"),
		Mark:       bind("mark the profile, or unmark it", "space"),
		MarkRange:  bind("mark a range: begin it, then end it", "V"),
		MarkAll:    bind("mark all that are found, or unmark them", "*"),
		Copy:       bind("copy the selected value", "y"),
		OpenLink:   bind("open the page in the browser", "O"),
		Fix:        bind("fix it: what its state asks for", "f"),
		LogIn:      bind("log in: store the secret in the keyring", "L"),
		Pin:        bind("pin it to the user who answers", "I"),
		EditFile:   bind("edit the configuration in your editor", "e"),
		TokenPage:  bind("open the page of its tokens", "T"),
		CopyRemedy: bind("copy the command, or what to do", "Y"),
		Snooze:     bind("snooze it: call nobody for a while", "z"),
		Shell:      bind("a shell as the profile", "x"),
		Tag:        bind("tag the profile, or take a tag away", "#"),
		Export:     bind("export what is known to a file, as JSON", "w"),
		Use:        bind("make it the active profile", "u"),
		Add:        bind("add a profile", "a"),
		Edit:       bind("edit the profile", "E"),
		Rotate:     bind("rotate the secret", "N"),
		Rotation:   bind("go on with the rotation that was begun", "ctrl+n"),
		Rename:     bind("rename the profile", "n", "f2"),
		Duplicate:  bind("duplicate the profile", "D"),
		Disable:    bind("switch the profile off or on", "X"),
		Remove:     bind("remove the profile", "delete", "ctrl+x"),
		MoveDown:   bind("move the profile down in the file", "J", "shift+down"),
		MoveUp:     bind("move the profile up in the file", "K", "shift+up"),
		Undo:       bind("undo the last change", "U"),
		Redo:       bind("do again what was undone last", "ctrl+y"),
		Incidents:  bind("incidents: what fails together", "i"),
		Palette:    bind("commands: find one by its name", ":", "ctrl+p"),
		Help:       bind("help: all keys", "?"),
		Problems:   bind("problems of the configuration", "!"),
		Mouse:      bind("mouse: leave it to the terminal, or not", "m"),
		Private:    bind("private: hide names, addresses and ids", "P"),
		Redraw:     bind("draw the screen anew", "ctrl+l"),
		Suspend:    bind("suspend to the shell", "ctrl+z"),
		Quit:       bind("quit", "q", "ctrl+c"),
		Demo:       bind("open the demo", "d"),
		Import:     bind("choose from the accounts that this machine has", "i"),
	}
	k.bindChecks()
	k.bindViews()
	return k
}

// bind is the binding of a key to what it does.
func bind(does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp("", does))
}

// bindChecks gives what asks the services its keys.
func (k *KeyMap) bindChecks() {
	k.Refresh = bind("check the profile now", "r")
	k.RefreshAll = bind("check all profiles now", "R")
	k.IgnoreWait = bind("check it although its service says wait", "ctrl+r")
}

// bindViews gives the views their keys, and what can be done in them.
func (k *KeyMap) bindViews() {
	k.Dashboard = bind("dashboard: one profile in full", "d")
	k.Overview = bind("overview: all profiles in a table", "o")
	k.Timeline = bind("timeline: when tokens end", "t")
	k.Activity = bind("activity: checks and changes", "v")
	k.People = bind("people: profiles of the same human", "p")
	k.NextTab = bind("the next view", "]")
	k.PrevTab = bind("the view before, in the order of the tabs", "[")
	k.LastView = bind("the view that was shown before this one", "-")
	k.KeepView = bind("keep this view: a tab for what is shown", "W")
	k.Grow = bind("more of the screen for this part", "+")
	k.Shrink = bind("less of the screen for this part", "_")
	k.Earlier = bind("timeline: earlier", "left", "h")
	k.Later = bind("timeline: later", "right", "l")
	k.Present = bind("timeline: back to now", "0")
	k.NextColumn = bind("overview: sort by the next column", ">", "right", "l")
	k.PrevColumn = bind("overview: sort by the column before", "<", "left", "h")
	k.Reverse = bind("overview: reverse the order", "S")
	k.Group = bind("overview: group the profiles", "b")
	k.Columns = bind("overview: choose its columns", "c")
	k.Person = bind("people: the person in full", "b")
	k.Differences = bind("people: differences only", "c")
	k.MoreLeft = bind("people: the profiles at the left", "left", "h")
	k.MoreRight = bind("people: the profiles at the right", "right", "l")
	k.OnlyNews = bind("activity: changes only", "c")
}

// motion is the step within a list that a key is for.
func (k *KeyMap) motion(msg tea.KeyPressMsg) motion {
	switch {
	case key.Matches(msg, k.Up):
		return oneUp
	case key.Matches(msg, k.Down):
		return oneDown
	case key.Matches(msg, k.PageUp):
		return pageUp
	case key.Matches(msg, k.PageDown):
		return pageDown
	case key.Matches(msg, k.Top):
		return toTop
	case key.Matches(msg, k.Bottom):
		return toBottom
	}
	return noMotion
}
