package ui

import (
	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
)

// outage is an incident that was told of when it began, and is told of once more
// when it is over.
type outage struct {
	insight.Incident
	rows map[*row]bool
}

// outageNews is that an outage has begun, or that it is over.
type outageNews struct {
	of   *outage
	over bool
}

// told is the news in words without a full stop.
func (n outageNews) told() string {
	if n.over {
		return n.of.Over
	}
	return n.of.Title + ", " + text.Plural(len(n.of.rows), "profile")
}

// outages are those that go on. An incident that has a profile in common with one
// of them is the same outage: it may grow, and show in other ways.
type outages struct {
	all []*outage
	// news is what was not taken yet.
	news []outageNews
}

// take takes the news.
func (o *outages) take() []outageNews {
	news := o.news
	o.news = nil
	return news
}

// withhold leaves out what tells of others, as in [troubles.withhold].
func (o *outages) withhold() {
	for _, one := range o.all {
		one.Title, one.Over, one.Profiles = withheld, withheld, []string{withheld}
	}
}

// keep drops profiles that are gone.
func (o *outages) keep(there func(*row) bool) {
	for _, one := range o.all {
		for r := range one.rows {
			if !there(r) {
				delete(one.rows, r)
			}
		}
	}
}

// look brings the outages in line with the incidents that the rows are part of by
// now. An outage is over once one of its profiles could be checked: that checks
// grow old says nothing of it.
func (o *outages) look(rows []*row, incidents []insight.Incident) {
	parts := make([]map[*row]bool, len(incidents))
	if len(incidents) > 0 {
		for _, r := range rows {
			if r.incident < 0 {
				continue
			}
			if parts[r.incident] == nil {
				parts[r.incident] = make(map[*row]bool)
			}
			parts[r.incident][r] = true
		}
	}
	var left []*outage
	for _, one := range o.all {
		at := one.among(parts)
		switch {
		case at >= 0:
			one.Incident = incidents[at]
			for r := range parts[at] {
				one.rows[r] = true
			}
			parts[at] = nil
		case one.over():
			o.news = append(o.news, outageNews{one, true})
			continue
		case len(one.rows) == 0:
			continue
		}
		left = append(left, one)
	}
	for i, part := range parts {
		if len(part) > 0 {
			one := &outage{incidents[i], part}
			left = append(left, one)
			if one.isNews() {
				o.news = append(o.news, outageNews{one, false})
			}
		}
	}
	o.all = left
}

// among is the index of the first part that has a profile of the outage; negative
// for none.
func (o *outage) among(parts []map[*row]bool) int {
	for i, part := range parts {
		for r := range part {
			if o.rows[r] {
				return i
			}
		}
	}
	return -1
}

func (o *outage) over() bool {
	for r := range o.rows {
		if !concerns(r.snap) && r.snap.Health.State.Severity() != account.SeverityNone {
			return true
		}
	}
	return false
}

// isNews reports whether a profile could be checked before, in this run: whoever
// begins to look sees what there is.
func (o *outage) isNews() bool {
	for r := range o.rows {
		if r.concluded {
			return true
		}
	}
	return false
}
