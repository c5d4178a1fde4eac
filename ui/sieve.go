package ui

import (
	"slices"
	"time"

	"rollcall/config/query"
)

// sieve is what the filter has let through of late. Whatever only narrows what was asked
// then is looked for among those rows alone.
type sieve struct {
	basis
	known []sifted
}

// sifted are the rows that answer a query.
type sifted struct {
	asked query.Query
	rows  []*row
}

// mostSifted is how many queries it is known of which rows answer them: what is written
// goes back and forth.
const mostSifted = 12

// basis is all besides what is asked that decides which rows answer, and in which order.
type basis struct {
	at    time.Time
	scope *scope
	// rows counts the changes of rows, orders those of their order.
	rows, orders int
}

// sameMoment is for how long all is asked of the rows as of the moment of the first look:
// with each other moment nothing is known of them.
const sameMoment = time.Second

// renew takes in the basis of now, and reports whether it is another one.
func (v *sieve) renew(s *selection) bool {
	now := basis{s.now(), s.scope, s.roster.version, s.orders}
	if since := now.at.Sub(v.at); 0 <= since && since < sameMoment {
		now.at = v.at
	}
	if now == v.basis {
		return false
	}
	*v = sieve{basis: now}
	return true
}

// among are the fewest of some rows among which all are that answer a query.
func (v *sieve) among(rows []*row, asked query.Query) []*row {
	for _, k := range v.known {
		if len(k.rows) < len(rows) && asked.Narrows(k.asked) {
			rows = k.rows
		}
	}
	return rows
}

// learn takes in which rows answer a query.
func (v *sieve) learn(asked query.Query, rows []*row) {
	if len(v.known) == mostSifted {
		v.known = slices.Delete(v.known, 0, 1)
	}
	v.known = append(v.known, sifted{asked, rows})
}

// answers are the rows that answer the filter, and the first of those that do it
// best; nil for none.
func (s *selection) answers() (found []*row, best *row) {
	f, v, least := &s.filter, &s.sieve, noMatch
	for _, r := range v.among(s.scoped, f.asked) {
		m := f.quality(r, v.at)
		if m == noMatch {
			continue
		}
		found = append(found, r)
		if m < least {
			best, least = r, m
		}
	}
	v.learn(f.asked, found)
	if len(found) > 0 {
		return found, best
	}
	for _, r := range s.scoped {
		if f.resembles(r, v.at) {
			found = append(found, r)
		}
	}
	if len(found) > 0 {
		best = found[0]
	}
	return found, best
}
