package insight

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// Order is what profiles can be sorted by, in a word that may be that of a column.
type Order string

// The orders, by the words that people write.
const (
	// OrderUrgency is that of [Standing.Compare].
	OrderUrgency Order = "urgency"
	// OrderDue has the earliest due first.
	OrderDue     Order = "due"
	OrderName    Order = "name"
	OrderState   Order = "state"
	OrderService Order = "service"
	OrderUser    Order = "user"
	// OrderFile is the order of the configuration.
	OrderFile Order = "file"
)

// Orders are those that a list of profiles has, whatever its columns.
func Orders() []Order {
	return []Order{OrderUrgency, OrderDue, OrderName, OrderState, OrderService, OrderUser, OrderFile}
}

// Sortable is what orders look at in a profile.
type Sortable struct {
	Name, Service, User string
	Standing            *Standing
	// The rest is looked at by the orders of columns alone. Snapshot is nil where
	// nothing is known.
	Label, Host, Source string
	Tags                []string
	Snapshot            *account.Snapshot
}

// Place is all that an order looks at in a profile, made once and compared often.
// Profiles with the same place are alike.
type Place struct {
	// last is set for what is not known, which comes last whatever the direction.
	last bool
	// What stands earlier here counts more.
	numbers     [4]float64
	text, exact string
}

// Compare compares two places in an order.
func (p *Place) Compare(q *Place, reversed bool) int {
	switch {
	case p.last && q.last:
		return 0
	case p.last:
		return 1
	case q.last:
		return -1
	case reversed:
		p, q = q, p
	}
	for i, n := range p.numbers {
		switch m := q.numbers[i]; {
		case n < m:
			return -1
		case n > m:
			return 1
		}
	}
	return cmp.Or(strings.Compare(p.text, q.text), strings.Compare(p.exact, q.exact))
}

// roughTexts is how many bytes of a text its rough place has.
const roughTexts = 32

// spot is a place in a list that is sorted. Rough tells it from most others in a few
// numbers that lie together: of two spots with different ones, the lesser comes first.
type spot struct {
	rough [4]uint64
	// at is the index of the place, tie what decides between those that are alike.
	at, tie int
	// more is set where rough does not tell all of the place.
	more bool
}

// roughly is the place as a spot tells it. In a list in which no place has a number, texts
// is set, and their beginnings are told.
func (p *Place) roughly(texts, reversed bool) (rough [4]uint64, more bool) {
	if p.last {
		return [4]uint64{math.MaxUint64, math.MaxUint64, math.MaxUint64, math.MaxUint64}, true
	}
	var begin [roughTexts]byte
	copy(begin[:], p.text)
	for i, n := range p.numbers {
		if texts {
			rough[i] = binary.BigEndian.Uint64(begin[i*8:])
		} else {
			rough[i] = ascending(n)
		}
		if reversed {
			rough[i] = ^rough[i]
		}
	}
	return rough, p.exact != "" || p.text != "" && (!texts || len(p.text) >= roughTexts)
}

// ascending is a number as one that compares like it.
func ascending(n float64) uint64 {
	bits := math.Float64bits(n + 0)
	if bits>>63 > 0 {
		return ^bits
	}
	return bits | 1<<63
}

// SortPlaces are the indexes of places in their order. Of those that are alike the one
// with the lesser tie comes first.
func SortPlaces(places []Place, ties []int, reversed bool) []int {
	texts := !slices.ContainsFunc(places, func(p Place) bool { return p.numbers != [4]float64{} })
	spots := make([]spot, len(places))
	for i := range places {
		spots[i] = spot{at: i, tie: ties[i]}
		spots[i].rough, spots[i].more = places[i].roughly(texts, reversed)
	}
	slices.SortFunc(spots, func(a, b spot) int {
		for i, n := range a.rough {
			switch m := b.rough[i]; {
			case n < m:
				return -1
			case n > m:
				return 1
			}
		}
		if a.more || b.more {
			if c := places[a.at].Compare(&places[b.at], reversed); c != 0 {
				return c
			}
		}
		return a.tie - b.tie
	})
	order := make([]int, len(spots))
	for i := range spots {
		order[i] = spots[i].at
	}
	return order
}

// Sort sorts profiles, which are named by their places in the configuration. Of
// those that are alike the earlier one comes first. Turned round, the order is the
// opposite, but what is not known still comes last.
func (o Order) Sort(profiles []int, reversed bool, of func(profile int) Sortable) {
	if o == OrderFile && reversed {
		slices.SortFunc(profiles, func(a, b int) int { return cmp.Compare(b, a) })
		return
	}
	places, named := make([]Place, len(profiles)), slices.Clone(profiles)
	for i, profile := range profiles {
		s := of(profile)
		places[i] = o.Place(&s)
	}
	for i, at := range SortPlaces(places, named, reversed) {
		profiles[i] = named[at]
	}
}

// Place is where a profile stands; in the order of the file all are alike.
func (o Order) Place(s *Sortable) Place {
	switch o {
	case OrderDue:
		at := s.Standing.dueAt()
		return Place{last: at.IsZero(), numbers: [4]float64{float64(at.Unix()), float64(at.Nanosecond())}}
	case OrderName:
		return Place{text: strings.ToLower(s.Name), exact: s.Name}
	case OrderState:
		return Place{numbers: [4]float64{stateRank(s.Standing.State)}}
	case OrderService:
		return Place{text: s.Service}
	case OrderUser:
		// Nobody comes last.
		return Place{last: s.User == "", text: strings.ToLower(s.User)}
	case OrderFile:
		return Place{}
	case OrderUrgency, "":
		return s.Standing.place()
	}
	k := o.Key(s)
	return Place{last: k.Unknown, numbers: [4]float64{k.Number}, text: k.Text}
}

// dueAt is the moment of the due; far ahead for never, zero for none.
func (s *Standing) dueAt() time.Time {
	if s.Due.Kind == DueNever {
		return time.Unix(1<<40, 0)
	}
	return s.Due.At
}

// stateRank puts the states in the order of what is wrong with them, those that
// say nothing last.
func stateRank(s account.State) float64 {
	severities := [...]account.Severity{account.SeverityFail, account.SeverityWarn, account.SeverityOK, account.SeverityNone}
	all := account.States()
	return float64(slices.Index(severities[:], s.Severity())*len(all) + slices.Index(all, s))
}
