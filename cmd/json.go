package cmd

import (
	"encoding/json"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// statusJSON is how the profiles are, in the order of the configuration.
type statusJSON struct {
	// Schema is the number of this format. Keys may be added to it; one that is changed or
	// removed makes another number.
	Schema int `json:"schema"`
	// GeneratedAt is when this was printed.
	GeneratedAt timeJSON `json:"generated_at"`
	// Summary counts the profiles. Their severities are those of what lists show: of the
	// verdict while the service cannot be asked, so that an outage turns no profile that was
	// fine into one that fails, and else of the state.
	Summary statusSumJSON `json:"summary"`
	// Profiles are those that were asked for.
	Profiles []profileJSON `json:"profiles"`
	// Incidents are the faults that several profiles have in common.
	Incidents []incidentJSON `json:"incidents"`
}

// profileJSON is a profile, with what its service last said.
type profileJSON struct {
	// Name is the profile's name in the configuration.
	Name string `json:"name"`
	// Provider is the name of the service.
	Provider string `json:"provider"`
	// Label is what the configuration shows beside the name; empty for nothing.
	Label string `json:"label"`
	// Tags are the words that the configuration gives the profile.
	Tags []string `json:"tags"`
	// Active is set for the profile that commands take where none is named.
	Active bool `json:"active"`
	// Endpoint is the address that is asked; empty where nothing can be.
	Endpoint string `json:"endpoint"`
	// Health is how the token is doing.
	Health healthJSON `json:"health"`
	// User is null until an answer was had. Under wrong_account it is the one who answered.
	User *userJSON `json:"user"`
	// Organizations are those of the user; empty where there are none, or they are not known.
	Organizations []orgJSON `json:"organizations"`
	// LinkedAccounts are the user's accounts at identity providers.
	LinkedAccounts []linkedJSON `json:"linked_accounts"`
	// Token is what is known of the token; never the secret itself.
	Token tokenJSON `json:"token"`
	// RateLimit is the budget that is nearest to its end.
	RateLimit rateJSON `json:"rate_limit"`
	// RateLimits are all budgets that the service told of, the one nearest to its end first.
	RateLimits []rateJSON `json:"rate_limits"`
	// Details tell how the requests beyond the one for the user went.
	Details detailsJSON `json:"details"`
	// Warnings are sentences on what a person should know, though the token works.
	Warnings []string `json:"warnings"`
	// Totals are how many elements there are in lists of which long ones are cut.
	Totals totalsJSON `json:"totals"`
}

// totalsJSON are the lengths of the lists of an account, whether all of it is told or not.
type totalsJSON struct {
	// Organizations is how many the user has.
	Organizations int `json:"organizations"`
	// LinkedAccounts is how many the user has.
	LinkedAccounts int `json:"linked_accounts"`
	// Emails is how many addresses the user has.
	Emails int `json:"emails"`
	// Scopes is how many the token has.
	Scopes int `json:"scopes"`
	// AllowedNetworks is how many the token may be used from.
	AllowedNetworks int `json:"allowed_networks"`
}

// healthJSON is the outcome of the last check.
type healthJSON struct {
	// State is the outcome in one word.
	State account.State `json:"state"`
	// Severity is how bad the state is, whatever the verdict.
	Severity account.Severity `json:"severity"`
	// HTTPStatus is null where no answer came.
	HTTPStatus *int `json:"http_status"`
	// Code is the service's own word for a refusal; empty where it gave none.
	Code string `json:"code"`
	// Description is what the service said of a refusal; empty where it said nothing.
	Description string `json:"description"`
	// Explanation is a sentence on what happened; empty where all is well.
	Explanation string `json:"explanation"`
	// Remedy is what to do about it; empty for nothing.
	Remedy string `json:"remedy"`
	// Action is what rollcall can do of the remedy; empty for nothing.
	Action account.Action `json:"action"`
	// CheckedAt is when the check ended; null where nothing was asked.
	CheckedAt timeJSON `json:"checked_at"`
	// LatencyMS is how long the last attempt took, in milliseconds; null where none was made.
	LatencyMS *float64 `json:"latency_ms"`
	// Attempts is how many requests the check sent, repeated ones included.
	Attempts int `json:"attempts"`
	// RetryAt is until when the service wants no request; null where it says nothing of it.
	RetryAt timeJSON `json:"retry_at"`
	// Stale is set where user, organizations and token are of an earlier answer.
	Stale bool `json:"stale"`
	// LastOKAt is when the right user last answered; null for never.
	LastOKAt timeJSON `json:"last_ok_at"`
	// Verdict is null until the service judged the credential.
	Verdict *verdictJSON `json:"verdict"`
	// Urgency says whether a person has to look after the profile.
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
	// State is the one that it was judged to be in.
	State account.State `json:"state"`
	// At is when the service last said so.
	At timeJSON `json:"at"`
}

// userJSON is the person, bot or service that the token belongs to. A text that is not
// known is empty.
type userJSON struct {
	// ID is the service's own, which never changes.
	ID string `json:"id"`
	// FullName is the name as the service has it.
	FullName string `json:"full_name"`
	// FirstName is told by some services alone.
	FirstName string `json:"first_name"`
	// LastName is told by some services alone.
	LastName string `json:"last_name"`
	// Username is the one for signing in.
	Username string `json:"username"`
	// Emails are the user's addresses.
	Emails []string `json:"emails"`
	// AvatarURL is the address of a picture.
	AvatarURL string `json:"avatar_url"`
	// URL is the user's page at the service.
	URL string `json:"url"`
	// CreatedAt is when the account was made; null where not known.
	CreatedAt timeJSON `json:"created_at"`
	// BasicAuthEnabled says whether the user may sign in with a password; null where the
	// service does not say.
	BasicAuthEnabled *bool `json:"basic_auth_enabled"`
}

// orgJSON is a group that the user belongs to, whatever the service calls it.
type orgJSON struct {
	// ID is the service's own.
	ID string `json:"id"`
	// Name is what people call it.
	Name string `json:"name"`
	// SubDomain is the part of an address that belongs to it; empty for none.
	SubDomain string `json:"sub_domain"`
	// Kind is the service's own word, such as team; empty for none.
	Kind string `json:"kind"`
	// Role is the service's own word for what the user may do there; empty for none.
	Role string `json:"role"`
	// Access is what keeps the token out: sso_required or pending; empty where nothing does.
	Access string `json:"access"`
	// URL is its page at the service; empty where not known.
	URL string `json:"url"`
}

// linkedJSON is the user's account at an identity provider.
type linkedJSON struct {
	// IDP is the service's name for the identity provider.
	IDP string `json:"idp"`
	// SubjectID is the identity provider's id of the user.
	SubjectID string `json:"subject_id"`
	// FullName is the name there; empty where not known.
	FullName string `json:"full_name"`
	// Username is the one there; empty where not known.
	Username string `json:"username"`
	// URL is the page of the account, where the service knows it by that.
	URL string `json:"url"`
	// Emails are the addresses there.
	Emails []string `json:"emails"`
	// Entitlements are what the identity provider says that the user may do.
	Entitlements []string `json:"entitlements"`
	// Custom is whatever JSON the identity provider gave, left out where it
	// gave none.
	Custom json.RawMessage `json:"custom,omitempty"`
}

// tokenJSON is what is known of the token itself, but for the secret.
type tokenJSON struct {
	// ID is the service's own; empty where not known.
	ID string `json:"id"`
	// Name is the one that it was given at the service; empty where not known.
	Name string `json:"name"`
	// Kind is the service's own word for this sort of credential; empty where not known.
	Kind string `json:"kind"`
	// Expiry says whether the token ends at a date, never, or whether that is not known.
	Expiry account.ExpiryKind `json:"expiry"`
	// ExpiresAt is when it ends; null unless expiry is date.
	ExpiresAt timeJSON `json:"expires_at"`
	// Scopes are what it may do; null where that is not known.
	Scopes []string `json:"scopes"`
	// AllowedNetworks are the addresses and ranges that it may be used from: null where not
	// known, empty for any.
	AllowedNetworks []string `json:"allowed_networks"`
	// Source is where the secret is, never the secret itself: "env KATAPULT_API_KEY".
	Source string `json:"source"`
	// ExpirySource is where the end is known from; empty where it is not known.
	ExpirySource string `json:"expiry_source"`
	// Caveats are the restrictions of the token, in words.
	Caveats []string `json:"caveats"`
	// Facts are further things that are known of the token.
	Facts []factJSON `json:"facts"`
}

// factJSON is one thing that is known of a token.
type factJSON struct {
	// Name is a short word for it, such as issuer.
	Name string `json:"name"`
	// Value is what it is, in words.
	Value string `json:"value"`
	// Source is where it is known from; empty where that is the service.
	Source string `json:"source"`
}

// rateJSON is a budget of requests. A profile has all of them, and by itself the
// one nearest to its end, which is the first.
type rateJSON struct {
	// Limit is how many requests there may be in a window; null where not known.
	Limit *int64 `json:"limit"`
	// Remaining is how many are left; null where not known. It can exceed the limit.
	Remaining *int64 `json:"remaining"`
	// ResetAt is when the budget is full again; null where not known.
	ResetAt timeJSON `json:"reset_at"`
	// Name is that of the bucket; empty where the service has one alone.
	Name string `json:"name"`
	// Source is the header or field that this was read from; empty for none.
	Source string `json:"source"`
}

// detailsJSON tells how the requests beyond the identity went.
type detailsJSON struct {
	// CheckedAt is when they were last made; null for never.
	CheckedAt timeJSON `json:"checked_at"`
	// Problem says what of them failed; empty for nothing.
	Problem string `json:"problem"`
}

// incidentJSON is a fault that several profiles have in common.
type incidentJSON struct {
	// State is the one that they are in.
	State account.State `json:"state"`
	// Title is the fault in a few words.
	Title string `json:"title"`
	// Explanation is a sentence on what happened.
	Explanation string `json:"explanation"`
	// Remedy is what to do about it; empty for nothing.
	Remedy string `json:"remedy"`
	// Profiles are the names of those that it concerns.
	Profiles []string `json:"profiles"`
}

func newIncidentsJSON(incidents []insight.Incident) []incidentJSON {
	all := []incidentJSON{}
	for _, i := range incidents {
		all = append(all, incidentJSON{i.State, i.Title, i.Explanation, i.Remedy, i.Profiles})
	}
	return all
}
