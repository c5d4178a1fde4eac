package cmd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"time"
	"unicode"
	"unicode/utf8"

	"rollcall/client"
	"rollcall/config"
)

// schema is the number of the JSON format. Adding keys keeps it; changing or
// removing one does not.
const schema = 1

type statusJSON struct {
	Schema      int            `json:"schema"`
	GeneratedAt timeJSON       `json:"generated_at"`
	Summary     summaryJSON    `json:"summary"`
	Profiles    []profileJSON  `json:"profiles"`
	Incidents   []incidentJSON `json:"incidents"`
}

type summaryJSON struct {
	Total int `json:"total"`
	OK    int `json:"ok"`
	Warn  int `json:"warn"`
	Fail  int `json:"fail"`
	None  int `json:"none"`
}

type profileJSON struct {
	Name           string       `json:"name"`
	Provider       string       `json:"provider"`
	Label          string       `json:"label"`
	Tags           []string     `json:"tags"`
	Active         bool         `json:"active"`
	Endpoint       string       `json:"endpoint"`
	Health         healthJSON   `json:"health"`
	User           *userJSON    `json:"user"`
	Organizations  []orgJSON    `json:"organizations"`
	LinkedAccounts []linkedJSON `json:"linked_accounts"`
	Token          tokenJSON    `json:"token"`
	RateLimit      rateJSON     `json:"rate_limit"`
	Details        detailsJSON  `json:"details"`
	Warnings       []string     `json:"warnings"`
}

type healthJSON struct {
	State       client.State    `json:"state"`
	Severity    client.Severity `json:"severity"`
	HTTPStatus  *int            `json:"http_status"`
	Code        string          `json:"code"`
	Description string          `json:"description"`
	Explanation string          `json:"explanation"`
	Remedy      string          `json:"remedy"`
	CheckedAt   timeJSON        `json:"checked_at"`
	LatencyMS   *float64        `json:"latency_ms"`
	Attempts    int             `json:"attempts"`
	RetryAt     timeJSON        `json:"retry_at"`
	Stale       bool            `json:"stale"`
	LastOKAt    timeJSON        `json:"last_ok_at"`
	// Since is when the profile came into its state; null where not known.
	Since timeJSON `json:"since"`
}

type userJSON struct {
	ID               string   `json:"id"`
	FullName         string   `json:"full_name"`
	FirstName        string   `json:"first_name"`
	LastName         string   `json:"last_name"`
	Username         string   `json:"username"`
	Emails           []string `json:"emails"`
	AvatarURL        string   `json:"avatar_url"`
	URL              string   `json:"url"`
	CreatedAt        timeJSON `json:"created_at"`
	BasicAuthEnabled *bool    `json:"basic_auth_enabled"`
}

type orgJSON struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	SubDomain string `json:"sub_domain"`
	Kind      string `json:"kind"`
	Role      string `json:"role"`
	URL       string `json:"url"`
}

type linkedJSON struct {
	IDP          string   `json:"idp"`
	SubjectID    string   `json:"subject_id"`
	FullName     string   `json:"full_name"`
	Username     string   `json:"username"`
	Emails       []string `json:"emails"`
	Entitlements []string `json:"entitlements"`
	// Custom is whatever JSON the identity provider gave, left out where it
	// gave none.
	Custom json.RawMessage `json:"custom,omitempty"`
}

type tokenJSON struct {
	ID              string            `json:"id"`
	Name            string            `json:"name"`
	Kind            string            `json:"kind"`
	Expiry          client.ExpiryKind `json:"expiry"`
	ExpiresAt       timeJSON          `json:"expires_at"`
	Scopes          []string          `json:"scopes"`
	AllowedNetworks []string          `json:"allowed_networks"`
	Source          string            `json:"source"`
	ExpirySource    string            `json:"expiry_source"`
	Caveats         []string          `json:"caveats"`
	Facts           []factJSON        `json:"facts"`
}

type factJSON struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Source string `json:"source"`
}

type rateJSON struct {
	Limit     *int64   `json:"limit"`
	Remaining *int64   `json:"remaining"`
	ResetAt   timeJSON `json:"reset_at"`
	Name      string   `json:"name"`
	Source    string   `json:"source"`
}

// detailsJSON tells how the requests beyond the identity went.
type detailsJSON struct {
	CheckedAt timeJSON `json:"checked_at"`
	Problem   string   `json:"problem"`
}

type listJSON struct {
	Schema   int             `json:"schema"`
	Profiles []listedProfile `json:"profiles"`
}

type listedProfile struct {
	Name     string   `json:"name"`
	Provider string   `json:"provider"`
	Label    string   `json:"label"`
	Tags     []string `json:"tags"`
	Active   bool     `json:"active"`
	Disabled bool     `json:"disabled"`
	Endpoint string   `json:"endpoint"`
	Source   string   `json:"source"`
	// provenance is there where it was asked for.
	*provenance
}

// timeJSON is a time as RFC 3339 in UTC to the second, null when zero.
type timeJSON time.Time

// MarshalJSON implements [json.Marshaler].
func (t timeJSON) MarshalJSON() ([]byte, error) {
	if time.Time(t).IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(time.Time(t).UTC().Format(time.RFC3339))
}

func (a *app) newStatusJSON(l *loaded, profiles []config.Profile, snapshots []client.Snapshot) statusJSON {
	out := statusJSON{
		Schema: schema, GeneratedAt: timeJSON(a.now()), Profiles: []profileJSON{},
		Incidents: newIncidentsJSON(client.Incidents(snapshots)),
	}
	for i, s := range snapshots {
		out.Profiles = append(out.Profiles, newProfileJSON(profiles[i], s, a.source(profiles[i]), l.active()))
		out.Summary.count(s.Health.State.Severity())
	}
	return out
}

