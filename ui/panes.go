package ui

import "rollcall/ui/draw"

// paneKind is what the panes that show one profile differ in.
type paneKind struct {
	// name is how the pane is remembered; title names it on the screen, short where
	// it shares its place with others.
	name, title, short string
	// fill writes what the pane holds; nil for the list of the profiles.
	fill func(*profilePen)
	// live is set where what it holds has running seconds in it, pictured where
	// it has the picture of the user.
	live, pictured bool
	// still is set where there is nothing to point at, so that no keys go there.
	still bool
	// page is set where it is read from top to bottom, and scrolls mostly.
	page bool
}

// paneKinds are all panes, by their ids.
func paneKinds() [panes]paneKind {
	return [panes]paneKind{
		paneProfiles: {name: "profiles", title: "Profiles", short: "Profiles"},
		paneProfile:  {name: "profile", title: "Profile", short: "Profile", fill: fillProfile, pictured: true},
		paneOrgs:     {name: "organizations", title: "Organizations", short: "Orgs", fill: fillOrgs},
		paneLinked:   {name: "linked", title: "Linked accounts", short: "Linked", fill: fillLinked},
		paneToken:    {name: "token", title: "Token", short: "Token", fill: fillToken, live: true},
		paneChanges:  {name: "changes", title: "Changes", short: "Changes", fill: fillChanges},
		paneExchange: {name: "exchange", title: "Last check", short: "Last check", fill: fillExchange},
		paneWhole:    {name: "whole", title: "Profile", short: "Profile", fill: fillWhole, live: true, pictured: true, page: true},
		paneFull:     {name: "full", title: "Profile", short: "Profile", fill: fillFull, live: true, pictured: true, page: true},
		paneRecord:   {name: "record", title: "Checks and changes", short: "Checks", fill: fillRecord, page: true},
		paneLane:     {name: "lane", title: "90 days", short: "90 days", fill: fillLane, still: true},
	}
}

// newDetails makes the panes that show one profile, and tell of keys.
func newDetails(a *avatars, k *KeyMap) (details [panes]*detailPane) {
	for id, kind := range paneKinds() {
		if kind.fill == nil {
			continue
		}
		details[id] = &detailPane{fill: kind.fill, live: kind.live, column: leastColumn, keys: k}
		if kind.page {
			details[id].column = pageColumn
		}
		if kind.pictured {
			details[id].avatars = a
		}
	}
	return details
}

// titles name the panes of a slot: in full where one has it for itself.
func (s slot) titles() []string {
	kinds := paneKinds()
	if len(s.panes) == 1 {
		return []string{kinds[s.shown].title}
	}
	var out []string
	for _, id := range s.panes {
		out = append(out, kinds[id].short)
	}
	return out
}

// tabAt is the pane whose name is at column x of the slot's border.
func (s slot) tabAt(x int) paneID {
	at := s.x + 2
	for i, title := range s.titles() {
		end := at + draw.Width(title)
		if x >= at && x < end {
			return s.panes[i]
		}
		at = end + 1
	}
	return s.shown
}

// next is the pane that gets the keys n places after another one, of those that
// have a place.
func (l layout) next(id paneID, n int) paneID {
	kinds := paneKinds()
	for range panes {
		id = (id + panes + paneID(n)) % panes
		if l.has(id) && !kinds[id].still {
			return id
		}
	}
	return id
}
