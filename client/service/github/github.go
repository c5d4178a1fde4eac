package github

import (
	"context"
	"net/http"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Service is the REST API of GitHub.
type Service struct{}

// Info describes GitHub. It counts the requests of a user, whichever token sends
// them. The limit of an hour always tells when it is full again; a minute is what
// GitHub's page tells to wait after a secondary limit that names no time.
func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name: "github", Title: "GitHub", DefaultURL: "https://" + publicAPI, Path: "/user",
		Window: time.Minute, LimitPerUser: true, LateEmails: true, LateLinks: true,
	}
}

// Prepare shows the token in the usual way, and asks for the version that is read.
func (Service) Prepare(h http.Header, b service.Bearer) {
	h.Set("Authorization", "Bearer "+b.Secret())
	h.Set("Accept", "application/vnd.github+json")
	h.Set("X-GitHub-Api-Version", apiVersion)
}

// Identify asks for the user of the token. An answer that has not changed costs
// nothing of the limit.
func (s Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	r := service.Request{Path: s.Info().Path, Bucket: core, Conditional: true}
	return service.IdentifyBy(ctx, ask, q, r, read)
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
		return nil, refused(a, q, identityRequest)
	}
	var body user
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if body.ID <= 0 {
		return nil, refused(a, q, identityRequest)
	}
	acc := &account.Account{User: body.account(), Token: tokenOf(a.Header, q.Bearer)}
	if !moment(body.SuspendedAt.V).IsZero() {
		return acc, service.Diagnosed(account.Forbidden, "An administrator of "+q.Host+" has suspended this user.",
			"Ask an administrator of "+q.Host+" to take that back, or use the token of another user"+q.Kept()+".")
	}
	return acc, account.Diagnosis{State: account.Healthy}
}
