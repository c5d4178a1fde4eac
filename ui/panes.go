package ui

import "github.com/charmbracelet/x/ansi"

// paneKind is what the panes that show one profile differ in.
type paneKind struct {
	// title names the pane, short where it shares its place with others.
	title, short string
	// fill writes what the pane holds; nil for the list of the profiles.
	fill func(*profilePen)
	// live is set where what it holds has running seconds in it, pictured where
	// it has the picture of the user.
	live, pictured bool
	// still is set where there is nothing to point at, so that no keys go there.
	still bool
}

// paneKinds are all panes, by their ids.
func paneKinds() [panes]paneKind {
	return [panes]paneKind{
		paneProfiles: {title: "Profiles", short: "Profiles"},
		paneProfile:  {title: "Profile", short: "Profile", fill: fillProfile, pictured: true},
		paneOrgs:     {title: "Organizations", short: "Orgs", fill: fillOrgs},
		paneLinked:   {title: "Linked accounts", short: "Linked", fill: fillLinked},
		paneToken:    {title: "Token", short: "Token", fill: fillToken, live: true},
		paneChanges:  {title: "Changes", short: "Changes", fill: fillChanges},
		paneLane:     {title: "90 days", short: "90 days", fill: fillLane, still: true},
	}
}

// newDetails makes the panes that show one profile, and tell of keys.
func newDetails(a *avatars, k *KeyMap) (details [panes]*detailPane) {
	for id, kind := range paneKinds() {
		if kind.fill == nil {
			continue
		}
		details[id] = &detailPane{fill: kind.fill, live: kind.live, keys: k}
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
		end := at + ansi.StringWidth(title)
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
