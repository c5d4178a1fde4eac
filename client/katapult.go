package client

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
)

// katapult is the core API of Katapult.
type katapult struct{}

func (katapult) info() account.Service {
	return account.Service{
		Name:       "katapult",
		Title:      "Katapult",
		DefaultURL: "https://api.katapult.io",
		Prefix:     "/core/v1",
		Path:       "/users/current",
		Window:     time.Minute,
	}
}

// variables serves the Terraform provider (API_KEY) and the command line tool
// (API_TOKEN), which both ask the public address unless they are told another.
func (k katapult) variables(g grant) (set []Variable, read []string) {
	read = []string{"KATAPULT_API_KEY", "KATAPULT_API_TOKEN", "KATAPULT_ORGANIZATION", "KATAPULT_API_URL"}
	set = []Variable{{"KATAPULT_API_KEY", g.secret}, {"KATAPULT_API_TOKEN", g.secret}}
	if g.organization != "" {
		set = append(set, Variable{"KATAPULT_ORGANIZATION", g.organization})
	}
	if g.base != k.info().DefaultURL {
		set = append(set, Variable{"KATAPULT_API_URL", g.base})
	}
	return set, read
}

// tokenPage is the start page of the console: tokens of a user are in its
// settings, those of an organization below that organization.
func (k katapult) tokenPage(base string) string {
	if base != k.info().DefaultURL {
		return ""
	}
	return "https://my.katapult.io"
}

func (katapult) authorize(h http.Header, _, secret string) {
	h.Set("Authorization", "Bearer "+secret)
}

// katapultUser is the answer to the identity request.
type katapultUser struct {
	User struct {
		ID        string `json:"id"`
		FirstName string `json:"first_name"`
		LastName  string `json:"last_name"`
		AvatarURL string `json:"avatar_url"`
	} `json:"user"`
	Organizations []struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		SubDomain string `json:"sub_domain"`
	} `json:"organizations"`
	APITokenID string `json:"api_token_id"`
}

func (katapult) read(a answer, q question) (*account.Account, account.Diagnosis) {
	if a.status/100 != 2 {
		return nil, katapultRefusal(a, q)
	}
	var body katapultUser
	if problem := decode(a, &body); problem != "" {
		return nil, badResponse(a, q, problem)
	}
	if strings.TrimSpace(body.User.ID) == "" {
		return nil, katapultRefusal(a, q)
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
		acc.Token.Kind = katapultToken
	}
	// Nil would say that the answer does not tell.
	acc.Organizations = []account.Organization{}
	for _, o := range body.Organizations {
		if o.ID != "" || o.Name != "" {
			acc.Organizations = append(acc.Organizations, account.Organization{ID: o.ID, Name: o.Name, SubDomain: o.SubDomain})
		}
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

const katapultToken = "api token"

// The search for the token's own record takes so many requests at most, which
// is a part of what a token may send in a minute, and has pages of such a size.
const (
	katapultMaxPages = 25
	katapultPerPage  = 200
)

// details looks for the token's own record, which Katapult tells only in the
// lists of the organizations' tokens.
func (k katapult) details(ctx context.Context, ask asker, acc account.Account, _ string) details {
	if acc.Token.ID == "" {
		return details{}
	}
	problem, left := "", katapultMaxPages
	for _, o := range acc.Organizations {
		record, err := k.findToken(ctx, ask, o.ID, acc.Token.ID, &left)
		if record != nil {
			return details{token: record.token(o), rate: record.rate()}
		}
		if err == nil {
			continue
		}
		if errors.Is(err, errSearchedEnough) {
			problem = cmp.Or(problem, fmt.Sprintf("The token's own record was not found with %d requests, and no more were sent.", katapultMaxPages))
			break
		}
		problem = "The token's own record could not be read: " + strings.TrimRight(err.Error(), ".") + "."
		refused, _ := errors.AsType[refusedError](err)
		switch refused.code {
		case "organization_suspended", "organization_not_activated", "organization_not_found", "permission_denied":
			// The next organization may allow what this one refuses.
		case "scope_not_granted":
			return details{problem: "The token's scope does not allow its own record to be read (api_tokens:read)."}
		default:
			return details{problem: problem}
		}
	}
	return details{problem: cmp.Or(problem, "None of the organizations lists this token, so when it ends is not known.")}
}

// katapultTokens is one page of an organization's tokens. The secret that a
// record can hold is left where it is.
type katapultTokens struct {
	Pagination struct {
		TotalPages int `json:"total_pages"`
		PerPage    int `json:"per_page"`
	} `json:"pagination"`
	APITokens []katapultRecord `json:"api_tokens"`
}

type katapultRecord struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Addresses []string `json:"authorized_ip_addresses"`
	Scopes    []string `json:"scopes"`
	// ExpiresAt is raw because null means never, and absence nothing.
	ExpiresAt json.RawMessage `json:"expires_at"`
	// RateLimit is how many requests a minute the token may send.
	RateLimit lenient[int64] `json:"rate_limit"`
}

var errSearchedEnough = errors.New("searched enough")

// findToken pages through an organization's tokens, with no more requests than
// are left. It returns nil where the token is not among them.
func (katapult) findToken(ctx context.Context, ask asker, organization, id string, left *int) (*katapultRecord, error) {
	for page := 1; ; page++ {
		if *left--; *left < 0 {
			return nil, errSearchedEnough
		}
		query := url.Values{
			"organization[id]": {organization},
			"per_page":         {fmt.Sprint(katapultPerPage)},
			"page":             {fmt.Sprint(page)},
		}
		var body katapultTokens
		err := askDetail(ctx, ask, "/organizations/_/api_tokens?"+query.Encode(), &body,
			func(body []byte) string { return readKatapultError(body).Code.v })
		if err != nil {
			return nil, err
		}
		for _, r := range body.APITokens {
			if r.ID == id {
				return &r, nil
			}
		}
		// Large sets have no number of pages: they end with a short page.
		rows, pages := len(body.APITokens), body.Pagination.TotalPages
		full := rows > 0 && rows >= cmp.Or(body.Pagination.PerPage, katapultPerPage)
		if pages > 0 && page >= pages || pages <= 0 && !full {
			return nil, nil
		}
	}
}

// recordSource says where facts come from that the token's own record tells.
const recordSource = "token record"

// token is what the record tells, found among the tokens of an organization.
func (r katapultRecord) token(owner account.Organization) *account.Token {
	t := &account.Token{
		ID:       r.ID,
		Name:     r.Name,
		Kind:     katapultToken,
		Scopes:   []string{},
		Networks: append([]string{}, r.Addresses...),
	}
	for _, s := range r.Scopes {
		t.Scopes = append(t.Scopes, katapultScope(s))
	}
	var seconds float64
	switch {
	case string(r.ExpiresAt) == "null":
		t.Expiry = account.Expiry{Kind: account.ExpiryNever, Source: recordSource}
	case json.Unmarshal(r.ExpiresAt, &seconds) == nil:
		t.Expiry = account.Expiry{Kind: account.ExpiryDate, At: unixTime(seconds), Source: recordSource}
	}
	if name := cmp.Or(owner.Name, owner.ID); name != "" {
		t.Facts = []account.Fact{{Name: "owner", Value: name, Source: recordSource}}
	}
	return t
}

// rate is the budget that the record names; nil for none.
func (r katapultRecord) rate() *account.RateLimit {
	if r.RateLimit.v <= 0 {
		return nil
	}
	return &account.RateLimit{Limit: &r.RateLimit.v, Source: recordSource}
}
