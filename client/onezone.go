package client

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// onezone is the central service of an Onedata installation.
type onezone struct{}

func (onezone) info() Provider {
	return Provider{
		Name:   "onezone",
		Title:  "Onezone",
		Prefix: "/api/v3/onezone",
		Path:   "/user",
		Basic:  true,
	}
}

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

func (onezone) read(a answer, q question) (*Account, Diagnosis) {
	if a.status/100 != 2 {
		return nil, onezoneRefusal(a, q)
	}
	var body onezoneUser
	if problem := decode(a, &body); problem != "" {
		return nil, badResponse(a, q, problem)
	}
	if strings.TrimSpace(body.UserID) == "" {
		return nil, onezoneRefusal(a, q)
	}
	acc := body.account()
	if q.basic {
		acc.Token.Kind = onezonePassword
	}
	if body.Blocked {
		return acc, onezoneBlocked(q)
	}
	return acc, Diagnosis{State: Healthy}
}

const onezonePassword = "password"

func (u onezoneUser) account() *Account {
	acc := &Account{User: User{
		ID:               u.UserID,
		FullName:         cmp.Or(u.FullName, u.Name.v),
		Username:         cmp.Or(u.Username, u.Login.v, u.Alias.v),
		Emails:           filled(u.Emails, u.EmailList.v),
		BasicAuthEnabled: u.BasicAuthEnabled,
	}}
	if u.CreationTime > 0 {
		acc.User.CreatedAt = unixTime(u.CreationTime)
	}
	for _, l := range u.LinkedAccounts {
		if l.IDP != "" || l.SubjectID != "" {
			acc.LinkedAccounts = append(acc.LinkedAccounts, l.account())
		}
	}
	return acc
}

func (l onezoneLinked) account() LinkedAccount {
	return LinkedAccount{
		IDP:          l.IDP,
		SubjectID:    l.SubjectID,
		FullName:     cmp.Or(l.FullName, l.Name.v),
		Username:     cmp.Or(l.Username, l.Login.v, l.Alias.v),
		Emails:       filled(l.Emails, l.EmailList.v),
		Entitlements: filled(l.Entitlements, l.Groups.v),
		Custom:       compactJSON(l.Custom),
	}
}

// filled is the first of the lists that has something in it, without what is
// empty.
func filled(lists ...[]string) []string {
	for _, list := range lists {
		list = slices.DeleteFunc(list, func(s string) bool { return s == "" })
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// compactJSON is JSON on one line; empty for null and for what is not there.
func compactJSON(raw json.RawMessage) string {
	var b bytes.Buffer
	if len(raw) == 0 || string(raw) == "null" || json.Compact(&b, raw) != nil {
		return ""
	}
	return b.String()
}
