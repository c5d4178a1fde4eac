package gitlab

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Service is the REST API of GitLab.
type Service struct{}

// Info describes GitLab. It counts the requests of a user, whichever token sends
// them.
func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name: "gitlab", Title: "GitLab", DefaultURL: "https://gitlab.com", Prefix: "/api/v4", Path: "/user",
		Window: time.Minute, LimitPerUser: true, GroupsWord: "groups", LateEmails: true,
	}
}

// Address is that of the installation, which may lie below a path, with the prefix of
// the API.
func (s Service) Address(base string) (service.Address, error) {
	return service.NewAddress(base, s.Info())
}

// TokenPage is the page that makes a personal access token, with its scopes filled
// in.
func (s Service) TokenPage(base string) string {
	at, err := s.Address(base)
	if err != nil {
		return ""
	}
	return at.Base + "/-/user_settings/personal_access_tokens?" + url.Values{"name": {"rollcall"}, "scopes": {"read_user,read_api"}}.Encode()
}

// Prepare shows access tokens in GitLab's own header, and those of OAuth, which it
// does not take there, in the usual one.
func (Service) Prepare(h http.Header, b service.Bearer) {
	if kindOf(b.Secret()).own {
		h.Set("Private-Token", b.Secret())
		return
	}
	h.Set("Authorization", "Bearer "+b.Secret())
}

// Identify asks for the user of the token.
func (s Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	r := service.Request{Path: s.Info().Path, Conditional: true}
	return service.IdentifyBy(ctx, ask, q, r, read)
}

// user is the answer to the identity request. What only newer releases tell, and what
// is empty for none, may be missing.
type user struct {
	ID          int64                     `json:"id"`
	Username    string                    `json:"username"`
	Name        service.Lenient[string]   `json:"name"`
	State       service.Lenient[string]   `json:"state"`
	Bot         service.Lenient[bool]     `json:"bot"`
	AvatarURL   service.Lenient[string]   `json:"avatar_url"`
	WebURL      service.Lenient[string]   `json:"web_url"`
	CreatedAt   service.Lenient[string]   `json:"created_at"`
	Email       service.Lenient[string]   `json:"email"`
	CommitEmail service.Lenient[string]   `json:"commit_email"`
	PublicEmail service.Lenient[string]   `json:"public_email"`
	Identities  service.Lenient[[]origin] `json:"identities"`
}

// origin is the user's account at a provider of identities.
type origin struct {
	Provider string                  `json:"provider"`
	UID      service.Lenient[string] `json:"extern_uid"`
}

func read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status/100 != 2 {
		return nil, refused(a, q)
	}
	var body user
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if body.ID == 0 {
		return nil, refused(a, q)
	}
	acc := body.account()
	acc.Token.Kind = cmp.Or(kindOf(q.Secret()).word, acc.Token.Kind)
	if body.Bot.V {
		acc.Token.Kind = "project or group access token"
	}
	switch body.State.V {
	case "blocked", "banned", "deactivated", "ldap_blocked", "blocked_pending_approval":
		word := strings.ReplaceAll(body.State.V, "_", " ")
		return acc, service.Diagnosed(account.Forbidden, "GitLab says that this user is "+word+".",
			"Ask an administrator of "+q.Host+" to let the user in again, or use the token of another one"+q.Kept()+".")
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

// account is the user in the words of all services, with the addresses that the
// identity answer has.
func (u user) account() *account.Account {
	acc := &account.Account{User: account.User{
		ID: strconv.FormatInt(u.ID, 10), FullName: u.Name.V, Username: u.Username,
		AvatarURL: u.AvatarURL.V, URL: u.WebURL.V, CreatedAt: moment(u.CreatedAt.V),
		Emails: distinct(u.Email.V, u.CommitEmail.V, u.PublicEmail.V),
	}}
	for _, o := range u.Identities.V {
		if o.Provider != "" {
			acc.LinkedAccounts = append(acc.LinkedAccounts, account.LinkedAccount{IDP: o.Provider, SubjectID: o.UID.V})
		}
	}
	return acc
}

// distinct are the texts that are not empty, each once.
func distinct(all ...string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// moment is a time as the API writes it; zero for none.
func moment(s string) time.Time {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
