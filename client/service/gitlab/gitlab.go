package gitlab

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
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
func (s Service) Address(base string, _ map[string]string) (service.Address, error) {
	return service.NewAddress(base, s.Info())
}

// TokenPage is the page that makes a personal access token, with its name and scopes
// filled in.
func (Service) TokenPage(base string) string {
	return base + "/-/user_settings/personal_access_tokens?" + url.Values{"name": {"rollcall"}, "scopes": {"read_user,read_api"}}.Encode()
}

// Prepare shows access tokens in GitLab's own header, and those of OAuth, which it
// does not take there, in the usual one. An administrator may have chosen other
// first letters for the former, so that what has no form is one of them.
func (Service) Prepare(h http.Header, b service.Bearer) {
	if isOAuth(b.Secret()) {
		h.Set("Authorization", "Bearer "+b.Secret())
		return
	}
	h.Set("Private-Token", b.Secret())
}

// Identify asks for the user of the token. A token whose scopes do not let it ask for
// its user may ask for its own record, which names the id of the user.
func (s Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	acc, d := service.IdentifyBy(ctx, ask, q, service.Request{Path: s.Info().Path, Conditional: true}, read)
	if d.State != account.ScopeMissing || isOAuth(q.Secret()) {
		return acc, d
	}
	if kept, err := askRecord(ctx, ask, true); err == nil && kept.UserID > 0 {
		known := account.Token{Kind: kindOf(q.Secret()).word}
		acc = &account.Account{User: account.User{ID: number(kept.UserID)}, Token: *kept.token(known)}
	}
	return acc, d
}

// Stated is the kind of a token, which its first letters tell even of one that is
// refused; nil where they tell nothing.
func (Service) Stated(secret string) *account.Token {
	if k := kindOf(secret); k.word != "" {
		return &account.Token{Kind: k.word}
	}
	return nil
}

// read tells what the answer to the identity request means.
func read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status/100 != 2 {
		return nil, refused(a, q)
	}
	var body user
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if body.ID <= 0 {
		return nil, refused(a, q)
	}
	acc := body.account()
	acc.Token.Kind = kindOf(q.Secret()).word
	if body.Bot.V {
		acc.Token.Kind = "project or group access token"
	}
	if words := body.shutOut(); words != "" {
		return acc, service.Diagnosed(account.Forbidden, "GitLab says that this user is "+words+".",
			"Ask an administrator of "+q.Host+" to let the user in again, or use the token of another one"+q.Kept()+".")
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

// shutOut is the word for the state of a user who may not come in; empty for any
// other.
func (u user) shutOut() string {
	switch state := u.State.V; state {
	case "blocked", "banned", "deactivated", "ldap_blocked", "blocked_pending_approval":
		return cmp.Or(map[string]string{"ldap_blocked": "blocked by the directory"}[state], strings.ReplaceAll(state, "_", " "))
	}
	return ""
}
