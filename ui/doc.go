// Package ui is the dashboard: a Bubble Tea program over snapshots. It asks
// nobody anything itself: snapshots come in as [account.Event] messages, changed
// configurations as [ConfigMsg], and what a person wants done goes out in
// commands, through the functions of [Options].
//
// The files lie in floors, of which each names only those below it:
//
//	opening.go                what is seen while a large configuration is read
//	program.go, view.go       New, Update and View of the Model
//	input.go, act.go          keys, clicks and wishes, each to whom it is for
//	commands.go               the table of all that a person can do
//	manage.go, rotate.go, …   what is done then: methods of the Model
//	model.go                  the Model, the only tea.Model
//	dialog*.go                overlays
//	views.go, view_*.go       the table of views, and one file a view
//	panes.go, pane_*.go       the table of panes, and one file a pane
//	header.go, hints.go, …    the other parts of the screen, made of values
//	selection.go, window.go   which profile, and which lines are in sight
//	roster.go, log.go, …      what is known of the profiles
//
// The words of this package:
//
//   - row: one profile, with what the configuration says and what is known of it.
//   - roster: all rows, with their totals.
//   - entry: a check or a change of a profile, in the log of the roster.
//   - incident: what several failing profiles have in common.
//   - cover: the stand-ins for names and ids while the screen is shown to others.
//   - selection: the order, the filter and the selected row, which all views share.
//   - window: the lines of a list that are in sight, and the selected one.
//   - pane: a framed part of the dashboard, for the list or for one profile.
//   - view: what fills the screen between header and hints; the dashboard is one.
//   - sheet: any other view: lines under a heading, made by its content.
//   - overlay: what lies over a view and gets its keys, such as a form.
//   - wish: what an overlay wants done that others have to do.
//   - area: a part of the program in which keys have a meaning of their own.
//   - action: one thing that a person can do; a command is an action that can run.
//   - fault: something that is wrong with the configuration.
package ui
