package cmd

import (
	"encoding/json"
	"math"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

func (a *app) newStatusJSON(l *loaded, profiles []config.Profile, snapshots []account.Snapshot) statusJSON {
	out := statusJSON{
		Schema: schema, GeneratedAt: timeJSON(a.now()), Profiles: []profileJSON{},
		Incidents: newIncidentsJSON(insight.Incidents(snapshots)),
	}
	for i, s := range snapshots {
		p := a.newProfileJSON(l, profiles[i], s)
		out.Profiles = append(out.Profiles, p)
		shown := insight.StandingOf(&s, a.now(), l.ExpiryWarning).State
		out.Summary.count(shown.Severity())
		out.Summary.Urgency.count(p.Health.Urgency)
	}
	return out
}

func (a *app) newProfileJSON(l *loaded, p config.Profile, s account.Snapshot) profileJSON {
	shown := a.named(p)
	out := profileJSON{
		Name: shown.Name, Provider: p.Provider, Label: shown.Label, Tags: list(shown.Tags),
		Active: p.Name == l.active(), Endpoint: s.Address(),
		Health:        newHealthJSON(s, a.now(), l.ExpiryWarning),
		Organizations: []orgJSON{}, LinkedAccounts: []linkedJSON{},
		Token: tokenJSON{
			Expiry: account.ExpiryUnknown, Source: a.source(p), Caveats: []string{}, Facts: []factJSON{},
		},
		RateLimit: newRateJSON(s.RateLimit), RateLimits: []rateJSON{},
		Details:  detailsJSON{CheckedAt: timeJSON(s.Details.CheckedAt), Problem: s.Details.Notes.String()},
		Warnings: s.Notes.Texts(),
	}
	if len(p.Problems) > 0 {
		out.Endpoint = "" // Nothing is asked, and the address may be what is wrong.
	}
	for _, r := range s.RateLimits() {
		out.RateLimits = append(out.RateLimits, newRateJSON(r))
	}
	if s.Account != nil {
		out.addAccount(*s.Account)
	}
	if t, ok := s.Token(); ok {
		out.addToken(t)
	}
	e := s.Expiry()
	out.Token.Expiry, out.Token.ExpiresAt, out.Token.ExpirySource = e.KindOrUnknown(), timeJSON(e.At), e.Source
	return out
}

func newRateJSON(r account.RateLimit) rateJSON {
	return rateJSON{
		Limit: r.Limit, Remaining: r.Remaining, ResetAt: timeJSON(r.ResetAt), Name: r.Name, Source: r.Source,
	}
}

func newHealthJSON(s account.Snapshot, now time.Time, warning time.Duration) healthJSON {
	h, advice := s.Health, s.Advice(now)
	out := healthJSON{
		State: h.State, Severity: h.State.Severity(),
		Code: h.Code, Description: h.Description, Explanation: advice.Explanation, Remedy: advice.Remedy, Action: advice.Action,
		CheckedAt: timeJSON(h.CheckedAt), Attempts: h.Attempts, RetryAt: timeJSON(h.RetryAt),
		Stale: s.Stale(), LastOKAt: timeJSON(h.LastOKAt), Since: timeJSON(s.Since),
		Urgency: insight.UrgencyOf(&s, now, warning), DueAt: timeJSON(insight.Ends(&s)),
	}
	if v := s.Verdict; v.State != "" {
		out.Verdict = &verdictJSON{v.State, timeJSON(v.At)}
	}
	if insight.Snoozed(&s, now) {
		out.SnoozedUntil, out.SnoozeNote = timeJSON(s.Snooze.Until), s.Snooze.Note
	}
	if h.HTTPStatus != 0 {
		out.HTTPStatus = &h.HTTPStatus
	}
	if h.Latency > 0 {
		ms := math.Round(float64(h.Latency)/float64(time.Millisecond)*10) / 10
		out.LatencyMS = &ms
	}
	return out
}

func (p *profileJSON) addAccount(a account.Account) {
	if u := a.User; u.ID != "" {
		p.User = &userJSON{
			ID: u.ID, FullName: u.FullName, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username,
			Emails: list(u.Emails), AvatarURL: u.AvatarURL, URL: u.URL,
			CreatedAt: timeJSON(u.CreatedAt), BasicAuthEnabled: u.BasicAuthEnabled,
		}
	}
	t := &p.Totals
	t.Organizations, t.LinkedAccounts, t.Emails = a.CountOrganizations(), a.CountLinkedAccounts(), a.CountEmails()
	for _, o := range a.Organizations {
		p.Organizations = append(p.Organizations, orgJSON(o))
	}
	for _, l := range a.LinkedAccounts {
		p.LinkedAccounts = append(p.LinkedAccounts, linkedJSON{
			IDP: l.IDP, SubjectID: l.SubjectID, FullName: l.FullName, Username: l.Username, URL: l.URL(),
			Emails: list(l.Emails), Entitlements: list(l.Entitlements), Custom: json.RawMessage(l.Custom),
		})
	}
}

// addToken adds what is known of the token but for its end.
func (p *profileJSON) addToken(t account.Token) {
	p.Token.ID, p.Token.Name, p.Token.Kind = t.ID, t.Name, t.Kind
	p.Token.Scopes, p.Token.AllowedNetworks = t.Scopes, t.Networks
	p.Token.Caveats = list(t.Conditions())
	p.Totals.Scopes, p.Totals.AllowedNetworks = t.CountScopes(), t.CountNetworks()
	for _, f := range t.Facts {
		p.Token.Facts = append(p.Token.Facts, factJSON(f))
	}
}
