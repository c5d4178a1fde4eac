package onezone

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// Service is the central service of an Onedata installation.
type Service struct{}

func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name:   "onezone",
		Title:  "Onezone",
		Prefix: "/api/v3/onezone",
		Path:   "/user",
		Basic:  true,

		GroupsWord: groupsWord,
	}
}

// Variables serves the REST clients (ONEZONE_…; ONEDATA_API_KEY at
// ONEDATA_ZONE) and oneclient, which takes tokens only and asks its user for the
// Oneprovider to go to. A provider that the environment names may belong to
// another zone. ONECLIENT_AUTHORIZATION_TOKEN and ONECLIENT_PROVIDER_HOSTNAME are
// old names.
func (Service) Variables(g service.Grant) (set []service.Variable, read []string) {
	read = []string{
		"ONEZONE_HOST", "ONEZONE_API_KEY", "ONEZONE_BASIC_AUTH", "ONEDATA_ZONE", "ONEDATA_API_KEY", "ONEDATA_PROVIDER",
		"ONECLIENT_ACCESS_TOKEN", "ONECLIENT_AUTHORIZATION_TOKEN", "ONECLIENT_PROVIDER_HOST", "ONECLIENT_PROVIDER_HOSTNAME",
	}
	set = []service.Variable{{Name: "ONEZONE_HOST", Value: g.Base}}
	if g.Username != "" {
		return append(set, service.Variable{Name: "ONEZONE_BASIC_AUTH", Value: g.Username + ":" + g.Secret}), read
	}
	set = append(set, service.Variable{Name: "ONEDATA_ZONE", Value: g.Base})
	for _, name := range []string{"ONEZONE_API_KEY", "ONEDATA_API_KEY", "ONECLIENT_ACCESS_TOKEN"} {
		set = append(set, service.Variable{Name: name, Value: g.Secret})
	}
	return set, read
}

// TokenPage is the form for a new token in the zone's own pages.
func (Service) TokenPage(base string) string { return base + "/ozw/onezone/i#/onedata/tokens/new" }

// Prepare uses Onezone's own header for tokens, which proxies leave alone
// more often than Authorization.
func (Service) Prepare(h http.Header, b service.Bearer) {
	if !b.Basic() {
		h.Set("X-Auth-Token", b.Secret())
		return
	}
	h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(b.Username()+":"+b.Secret())))
}

// identity is the answer to the identity request. The lenient fields are
// the names that old zones use.
type identity struct {
	UserID           string                      `json:"userId"`
	FullName         string                      `json:"fullName"`
	Username         string                      `json:"username"`
	Emails           service.List[string]        `json:"emails"`
	LinkedAccounts   service.List[linkedAccount] `json:"linkedAccounts"`
	BasicAuthEnabled *bool                       `json:"basicAuthEnabled"`
	Blocked          bool                        `json:"blocked"`
	CreationTime     float64                     `json:"creationTime"`
	oldNames
}

type linkedAccount struct {
	IDP          string               `json:"idp"`
	SubjectID    string               `json:"subjectId"`
	FullName     string               `json:"fullName"`
	Username     string               `json:"username"`
	Emails       service.List[string] `json:"emails"`
	Entitlements service.List[string] `json:"entitlements"`
	Custom       json.RawMessage      `json:"custom"`
	oldNames
}

type oldNames struct {
	Name      service.Lenient[string]               `json:"name"`
	Login     service.Lenient[string]               `json:"login"`
	Alias     service.Lenient[string]               `json:"alias"`
	EmailList service.Lenient[service.List[string]] `json:"emailList"`
	Groups    service.Lenient[service.List[string]] `json:"groups"`
}

// Address is that of the zone, with the prefix of its API.
func (z Service) Address(base string, _ map[string]string) (service.Address, error) {
	return service.NewAddress(base, z.Info())
}

// Identify asks for the user of the token or password.
func (z Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	return service.IdentifyBy(ctx, ask, q, service.Request{Path: z.Info().Path}, read)
}

func read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status/100 != 2 {
		return refused(a, q)
	}
	var body identity
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if strings.TrimSpace(body.UserID) == "" {
		return refused(a, q)
	}
	acc := body.account()
	if q.Basic() {
		acc.Token.Kind = passwordKind
	}
	if body.Blocked {
		return acc, blocked(q)
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

// Stated is what a macaroon says of itself.
func (Service) Stated(secret string) *account.Token {
	m, ok := parseMacaroon(secret)
	if !ok {
		return nil
	}
	return m.token()
}

// refused is what a refusal means. A token that is good for something
// else tells by itself who its user is; the rest of it is a matter of details.
func refused(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	d := diagnose(a, q)
	m, ok := parseMacaroon(q.Secret())
	if ends := m.expiry(); ok && d.Refuses() && ends.Kind == account.ExpiryDate {
		d.EndClaimed = ends.At
	}
	if id := m.user(); ok && id != "" && d.State == account.ScopeMissing {
		return &account.Account{User: account.User{ID: id}, Token: account.Token{ID: m.id, Kind: m.words()}}, d
	}
	return nil, d
}

const passwordKind = "password"

func (u identity) account() *account.Account {
	emails := firstOf(u.Emails, u.EmailList.V)
	acc := &account.Account{User: account.User{
		ID:               u.UserID,
		FullName:         cmp.Or(u.FullName, u.Name.V),
		Username:         cmp.Or(u.Username, u.Login.V, u.Alias.V),
		Emails:           text.FirstNonEmpty(emails.Kept),
		BasicAuthEnabled: u.BasicAuthEnabled,
	}}
	acc.Totals.Emails, acc.Totals.LinkedAccounts = emails.Total(), u.LinkedAccounts.Total()
	if u.CreationTime > 0 && u.CreationTime <= float64(service.MaxTime.Unix()) {
		acc.User.CreatedAt = service.UnixTime(u.CreationTime)
	}
	for _, l := range u.LinkedAccounts.Kept {
		if l.IDP != "" || l.SubjectID != "" {
			acc.LinkedAccounts = append(acc.LinkedAccounts, l.account())
		}
	}
	acc.Totals.LinkedEmails = u.total(func(l linkedAccount) service.List[string] { return firstOf(l.Emails, l.EmailList.V) })
	acc.Totals.Entitlements = u.total(func(l linkedAccount) service.List[string] { return firstOf(l.Entitlements, l.Groups.V) })
	return acc
}

// total is how many elements a list of all linked accounts has where not all of them are
// kept, and zero where they are.
func (u identity) total(of func(linkedAccount) service.List[string]) int {
	var all service.List[string]
	for _, l := range u.LinkedAccounts.Kept {
		all.Add(of(l))
	}
	return all.Total()
}

// firstOf is the first list with something in it.
func firstOf(lists ...service.List[string]) (first service.List[string]) {
	for _, l := range lists {
		if slices.ContainsFunc(l.Kept, func(s string) bool { return s != "" }) {
			return l
		}
	}
	return first
}

func (l linkedAccount) account() account.LinkedAccount {
	return account.LinkedAccount{
		IDP:          l.IDP,
		SubjectID:    l.SubjectID,
		FullName:     cmp.Or(l.FullName, l.Name.V),
		Username:     cmp.Or(l.Username, l.Login.V, l.Alias.V),
		Emails:       text.FirstNonEmpty(firstOf(l.Emails, l.EmailList.V).Kept),
		Entitlements: text.FirstNonEmpty(firstOf(l.Entitlements, l.Groups.V).Kept),
		Custom:       compactJSON(l.Custom),
	}
}
