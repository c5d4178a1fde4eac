// Package ui is the dashboard: a Bubble Tea program over snapshots. It asks
// nobody anything itself: snapshots come in as [client.Event] messages, changed
// configurations as [ConfigMsg], and what a person wants done goes out in
// commands, through the functions of [Options].
//
// [Model] is the only tea.Model. It owns the panes: the list of profiles, and
// the detail panes, which show the selected one. computeLayout says where
// each goes, and every pane keeps what it drew until something in it changes.
// What lies over the dashboard is an overlay on a stack.
//
// The other views are sheets, which differ in their content: the overview, the
// timeline, the activity and the people. All share the filter and the selection
// of the list. What they need of many profiles at once, such as the log or the
// incidents, the roster keeps up to date with each event.
package ui
