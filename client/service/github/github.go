package github

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Service is the REST API of GitHub.
type Service struct{}

// Info describes GitHub. It counts the requests of a user, whichever token sends
// them.
func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name: "github", Title: "GitHub", DefaultURL: "https://api.github.com", Path: "/user",
		Window: time.Hour, LimitPerUser: true, LateEmails: true, LateLinks: true,
	}
}

// serverPrefix is what an Enterprise Server has before the paths of its API.
const serverPrefix = "/api/v3"

// Address is that of the API: of github.com by itself, at *.ghe.com on a host of its
// own, and on an Enterprise Server below a prefix.
func (s Service) Address(base string) (service.Address, error) {
	info := s.Info()
	u, err := url.Parse(base)
	if base == "" || err != nil {
		return service.NewAddress(base, info)
	}
	switch host := strings.ToLower(u.Hostname()); {
	case host == "github.com" || host == "www.github.com":
		u.Host, u.Path = "api.github.com", ""
	case host == "api.github.com", strings.HasPrefix(host, "api.") && isResidency(host):
	case isResidency(host):
		u.Host, u.Path = "api."+u.Host, ""
	default:
		info.Prefix = serverPrefix
	}
	return service.NewAddress(u.String(), info)
}

// isResidency reports whether a host belongs to Enterprise Cloud with data
// residency.
func isResidency(host string) bool { return strings.HasSuffix(host, ".ghe.com") }

// site is the address of the pages for people, and its host, of an installation with
// a base address of its API.
func (s Service) site(base string) (page, host string) {
	at, err := s.Address(base)
	if err != nil {
		return "", ""
	}
	u, err := url.Parse(at.Base)
	if err != nil {
		return "", ""
	}
	if name := u.Hostname(); name == "api.github.com" || isResidency(name) {
		u.Host = strings.TrimPrefix(u.Host, "api.")
	}
	return u.String(), u.Host
}

// wantedScopes are what the details need of a classic token.
const wantedScopes = "read:org,user:email,read:user"

// TokenPage is the page that makes a classic token, with its scopes filled in.
func (s Service) TokenPage(base string) string {
	page, _ := s.site(base)
	if page == "" {
		return ""
	}
	return page + "/settings/tokens/new?" + url.Values{"description": {"rollcall"}, "scopes": {wantedScopes}}.Encode()
}

// apiVersion is the version of the REST API whose answers are read here.
const apiVersion = "2022-11-28"

// Prepare shows the token in the usual way, and asks for the version that is read.
func (Service) Prepare(h http.Header, b service.Bearer) {
	h.Set("Authorization", "Bearer "+b.Secret())
	h.Set("Accept", "application/vnd.github+json")
	h.Set("X-GitHub-Api-Version", apiVersion)
}

// core is the bucket in which the requests of this package count.
const core = "core"

// Identify asks for the user of the token. An answer that has not changed costs
// nothing of the limit.
func (s Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	r := service.Request{Path: s.Info().Path, Bucket: core, Conditional: true}
	return service.IdentifyBy(ctx, ask, q, r, s.read)
}

// user is the answer to the identity request. Of private fields, a token without the
// scope for them sees none.
type user struct {
	ID          int64                   `json:"id"`
	Login       string                  `json:"login"`
	Name        service.Lenient[string] `json:"name"`
	Email       service.Lenient[string] `json:"email"`
	AvatarURL   service.Lenient[string] `json:"avatar_url"`
	HTMLURL     service.Lenient[string] `json:"html_url"`
	Type        service.Lenient[string] `json:"type"`
	CreatedAt   service.Lenient[string] `json:"created_at"`
	SuspendedAt service.Lenient[string] `json:"suspended_at"`
}

func (s Service) read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status/100 != 2 {
		return nil, refused(a, q, identityRequest)
	}
	var body user
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if body.ID == 0 {
		return nil, refused(a, q, identityRequest)
	}
	acc := &account.Account{User: body.account(), Token: tokenOf(a.Header, q.Bearer)}
	if at := moment(body.SuspendedAt.V); !at.IsZero() {
		d := service.Diagnosed(account.Forbidden, "GitHub has suspended this user.",
			"Ask an administrator of "+q.Host+" to take the suspension back, or use the token of another user"+q.Kept()+".")
		return acc, d
	}
	return acc, account.Diagnosis{State: account.Healthy}
}