func (s *summaryJSON) count(sev client.Severity) {
	s.Total++
	switch sev {
	case client.SeverityOK:
		s.OK++
	case client.SeverityWarn:
		s.Warn++
	case client.SeverityFail:
		s.Fail++
	case client.SeverityNone:
		s.None++
	}
}

// words are the counts of what the noun names.
func (s summaryJSON) words(noun string) string {
	text := fmt.Sprintf("%d %s: %d ok, %d %s, %d %s",
		s.Total, plural(s.Total, noun), s.OK, s.Warn, plural(s.Warn, "warning"), s.Fail, plural(s.Fail, "failure"))
	if s.None > 0 {
		text += fmt.Sprintf(", %d not checked", s.None)
	}
	return text
}

func newProfileJSON(p config.Profile, s client.Snapshot, source, active string) profileJSON {
	out := profileJSON{
		Name: p.Name, Provider: p.Provider, Label: p.Label, Tags: list(p.Tags),
		Active: p.Name == active, Endpoint: s.Endpoint,
		Health:        newHealthJSON(s),
		Organizations: []orgJSON{}, LinkedAccounts: []linkedJSON{},
		Token: tokenJSON{
			Expiry: client.ExpiryUnknown, Source: source, Caveats: []string{}, Facts: []factJSON{},
		},
		RateLimit: rateJSON{
			Limit: s.RateLimit.Limit, Remaining: s.RateLimit.Remaining, ResetAt: timeJSON(s.RateLimit.ResetAt),
			Name: s.RateLimit.Name, Source: s.RateLimit.Source,
		},
		Details:  detailsJSON{CheckedAt: timeJSON(s.Details.CheckedAt), Problem: s.Details.Problem},
		Warnings: list(s.Warnings),
	}
	if a := s.Account; a != nil {
		out.addAccount(*a)
	}
	return out
}

func newHealthJSON(s client.Snapshot) healthJSON {
	h := s.Health
	out := healthJSON{
		State: h.State, Severity: h.State.Severity(),
		Code: h.Code, Description: h.Description, Explanation: h.Explanation, Remedy: h.Remedy,
		CheckedAt: timeJSON(h.CheckedAt), Attempts: h.Attempts, RetryAt: timeJSON(h.RetryAt),
		Stale: s.Stale(), LastOKAt: timeJSON(h.LastOKAt), Since: timeJSON(s.Since),
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

func (p *profileJSON) addAccount(a client.Account) {
	u := a.User
	p.User = &userJSON{
		ID: u.ID, FullName: u.FullName, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username,
		Emails: list(u.Emails), AvatarURL: u.AvatarURL, URL: u.URL,
		CreatedAt: timeJSON(u.CreatedAt), BasicAuthEnabled: u.BasicAuthEnabled,
	}
	for _, o := range a.Organizations {
		p.Organizations = append(p.Organizations, orgJSON(o))
	}
	for _, l := range a.LinkedAccounts {
		p.LinkedAccounts = append(p.LinkedAccounts, linkedJSON{
			IDP: l.IDP, SubjectID: l.SubjectID, FullName: l.FullName, Username: l.Username,
			Emails: list(l.Emails), Entitlements: list(l.Entitlements), Custom: json.RawMessage(l.Custom),
		})
	}
	t := a.Token
	p.Token.ID, p.Token.Name, p.Token.Kind = t.ID, t.Name, t.Kind
	p.Token.Expiry, p.Token.ExpiresAt = t.Expiry.KindOrUnknown(), timeJSON(t.Expiry.At)
	p.Token.Scopes, p.Token.AllowedNetworks = t.Scopes, t.Networks
	p.Token.ExpirySource, p.Token.Caveats = t.Expiry.Source, list(t.Caveats)
	for _, f := range t.Facts {
		p.Token.Facts = append(p.Token.Facts, factJSON(f))
	}
}

// list is s, an empty list instead of null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

type errorJSON struct {
	Schema int         `json:"schema"`
	Errors []errorLine `json:"errors"`
}

type errorLine struct {
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
}

// warningJSON is what a script may want to know besides the result.
type warningJSON struct {
	Schema   int      `json:"schema"`
	Warnings []string `json:"warnings"`
}

// errorsJSON is an error, or the errors it joins, for a script.
func errorsJSON(err error) errorJSON {
	out := errorJSON{Schema: schema}
	for _, e := range flatten(err) {
		line := errorLine{Message: e.Error()}
		if p, ok := configProblem(e); ok {
			line = errorLine{Message: withRemedy(p.Message, p.Remedy), File: p.File, Line: p.Line}
		}
		out.Errors = append(out.Errors, line)
	}
	return out
}

// configProblem finds the problem of the configuration in an error.
func configProblem(err error) (config.Problem, bool) {
	if p, ok := errors.AsType[*config.Problem](err); ok {
		return *p, true
	}
	return errors.AsType[config.Problem](err)
}

// withRemedy adds what to do to what is wrong.
func withRemedy(message, remedy string) string {
	if remedy == "" {
		return message
	}
	return message + ". " + remedy
}

// writeJSON writes v indented, with every character escaped that could act on
// a terminal.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeControls(b.Bytes()))
	return err
}

// escapeControls replaces the control and format characters that
// encoding/json leaves as they are (DEL, C1, bidirectional controls and the
// like) by their \u escapes. They can only stand inside of strings.
func escapeControls(in []byte) []byte {
	out := make([]byte, 0, len(in))
	for len(in) > 0 {
		r, n := utf8.DecodeRune(in)
		switch {
		case r == '\n' || !unicode.In(r, unicode.Cc, unicode.Cf):
			out = append(out, in[:n]...)
		case r > 0xffff:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		in = in[n:]
	}
	return out
}
