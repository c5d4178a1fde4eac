package client

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// onezone is the central service of an Onedata installation.
type onezone struct{}

func (onezone) info() account.Service {
	return account.Service{
		Name:   "onezone",
		Title:  "Onezone",
		Prefix: "/api/v3/onezone",
		Path:   "/user",
		Basic:  true,
	}
}

// variables serves the REST clients (ONEZONE_… and ONEDATA_…) and oneclient,
// which takes tokens only. ONEDATA_ZONE is another zone to use ONEDATA_API_KEY
// at, ONECLIENT_AUTHORIZATION_TOKEN the old name of the access token.
func (onezone) variables(g grant) (set []Variable, read []string) {
	read = []string{
		"ONEZONE_HOST", "ONEZONE_API_KEY", "ONEZONE_BASIC_AUTH", "ONEDATA_API_KEY", "ONECLIENT_ACCESS_TOKEN",
		"ONEDATA_ZONE", "ONECLIENT_AUTHORIZATION_TOKEN",
	}
	set = []Variable{{"ONEZONE_HOST", g.base}}
	if g.username != "" {
		return append(set, Variable{"ONEZONE_BASIC_AUTH", g.username + ":" + g.secret}), read
	}
	for _, name := range []string{"ONEZONE_API_KEY", "ONEDATA_API_KEY", "ONECLIENT_ACCESS_TOKEN"} {
		set = append(set, Variable{name, g.secret})
	}
	return set, read
}

// tokenPage is the form for a new token in the zone's own pages.
func (onezone) tokenPage(base string) string { return base + "/ozw/onezone/i#/onedata/tokens/new" }

// authorize uses Onezone's own header for tokens, which proxies leave alone
// more often than Authorization.
func (onezone) authorize(h http.Header, username, secret string) {
	if username == "" {
		h.Set("X-Auth-Token", secret)
		return
	}
	h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(username+":"+secret)))
}

// onezoneUser is the answer to the identity request. The lenient fields are
// the names that old zones use.
type onezoneUser struct {
	UserID           string          `json:"userId"`
	FullName         string          `json:"fullName"`
	Username         string          `json:"username"`
	Emails           []string        `json:"emails"`
	LinkedAccounts   []onezoneLinked `json:"linkedAccounts"`
	BasicAuthEnabled *bool           `json:"basicAuthEnabled"`
	Blocked          bool            `json:"blocked"`
	CreationTime     float64         `json:"creationTime"`
	onezoneOldNames
}

type onezoneLinked struct {
	IDP          string          `json:"idp"`
	SubjectID    string          `json:"subjectId"`
	FullName     string          `json:"fullName"`
	Username     string          `json:"username"`
	Emails       []string        `json:"emails"`
	Entitlements []string        `json:"entitlements"`
	Custom       json.RawMessage `json:"custom"`
	onezoneOldNames
}

type onezoneOldNames struct {
	Name      lenient[string]   `json:"name"`
	Login     lenient[string]   `json:"login"`
	Alias     lenient[string]   `json:"alias"`
	EmailList lenient[[]string] `json:"emailList"`
	Groups    lenient[[]string] `json:"groups"`
}

func (onezone) read(a answer, q question) (*account.Account, account.Diagnosis) {
	if a.status/100 != 2 {
		return onezoneRefused(a, q)
	}
	var body onezoneUser
	if problem := decode(a, &body); problem != "" {
		return nil, badResponse(a, q, problem)
	}
	if strings.TrimSpace(body.UserID) == "" {
		return onezoneRefused(a, q)
	}
	acc := body.account()
	if q.basic {
		acc.Token.Kind = onezonePassword
	}
	if body.Blocked {
		return acc, onezoneBlocked(q)
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

// onezoneRefused is what a refusal means. A token that is good for something
// else tells by itself who its user is; the rest of it is a matter of details.
func onezoneRefused(a answer, q question) (*account.Account, account.Diagnosis) {
	d := onezoneRefusal(a, q)
	m, ok := parseMacaroon(q.secret)
	if id := m.user(); ok && id != "" && d.State == account.ScopeMissing {
		return &account.Account{User: account.User{ID: id}, Token: account.Token{ID: m.id, Kind: m.words()}}, d
	}
	return nil, d
}

const onezonePassword = "password"

func (u onezoneUser) account() *account.Account {
	acc := &account.Account{User: account.User{
		ID:               u.UserID,
		FullName:         cmp.Or(u.FullName, u.Name.v),
		Username:         cmp.Or(u.Username, u.Login.v, u.Alias.v),
		Emails:           text.Filled(u.Emails, u.EmailList.v),
		BasicAuthEnabled: u.BasicAuthEnabled,
	}}
	if u.CreationTime > 0 && u.CreationTime <= float64(latest.Unix()) {
		acc.User.CreatedAt = unixTime(u.CreationTime)
	}
	for _, l := range u.LinkedAccounts {
		if l.IDP != "" || l.SubjectID != "" {
			acc.LinkedAccounts = append(acc.LinkedAccounts, l.account())
		}
	}
	return acc
}

func (l onezoneLinked) account() account.LinkedAccount {
	return account.LinkedAccount{
		IDP:          l.IDP,
		SubjectID:    l.SubjectID,
		FullName:     cmp.Or(l.FullName, l.Name.v),
		Username:     cmp.Or(l.Username, l.Login.v, l.Alias.v),
		Emails:       text.Filled(l.Emails, l.EmailList.v),
		Entitlements: text.Filled(l.Entitlements, l.Groups.v),
		Custom:       compactJSON(l.Custom),
	}
}
