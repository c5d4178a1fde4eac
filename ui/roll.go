package ui

import (
	"rollcall/client/account"
	"rollcall/config"
)

// roll is all profiles of a configuration, in its order, as the roster takes them over.
type roll struct {
	config *config.Config
	// profiles are fit to be shown, places are where they stand, by their names.
	profiles []*config.Profile
	places   map[string]int
	// rows are those of new profiles, where they were made ahead; nil for the others.
	rows []*row
}

// newRoll calls the roll of a configuration. Rows are made ahead for those profiles of
// which ahead says so.
func newRoll(c *config.Config, ahead func(name string) bool) *roll {
	l := &roll{config: c, profiles: make([]*config.Profile, len(c.Profiles)), places: make(map[string]int, len(c.Profiles))}
	for i := range c.Profiles {
		p := &c.Profiles[i]
		l.profiles[i], l.places[p.Name] = printable(p), i
	}
	if ahead == nil {
		return l
	}
	l.rows = make([]*row, len(c.Profiles))
	for i := range c.Profiles {
		if p := &c.Profiles[i]; ahead(p.Name) {
			l.rows[i] = newRow(p)
		}
	}
	return l
}

// row is that of the new profile at a place.
func (l *roll) row(place int) *row {
	if l.rows != nil && l.rows[place] != nil {
		return l.rows[place]
	}
	return newRow(&l.config.Profiles[place])
}

// ConfigMsg brings a changed configuration into the running dashboard.
type ConfigMsg struct {
	Config *config.Config
	// Services describe those that there are with it; nil for those of before.
	Services []account.ServiceInfo
	// Err is why there is none: the file is not TOML, or cannot be read. The
	// old configuration stays.
	Err error
	// roll is made where the message is taken in unless [NewConfigMsg] has made it.
	roll *roll
}

// NewConfigMsg is a changed configuration, with the services that there are with it. The
// one before tells which of the profiles are new. With thousands of profiles that takes
// a while, and is not meant for the program's loop.
func NewConfigMsg(before, now *config.Config, all []account.ServiceInfo) ConfigMsg {
	known := make(map[string]bool, len(before.Profiles))
	for i := range before.Profiles {
		known[before.Profiles[i].Name] = true
	}
	return ConfigMsg{Config: now, Services: all, roll: newRoll(now, func(name string) bool { return !known[name] })}
}
