package katapult

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Service is the core API of Katapult.
type Service struct{}

func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name:       "katapult",
		Title:      "Katapult",
		DefaultURL: "https://api.katapult.io",
		Prefix:     "/core/v1",
		Path:       "/users/current",
		Window:     time.Minute,
		Unlinked:   true,
	}
}

// cliToken is where katapult-cli takes a token. It reads no variable for the
// address: it asks the one that its own file names, else the public one.
const cliToken = "KATAPULT_API_TOKEN"

// Variables serves the Terraform provider, which takes KATAPULT_API_KEY and an
// address, and katapult-cli where it asks that address anyway. KATAPULT_API_URL is read by
// scripts, if by any, and was set by an earlier rollcall. The data center of the
// provider is none of it: it says where in an account something is made.
func (k Service) Variables(g service.Grant) (set []service.Variable, read []string) {
	read = []string{"KATAPULT_API_KEY", cliToken, "KATAPULT_ORGANIZATION", "KATAPULT_TF_DEBUG_API_URL", "KATAPULT_API_URL"}
	set = []service.Variable{{Name: "KATAPULT_API_KEY", Value: g.Secret}}
	if g.Organization != "" {
		set = append(set, service.Variable{Name: "KATAPULT_ORGANIZATION", Value: g.Organization})
	}
	if k.same(g.Base, g.Told[cliToken]) {
		set = append(set, service.Variable{Name: cliToken, Value: g.Secret})
	}
	if !k.same(g.Base, "") {
		set = append(set, service.Variable{Name: "KATAPULT_TF_DEBUG_API_URL", Value: g.Base})
	}
	return set, read
}

// Withheld keeps the token of one installation from a katapult-cli that asks
// another.
func (k Service) Withheld(g service.Grant) []service.Withheld {
	if k.same(g.Base, g.Told[cliToken]) {
		return nil
	}
	return []service.Withheld{{Variable: cliToken, Tool: "katapult-cli", Told: g.Told[cliToken]}}
}

// same reports whether two addresses are those of one installation, however they
// are written; the empty one is the public one's.
func (k Service) same(base, other string) bool {
	a, err := k.Address(base, nil)
	b, otherErr := k.Address(other, nil)
	_, path, _ := strings.Cut(a.Root, a.Host)
	_, otherPath, _ := strings.Cut(b.Root, b.Host)
	return err == nil && otherErr == nil && a.Origin == b.Origin && path == otherPath
}

// TokenPage is the start page of the console: tokens of a user are in its
// settings, those of an organization below that organization.
func (k Service) TokenPage(base string) string {
	if !k.same(base, "") {
		return ""
	}
	return "https://my.katapult.io"
}

// Address is that of the installation, with the prefix of the core API.
func (k Service) Address(base string, _ map[string]string) (service.Address, error) {
	return service.NewAddress(base, k.Info())
}

// Prepare shows the token in the usual way.
func (Service) Prepare(h http.Header, b service.Bearer) {
	h.Set("Authorization", "Bearer "+b.Secret())
}

// identity is the answer to the identity request.
type identity struct {
	User struct {
		ID        string `json:"id"`
		FirstName string `json:"first_name"`
		LastName  string `json:"last_name"`
		AvatarURL string `json:"avatar_url"`
	} `json:"user"`
	Organizations service.List[organization] `json:"organizations"`
	APITokenID    string                     `json:"api_token_id"`
}

// organization is one as the identity answer has it.
type organization struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	SubDomain string `json:"sub_domain"`
}

// Identify asks for the user of the token.
func (k Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	return service.IdentifyBy(ctx, ask, q, service.Request{Path: k.Info().Path}, read)
}

