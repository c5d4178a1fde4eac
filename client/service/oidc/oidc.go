package oidc

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Service is any provider of OpenID Connect.
type Service struct{}

// discoveryPath is where an issuer describes itself.
const discoveryPath = "/.well-known/openid-configuration"

func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name:       "oidc",
		Title:      "OpenID Connect",
		Path:       discoveryPath,
		GroupsWord: "groups",
	}
}

// Address is that of the issuer, which a person may have written with the path of its description.
// Base keeps a slash at its end: it is a part of the issuer's name.
func (s Service) Address(base string, _ map[string]string) (service.Address, error) {
	base = strings.TrimSuffix(base, discoveryPath)
	at, err := service.NewAddress(base, s.Info())
	if err != nil {
		return at, err
	}
	at.Base = base
	return at, nil
}

// Prepare shows the access token in the usual way (RFC 6750, section 2.1).
func (Service) Prepare(h http.Header, b service.Bearer) {
	h.Set("Authorization", "Bearer "+b.Secret())
}

// Identify asks the issuer where UserInfo is, which needs no token and is not asked
// again while all goes well, and there for the user.
func (Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	var at string
	var d account.Diagnosis
	if err := service.Reading(ctx, ask, service.Request{Path: discoveryPath, Bare: true, Kept: true}, func(a service.Answer) error {
		at, d = discovered(a, q)
		return nil
	}); err != nil {
		return nil, service.Unanswered(err)
	}
	if d.State != "" {
		return nil, d
	}
	q.Endpoint = at
	if u, err := url.Parse(at); err == nil {
		q.Host = u.Host
	}
	return service.IdentifyBy(ctx, ask, q, service.Request{Path: at, Named: true}, read)
}

// Details asks for nothing: UserInfo tells all that there is.
func (Service) Details(context.Context, service.Ask, service.Asked, account.Account) service.Details {
	return service.Details{}
}
