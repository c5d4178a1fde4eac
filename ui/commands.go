package ui

import tea "charm.land/bubbletea/v2"

// command is an action with what does it; nothing does one that moves.
type command struct {
	action
	run func(*Model) tea.Cmd
}

// newCommands are all that the person can do, in the order of the help.
func newCommands(k *KeyMap) commands {
	c := commands{run: make(map[string]func(*Model) tea.Cmd)}
	for _, g := range []struct {
		title string
		all   []command
	}{
		{"Move", movingCommands(k)}, {"Profiles", askingCommands(k)}, {"Manage", managingCommands(k)},
		{"Views", viewCommands(k)}, {"Program", programCommands(k)},
	} {
		group := actionGroup{title: g.title}
		for _, one := range g.all {
			group.actions = append(group.actions, one.action)
			if one.run != nil {
				c.run[one.name] = one.run
			}
		}
		c.groups = append(c.groups, group)
		c.all = append(c.all, group.actions...)
	}
	return c
}

func movingCommands(k *KeyMap) []command {
	return []command{
		{action{name: "up", keys: &k.Up, areas: anywhere, moves: true}, nil},
		{action{name: "down", keys: &k.Down, areas: anywhere, moves: true}, nil},
		{action{name: "page_up", keys: &k.PageUp, areas: anywhere, moves: true}, nil},
		{action{name: "page_down", keys: &k.PageDown, areas: anywhere, moves: true}, nil},
		{action{name: "top", keys: &k.Top, areas: anywhere, moves: true}, nil},
		{action{name: "bottom", keys: &k.Bottom, areas: anywhere, moves: true}, nil},
		{action{name: "jump", keys: &k.Jump, areas: anywhere, moves: true}, nil},
		{action{name: "next_pane", keys: &k.NextPane, areas: onDashboard | onOpened, hint: "pane", rank: 7}, (*Model).nextPane},
		{action{name: "prev_pane", keys: &k.PrevPane, areas: onDashboard | onOpened}, (*Model).prevPane},
		{action{name: "fold", keys: &k.Fold, areas: onDashboard | onOpened}, (*Model).foldSection},
		{action{name: "unfold", keys: &k.Unfold, areas: onDashboard | onOpened}, (*Model).unfoldSection},
		{action{name: "open", keys: &k.Open, areas: anywhere, hint: "open", rank: 2, profile: true}, (*Model).openSelected},
		{action{name: "back", keys: &k.Back, areas: anywhere}, (*Model).back},
	}
}

func askingCommands(k *KeyMap) []command {
	return []command{
		{action{name: "filter", keys: &k.Filter, areas: anywhere, hint: "filter", rank: 3}, (*Model).writeFilter},
		{action{name: "sort", keys: &k.Sort, areas: onDashboard | onOverview, hint: "sort", rank: 11}, (*Model).chooseSorting},
		{action{name: "mark", keys: &k.Mark, areas: onList | onViews, hint: "mark", rank: 12}, (*Model).markSelected},
		{action{name: "mark_range", keys: &k.MarkRange, areas: onList | onViews}, (*Model).markRange},
		{action{name: "mark_all", keys: &k.MarkAll, areas: onList | onViews}, (*Model).markAll},
		{action{name: "refresh", keys: &k.Refresh, areas: anywhere, hint: "check", rank: 4, profile: true, many: "check"}, (*Model).refreshSelected},
		{action{name: "refresh_all", keys: &k.RefreshAll, areas: anywhere, hint: "check all", rank: 10}, (*Model).refreshAll},
		{action{name: "ignore_wait", keys: &k.IgnoreWait, areas: anywhere, profile: true}, (*Model).askAllTheSame},
		{action{name: "copy", keys: &k.Copy, areas: everywhere, hint: "copy", rank: 9, many: "copy"}, (*Model).copy},
		{action{name: "open_link", keys: &k.OpenLink, areas: anywhere, hint: "browse", rank: 14, profile: true}, (*Model).openLink},
	}
}

func managingCommands(k *KeyMap) []command {
	return []command{
		{action{name: "fix", keys: &k.Fix, areas: anywhere, hint: "fix", rank: 1, profile: true, many: "fix", changes: true}, (*Model).fix},
		{action{name: "use", keys: &k.Use, areas: anywhere, hint: "use", rank: 5, profile: true}, (*Model).use},
		{action{name: "add", keys: &k.Add, areas: everywhere, hint: "add", rank: 6}, (*Model).addProfile},
		{action{name: "edit", keys: &k.Edit, areas: anywhere, hint: "edit", rank: 13, profile: true}, (*Model).editProfile},
		{action{name: "rotate", keys: &k.Rotate, areas: anywhere, profile: true, many: "rotate", changes: true}, (*Model).rotateSecret},
		{action{name: "rotation", keys: &k.Rotation, areas: anywhere}, (*Model).resumeRotation},
		{action{name: "log_in", keys: &k.LogIn, areas: anywhere, profile: true}, (*Model).logIn},
		{action{name: "pin", keys: &k.Pin, areas: anywhere, profile: true}, (*Model).pinProfile},
		{action{name: "snooze", keys: &k.Snooze, areas: anywhere, profile: true, many: "snooze", changes: true}, (*Model).snoozeProfile},
		{action{name: "tag", keys: &k.Tag, areas: anywhere, profile: true, many: "tag", changes: true}, (*Model).tagProfiles},
		{action{name: "token_page", keys: &k.TokenPage, areas: anywhere, profile: true}, (*Model).openTokenPage},
		{action{name: "copy_remedy", keys: &k.CopyRemedy, areas: anywhere, profile: true}, (*Model).copyRemedy},
		{action{name: "edit_file", keys: &k.EditFile, areas: everywhere}, (*Model).editFile},
		{action{name: "shell", keys: &k.Shell, areas: anywhere, hint: "shell", rank: 12, profile: true}, (*Model).openShell},
		{action{name: "rename", keys: &k.Rename, areas: anywhere, profile: true}, (*Model).renameProfile},
		{action{name: "duplicate", keys: &k.Duplicate, areas: anywhere, profile: true}, (*Model).duplicateProfile},
		{action{name: "disable", keys: &k.Disable, areas: anywhere, profile: true, many: "off or on", changes: true}, (*Model).disableProfile},
		{action{name: "remove", keys: &k.Remove, areas: anywhere, profile: true, many: "remove", changes: true}, (*Model).removeProfile},
		{action{name: "export", keys: &k.Export, areas: anywhere, profile: true, many: "export"}, (*Model).exportProfiles},
		{action{name: "move_down", keys: &k.MoveDown, areas: anywhere, profile: true}, (*Model).moveProfileDown},
		{action{name: "move_up", keys: &k.MoveUp, areas: anywhere, profile: true}, (*Model).moveProfileUp},
		{action{name: "undo", keys: &k.Undo, areas: everywhere}, (*Model).undoChange},
		{action{name: "redo", keys: &k.Redo, areas: everywhere}, (*Model).redoChange},
	}
}

