package cmd

import (
	"encoding/json"

	"rollcall/client/account"
	"rollcall/client/insight"
)

type statusJSON struct {
	Schema      int            `json:"schema"`
	GeneratedAt timeJSON       `json:"generated_at"`
	Summary     statusSumJSON  `json:"summary"`
	Profiles    []profileJSON  `json:"profiles"`
	Incidents   []incidentJSON `json:"incidents"`
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
	RateLimits     []rateJSON   `json:"rate_limits"`
	Details        detailsJSON  `json:"details"`
	Warnings       []string     `json:"warnings"`
	// Totals are how many elements there are in lists of which long ones are cut.
	Totals totalsJSON `json:"totals"`
}

// totalsJSON are the lengths of the lists of an account, whether all of it is told or not.
type totalsJSON struct {
	Organizations   int `json:"organizations"`
	LinkedAccounts  int `json:"linked_accounts"`
	Emails          int `json:"emails"`
	Scopes          int `json:"scopes"`
	AllowedNetworks int `json:"allowed_networks"`
}

type healthJSON struct {
	State       account.State    `json:"state"`
	Severity    account.Severity `json:"severity"`
	HTTPStatus  *int             `json:"http_status"`
	Code        string           `json:"code"`
	Description string           `json:"description"`
	Explanation string           `json:"explanation"`
	Remedy      string           `json:"remedy"`
	// Action is what rollcall can do of the remedy; empty for nothing.
	Action    account.Action `json:"action"`
	CheckedAt timeJSON       `json:"checked_at"`
	LatencyMS *float64       `json:"latency_ms"`
	Attempts  int            `json:"attempts"`
	RetryAt   timeJSON       `json:"retry_at"`
	Stale     bool           `json:"stale"`
	LastOKAt  timeJSON       `json:"last_ok_at"`
	// Verdict is null until the service judged the credential.
	Verdict *verdictJSON    `json:"verdict"`
	Urgency insight.Urgency `json:"urgency"`
	// DueAt is the end of the token; null where it has none, or none is known.
	DueAt timeJSON `json:"due_at"`
	// Since is when the profile came into its state; null where not known.
	Since timeJSON `json:"since"`
	// SnoozedUntil is null where no snooze holds.
	SnoozedUntil timeJSON `json:"snoozed_until"`
	// SnoozeNote is the person's reason for it.
	SnoozeNote string `json:"snooze_note"`
}

// verdictJSON is what the service last said of the credential, and when.
type verdictJSON struct {
	State account.State `json:"state"`
	At    timeJSON      `json:"at"`
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
	Access    string `json:"access"`
	URL       string `json:"url"`
}

type linkedJSON struct {
	IDP       string `json:"idp"`
	SubjectID string `json:"subject_id"`
	FullName  string `json:"full_name"`
	Username  string `json:"username"`
	// URL is the page of the account, where the service knows it by that.
	URL          string   `json:"url"`
	Emails       []string `json:"emails"`
	Entitlements []string `json:"entitlements"`
	// Custom is whatever JSON the identity provider gave, left out where it
	// gave none.
	Custom json.RawMessage `json:"custom,omitempty"`
}

type tokenJSON struct {
	ID              string             `json:"id"`
	Name            string             `json:"name"`
	Kind            string             `json:"kind"`
	Expiry          account.ExpiryKind `json:"expiry"`
	ExpiresAt       timeJSON           `json:"expires_at"`
	Scopes          []string           `json:"scopes"`
	AllowedNetworks []string           `json:"allowed_networks"`
	Source          string             `json:"source"`
	ExpirySource    string             `json:"expiry_source"`
	Caveats         []string           `json:"caveats"`
	Facts           []factJSON         `json:"facts"`
}

type factJSON struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Source string `json:"source"`
}

// rateJSON is a budget of requests. A profile has all of them, and by itself the
// one nearest to its end, which is the first.
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

type incidentJSON struct {
	State       account.State `json:"state"`
	Title       string        `json:"title"`
	Explanation string        `json:"explanation"`
	Remedy      string        `json:"remedy"`
	Profiles    []string      `json:"profiles"`
}

func newIncidentsJSON(incidents []insight.Incident) []incidentJSON {
	all := []incidentJSON{}
	for _, i := range incidents {
		all = append(all, incidentJSON{i.State, i.Title, i.Explanation, i.Remedy, i.Profiles})
	}
	return all
}
