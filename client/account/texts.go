package account

import (
	"slices"

	"rollcall/client/text"
)

// Harmless returns a copy of s with every text as it can stand anywhere, but for the name of
// the profile, which is its key.
func (s Snapshot) Harmless() Snapshot {
	name := s.Profile
	s = s.MapText(text.Harmless)
	s.Profile = name
	return s
}

// MapText returns a copy of s with f applied to every text. The copy shares no
// slice of texts and no account with s.
func (s Snapshot) MapText(f func(string) string) Snapshot {
	s.Profile, s.Service, s.Origin, s.Endpoint = f(s.Profile), f(s.Service), f(s.Origin), f(s.Endpoint)
	s.Named = f(s.Named)
	h := &s.Health
	h.State = State(f(string(h.State)))
	h.Code, h.Description = f(h.Code), f(h.Description)
	h.Explanation, h.Remedy, h.Wanted = f(h.Explanation), f(h.Remedy), f(h.Wanted)
	h.Action, h.Command = Action(f(string(h.Action))), f(h.Command)
	s.Verdict.State = State(f(string(s.Verdict.State)))
	s.Snooze.Note, s.Snooze.Verdict = f(s.Snooze.Note), State(f(string(s.Snooze.Verdict)))
	if s.Account != nil {
		a := s.Account.MapText(f)
		s.Account = &a
	}
	if s.Stated != nil {
		t := s.Stated.MapText(f)
		s.Stated = &t
	}
	s.Details.Notes = s.Details.Notes.MapText(f)
	s.RateLimit = s.RateLimit.MapText(f)
	s.OtherLimits = slices.Clone(s.OtherLimits)
	for i, r := range s.OtherLimits {
		s.OtherLimits[i] = r.MapText(f)
	}
	s.History, s.Changes = mapChecks(s.History, f), mapChanges(s.Changes, f)
	s.Notes = s.Notes.MapText(f)
	return s
}

// mapChecks returns a copy of all with f applied to every text.
func mapChecks(all []Check, f func(string) string) []Check {
	all = slices.Clone(all)
	for i := range all {
		all[i] = all[i].mapText(f)
	}
	return all
}

// mapChanges returns a copy of all with f applied to every text.
func mapChanges(all []Change, f func(string) string) []Change {
	all = slices.Clone(all)
	for i := range all {
		c := &all[i]
		c.Kind, c.What = ChangeKind(f(string(c.Kind))), f(c.What)
		c.Was, c.Is = c.Was.mapText(f), c.Is.mapText(f)
	}
	return all
}

// mapText is a copy of the value with f applied to every text in it.
func (v Value) mapText(f func(string) string) Value {
	v.Name, v.ID, v.State, v.Ends = f(v.Name), f(v.ID), State(f(string(v.State))), ExpiryKind(f(string(v.Ends)))
	v.Networks = mapTexts(v.Networks, f)
	return v
}

// MapText is a copy of the budget with f applied to every text in it.
func (r RateLimit) MapText(f func(string) string) RateLimit {
	r.Name, r.Source = f(r.Name), f(r.Source)
	return r
}

// mapText returns a copy of c with f applied to every text.
func (c Check) mapText(f func(string) string) Check {
	c.State, c.Code = State(f(string(c.State))), f(c.Code)
	if c.Exchange != nil {
		e := *c.Exchange
		e.Method, e.URL = f(e.Method), f(e.URL)
		e.Request, e.Response, e.Body = mapTexts(e.Request, f), mapTexts(e.Response, f), mapTexts(e.Body, f)
		c.Exchange = &e
	}
	return c
}

// MapText returns a copy of a with f applied to every text.
func (a Account) MapText(f func(string) string) Account {
	u := &a.User
	for _, p := range []*string{
		&u.ID, &u.FullName, &u.FirstName, &u.LastName, &u.Username, &u.AvatarURL, &u.URL,
	} {
		*p = f(*p)
	}
	u.Emails = mapTexts(u.Emails, f)
	a.Organizations = slices.Clone(a.Organizations)
	for i := range a.Organizations {
		o := &a.Organizations[i]
		for _, p := range []*string{&o.ID, &o.Name, &o.SubDomain, &o.Kind, &o.Role, &o.Access, &o.URL} {
			*p = f(*p)
		}
	}
	a.LinkedAccounts = slices.Clone(a.LinkedAccounts)
	for i := range a.LinkedAccounts {
		l := &a.LinkedAccounts[i]
		for _, p := range []*string{&l.IDP, &l.SubjectID, &l.FullName, &l.Username, &l.Custom} {
			*p = f(*p)
		}
		l.Emails, l.Entitlements = mapTexts(l.Emails, f), mapTexts(l.Entitlements, f)
	}
	a.Token = a.Token.MapText(f)
	return a
}

// MapText returns a copy of t with f applied to every text.
func (t Token) MapText(f func(string) string) Token {
	t.ID, t.Name, t.Kind = f(t.ID), f(t.Name), f(t.Kind)
	t.Expiry.Kind = ExpiryKind(f(string(t.Expiry.Kind)))
	t.Expiry.Source = f(t.Expiry.Source)
	t.Scopes, t.Networks = mapTexts(t.Scopes, f), mapTexts(t.Networks, f)
	t.Caveats = slices.Clone(t.Caveats)
	for i := range t.Caveats {
		c := &t.Caveats[i]
		c.Values, c.Text = mapTexts(c.Values, f), f(c.Text)
	}
	t.Facts = slices.Clone(t.Facts)
	for i := range t.Facts {
		fact := &t.Facts[i]
		fact.Name, fact.Value, fact.Source = f(fact.Name), f(fact.Value), f(fact.Source)
	}
	return t
}

// mapTexts returns a copy of all with f applied to each text; nil stays nil.
func mapTexts(all []string, f func(string) string) []string {
	all = slices.Clone(all)
	for i, s := range all {
		all[i] = f(s)
	}
	return all
}