func viewCommands(k *KeyMap) []command {
	to := func(id viewID) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd { m.show(id); return nil }
	}
	return []command{
		{action{name: "dashboard", keys: &k.Dashboard, areas: anywhere}, to(viewDashboard)},
		{action{name: "overview", keys: &k.Overview, areas: anywhere}, to(viewOverview)},
		{action{name: "timeline", keys: &k.Timeline, areas: anywhere}, to(viewTimeline)},
		{action{name: "activity", keys: &k.Activity, areas: anywhere}, to(viewActivity)},
		{action{name: "people", keys: &k.People, areas: anywhere}, to(viewPeople)},
		{action{name: "next_tab", keys: &k.NextTab, areas: anywhere}, (*Model).nextTab},
		{action{name: "prev_tab", keys: &k.PrevTab, areas: anywhere}, (*Model).prevTab},
		{action{name: "last_view", keys: &k.LastView, areas: anywhere}, (*Model).lastView},
		{action{name: "keep_view", keys: &k.KeepView, areas: anywhere}, (*Model).keepView},
		{action{name: "grow", keys: &k.Grow, areas: onDashboard | onOpened}, (*Model).grow},
		{action{name: "shrink", keys: &k.Shrink, areas: onDashboard | onOpened}, (*Model).shrink},
		{action{name: "incidents", keys: &k.Incidents, areas: anywhere}, (*Model).showIncidents},
		{action{name: "earlier", keys: &k.Earlier, areas: onTimeline, hint: "earlier", rank: 1}, (*Model).earlier},
		{action{name: "later", keys: &k.Later, areas: onTimeline, hint: "later", rank: 1}, (*Model).later},
		{action{name: "now", keys: &k.Present, areas: onTimeline, hint: "now", rank: 2}, (*Model).present},
		{action{name: "next_column", keys: &k.NextColumn, areas: onOverview}, (*Model).nextColumn},
		{action{name: "prev_column", keys: &k.PrevColumn, areas: onOverview}, (*Model).prevColumn},
		{action{name: "reverse", keys: &k.Reverse, areas: onOverview, hint: "reverse", rank: 12}, (*Model).reverse},
		{action{name: "group", keys: &k.Group, areas: onOverview, hint: "group", rank: 1}, (*Model).group},
		{action{name: "columns", keys: &k.Columns, areas: onOverview, hint: "columns", rank: 15}, (*Model).chooseColumns},
		{action{name: "person", keys: &k.Person, areas: onPeople, hint: "the person", rank: 1, profile: true}, (*Model).openPerson},
		{action{name: "differences", keys: &k.Differences, areas: onPeople, hint: "differences only", rank: 5}, (*Model).onlyDifferences},
		{action{name: "more_left", keys: &k.MoreLeft, areas: onPeople}, (*Model).moreLeft},
		{action{name: "more_right", keys: &k.MoreRight, areas: onPeople, hint: "more profiles", rank: 6}, (*Model).moreRight},
		{action{name: "changes_only", keys: &k.OnlyNews, areas: onActivity, hint: "changes only", rank: 1}, (*Model).onlyNews},
	}
}

func programCommands(k *KeyMap) []command {
	return []command{
		{action{name: "palette", keys: &k.Palette, areas: everywhere, hint: "more", rank: 8}, (*Model).showPalette},
		{action{name: "help", keys: &k.Help, areas: everywhere}, (*Model).showHelp},
		{action{name: "problems", keys: &k.Problems, areas: everywhere}, (*Model).showProblems},
		{action{name: "mouse", keys: &k.Mouse, areas: everywhere}, (*Model).toggleMouse},
		{action{name: "privacy", keys: &k.Private, areas: everywhere}, (*Model).togglePrivate},
		{action{name: "import", keys: &k.Import, areas: onWelcome}, (*Model).importFinds},
		{action{name: "demo", keys: &k.Demo, areas: onWelcome}, (*Model).openDemo},
		{action{name: "redraw", keys: &k.Redraw, areas: everywhere}, (*Model).redraw},
		{action{name: "suspend", keys: &k.Suspend, areas: everywhere}, (*Model).suspend},
		{action{name: "quit", keys: &k.Quit, areas: everywhere}, (*Model).quit},
	}
}
