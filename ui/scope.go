package ui

import (
	"slices"
	"strings"
	"time"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/query"
)

// scope is what a saved view lets through below the filter, and its order.
type scope struct {
	view config.View
	// asked is the query of the view, order the order; ordered is set where it has one
	// that a list can have.
	asked   query.Query
	order   sorting
	ordered bool
}

// newScope is that of a saved view. One of which something is wrong lets nothing
// through.
func newScope(v config.View) *scope {
	s := &scope{view: v, order: sorting{by: insight.OrderUrgency}}
	s.asked, _ = query.Parse(v.Query, vocabulary())
	if by, ok := sortingOf(v.Sort); ok {
		s.order, s.ordered = by, true
	}
	return s
}

// same reports whether two saved views say the same.
func (s *scope) same(o *scope) bool {
	a, b := s.view, o.view
	return a.Query == b.Query && a.Sort == b.Sort && slices.Equal(a.Columns, b.Columns) && len(a.Problems)+len(b.Problems) == 0
}

// wrong says what is wrong with the view, in sentences; empty for nothing.
func (s *scope) wrong() string {
	var all []string
	for _, p := range s.view.Problems {
		all = append(all, p.Error())
		if !strings.HasSuffix(p.Message, "?") {
			all[len(all)-1] += "."
		}
	}
	return strings.Join(all, " ")
}

// holds reports whether a row is in the view.
func (s *scope) holds(r *row, now time.Time) bool {
	if len(s.view.Problems) > 0 {
		return false
	}
	return s.asked.Empty() || s.asked.Match(r.really(now))
}

// really is the row as it is, for who asks no stand-ins.
func (r *row) really(now time.Time) query.Indexed {
	is := r.subject(now)
	if !r.private {
		return r.texts.Of(&is)
	}
	is.Name, is.Label, is.Tags, is.Snapshot = r.own.Name, r.own.Label, r.own.Tags, r.latest()
	is.Host = insight.Host(is.Snapshot.Endpoint, r.own.BaseURL)
	if from := r.own.Credential(); !from.IsZero() {
		is.Source = from.Source()
	}
	return query.Index(&is)
}

// enter has the selection hold what is in a scope, in its order; nil ends that.
func (s *selection) enter(to *scope) {
	switch {
	case to == nil && s.scope == nil:
		return
	case s.scope == nil:
		s.outside = s.order
	}
	if s.scope = to; to == nil {
		s.order = s.outside
	} else {
		s.order = to.order
	}
	s.sort()
	s.touched++
}

// own is the order outside of any scope.
func (s *selection) own() sorting {
	if s.scope != nil {
		return s.outside
	}
	return s.order
}

// setOwn changes that order.
func (s *selection) setOwn(by sorting) {
	if s.scope != nil {
		s.outside = by
		return
	}
	s.sortBy(by)
}

// within reports whether a row is in the scope.
func (s *selection) within(r *row) bool { return s.scope == nil || s.scope.holds(r, s.now()) }

// limit finds the rows that are in the scope.
func (s *selection) limit() {
	if s.scoped = s.sorted; s.scope == nil {
		return
	}
	s.scoped = make([]*row, 0, len(s.sorted))
	now := s.now()
	for _, r := range s.sorted {
		if s.scope.holds(r, now) {
			s.scoped = append(s.scoped, r)
		}
	}
}

// follow has the table look as the saved view says, told as c has it.
func (o *overview) follow(v *scope, c *cover) {
	o.scope, o.cover = v, c
	if !v.ordered {
		o.put(v.view.Sort)
	}
	o.show(v.view.Columns)
}

// query is what the saved view asks, as it may be shown; empty where it asks nothing,
// or is none.
func (o *overview) query() string {
	if o.scope == nil {
		return ""
	}
	return o.cover.query(o.scope)
}

// nobody says why no profile is in the saved view, and what to do.
func (o *overview) nobody() string {
	switch wrong := o.scope.wrong(); {
	case wrong != "":
		return "This view cannot be shown. " + o.cover.text(text.Printable(wrong)) + " Once that is mended in the file, it is shown at once."
	case len(o.selection.scoped) > 0:
		return "No profile of this view matches the filter. Esc clears it."
	}
	return "No profile answers " + o.query() + " now. Esc goes back; the view stays, and shows each that does so later."
}