func read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status/100 != 2 {
		return nil, refused(a, q)
	}
	var body identity
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if strings.TrimSpace(body.User.ID) == "" {
		return nil, refused(a, q)
	}
	acc := &account.Account{
		User: account.User{
			ID:        body.User.ID,
			FullName:  strings.TrimSpace(body.User.FirstName + " " + body.User.LastName),
			FirstName: body.User.FirstName,
			LastName:  body.User.LastName,
			AvatarURL: body.User.AvatarURL,
		},
		Token: account.Token{ID: body.APITokenID},
	}
	if acc.Token.ID != "" {
		acc.Token.Kind = tokenKind
	}
	// Nil would say that the answer does not tell.
	acc.Organizations = make([]account.Organization, 0, len(body.Organizations.Kept))
	acc.Totals.Organizations = body.Organizations.Total()
	for _, o := range body.Organizations.Kept {
		if o.ID != "" || o.Name != "" {
			acc.Organizations = append(acc.Organizations, account.Organization{ID: o.ID, Name: o.Name, SubDomain: o.SubDomain})
		}
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

const tokenKind = "api token"

// The search for the token's own record takes so many requests at most, which
// is a part of what a token may send in a minute, and has pages of such a size.
const (
	maxPages = 25
	perPage  = 200
)

// Details looks for the token's own record, which Katapult tells only in the
// lists of the organizations' tokens.
func (k Service) Details(ctx context.Context, ask service.Ask, _ service.Asked, acc account.Account) service.Details {
	if acc.Token.ID == "" {
		return service.Details{}
	}
	left := maxPages
	var missing account.Notes
	for _, o := range acc.Organizations {
		record, err := k.findToken(ctx, ask, o.ID, acc.Token.ID, &left)
		if record != nil {
			return service.Details{Token: record.token(o), Rate: record.rate()}
		}
		if err == nil {
			continue
		}
		if errors.Is(err, errSearchedEnough) {
			if missing == nil {
				missing = account.Notes{{Kind: account.NoteUnfound, About: account.PartToken, What: recordWord, Count: maxPages}}
			}
			break
		}
		missing = account.Notes{service.Unread(account.PartToken, recordWord, err)}
		refused, _ := errors.AsType[service.RefusedError](err)
		switch refused.Code {
		case "organization_suspended", "organization_not_activated", "organization_not_found", "permission_denied":
			// The next organization may allow what this one refuses.
		case "scope_not_granted":
			return service.Details{Notes: account.Notes{{
				Kind: account.NoteRefused, About: account.PartToken, What: "own record", Scope: "api_tokens:read",
			}}}
		default:
			return service.Details{Notes: missing}
		}
	}
	if missing == nil {
		missing = account.Notes{{Kind: account.NoteUnlisted, About: account.PartToken, What: "organizations"}}
	}
	return service.Details{Notes: missing}
}

// recordWord is what the record of a token is called in notes.
const recordWord = "token's own record"

// tokenList is one page of an organization's tokens. The secret that a
// record can hold is left where it is.
type tokenList struct {
	Pagination struct {
		TotalPages int `json:"total_pages"`
		PerPage    int `json:"per_page"`
	} `json:"pagination"`
	APITokens service.Sought[record] `json:"api_tokens"`
}

type record struct {
	ID        string               `json:"id"`
	Name      string               `json:"name"`
	Addresses service.List[string] `json:"authorized_ip_addresses"`
	Scopes    service.List[string] `json:"scopes"`
	// ExpiresAt is raw because null means never, and absence nothing.
	ExpiresAt json.RawMessage `json:"expires_at"`
	// RateLimit is how many requests a minute the token may send.
	RateLimit service.Lenient[int64] `json:"rate_limit"`
}

var errSearchedEnough = errors.New("searched enough")

// findToken pages through an organization's tokens, with no more requests than
// are left. It returns nil where the token is not among them.
func (Service) findToken(ctx context.Context, ask service.Ask, organization, id string, left *int) (*record, error) {
	for page := 1; ; page++ {
		if *left--; *left < 0 {
			return nil, errSearchedEnough
		}
		query := url.Values{
			"organization[id]": {organization},
			"per_page":         {fmt.Sprint(perPage)},
			"page":             {fmt.Sprint(page)},
		}
		var body tokenList
		body.APITokens.Wanted = func(r record) bool { return r.ID == id }
		err := service.AskJSON(ctx, ask, service.Request{Path: "/organizations/_/api_tokens?" + query.Encode()}, &body,
			func(body []byte) string { return readRefusal(body).Code.V })
		if err != nil {
			return nil, err
		}
		if body.APITokens.Found != nil {
			return body.APITokens.Found, nil
		}
		// Large sets have no number of pages: they end with a short page.
		rows, pages := body.APITokens.Told, body.Pagination.TotalPages
		full := rows > 0 && rows >= cmp.Or(body.Pagination.PerPage, perPage)
		if pages > 0 && page >= pages || pages <= 0 && !full {
			return nil, nil
		}
	}
}

// recordSource says where facts come from that the token's own record tells.
const recordSource = "token record"

// token is what the record tells, found among the tokens of an organization.
func (r record) token(owner account.Organization) *account.Token {
	t := &account.Token{
		ID:       r.ID,
		Name:     r.Name,
		Kind:     tokenKind,
		Scopes:   []string{},
		Networks: append([]string{}, r.Addresses.Kept...),
		Totals:   account.TokenTotals{Scopes: r.Scopes.Total(), Networks: r.Addresses.Total()},
	}
	for _, s := range r.Scopes.Kept {
		t.Scopes = append(t.Scopes, shortScope(s))
	}
	var seconds float64
	switch {
	case string(r.ExpiresAt) == "null":
		t.Expiry = account.Expiry{Kind: account.ExpiryNever, Source: recordSource}
	case json.Unmarshal(r.ExpiresAt, &seconds) == nil:
		t.Expiry = account.Expiry{Kind: account.ExpiryDate, At: service.UnixTime(seconds), Source: recordSource}
	}
	if name := cmp.Or(owner.Name, owner.ID); name != "" {
		t.Facts = []account.Fact{{Name: "owner", Value: name, Source: recordSource}}
	}
	return t
}

// rate is the budget that the record names; nil for none.
func (r record) rate() *account.RateLimit {
	if r.RateLimit.V <= 0 {
		return nil
	}
	return &account.RateLimit{Limit: &r.RateLimit.V, Source: recordSource}
}
