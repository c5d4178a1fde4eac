package declaredtest

import (
	"strings"

	"github.com/BurntSushi/toml"

	"rollcall/client/account"
	"rollcall/client/service/declared"
	"rollcall/client/service/servicetest"
)

// Plain is the smallest description.
const Plain = `url = "https://api.example.org/v1/me"
auth = "Bearer {token}"
id = "$.id"
name = "$.name"
email = "$.email"
`

// Description is one with refusals of all sorts.
const Description = Plain + `
code        = "$.error.code"
description = "$.error.text"
states = [
  { status = 403, when = { "$.error.code" = "revoked" }, state = "invalid_token", explanation = "Somebody revoked the token", remedy = "Ask Kim for another one" },
  { status = 400, when = { "$.error.number" = 17 }, state = "no_user" },
  { when = { "$.ok" = false }, has = ["$.needed"], state = "scope_missing" },
  { when = { "$.ok" = false }, state = "forbidden" },
  { status = 200, lacks = ["$.id"], state = "credential_missing" },
  { status = 418, state = "healthy" },
  { status = 503, when = { "$.error.code" = "sealed" }, state = "invalid_token" },
  { status = 444, state = "network_denied" },
  { status = 445, state = "misconfigured" },
]
`

// Tracker is the service of [Description].
func Tracker() *declared.Service { return Described(Description) }

// Described is the service of a description, which must be right.
func Described(text string) *declared.Service {
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		panic(err)
	}
	s, faults := declared.New("tracker", values)
	if len(faults) > 0 {
		panic(faults)
	}
	return s
}

// Readings has answers of all sorts, and what the description makes of them.
func Readings() []servicetest.Reading {
	return []servicetest.Reading{
		{Name: "revoked", Status: 403, Body: `{"error":{"code":"revoked","text":"gone"}}`, State: account.InvalidToken, Code: "revoked", Says: []string{"Somebody revoked the token."}, Tells: []string{"Ask Kim for another one."}},
		{Name: "another code", Status: 403, Body: `{"error":{"code":"other"}}`, State: account.Forbidden, Code: "other", Says: []string{"other"}, Tells: []string{"Tracker"}},
		{Name: "a code as OAuth has it", Status: 403, Body: `{"error":"revoked"}`, State: account.Forbidden, Code: "revoked", Says: []string{"refuses"}, Tells: []string{"Ask"}},
		{Name: "a web page", Status: 403, Body: `<html>`, State: account.Forbidden, Says: []string{"web page"}, Tells: []string{"network"}},
		{Name: "a number", Status: 400, Body: `{"error":{"number":17.0}}`, State: account.NoUser, Says: []string{"belongs to no person"}, Tells: []string{"Nothing is broken"}},
		{Name: "a text in place of the number", Status: 400, Body: `{"error":{"number":"17"}}`, State: account.BadRequest, Says: []string{"400"}, Tells: []string{"Check"}},
		{Name: "a good answer that lacks something", Status: 200, Body: `{"ok":false,"needed":"read","id":1}`, State: account.ScopeMissing, Says: []string{"lacks a scope"}, Tells: []string{"Tracker"}},
		{Name: "a good answer that is none", Status: 200, Body: `{"ok":false,"needed":null,"id":1}`, State: account.Forbidden, Says: []string{"refuses"}, Tells: []string{"Tracker"}},
		{Name: "a guest", Status: 200, Body: `{"ok":true,"id":null}`, State: account.CredentialMissing, Says: []string{"removed it"}, Tells: []string{"proxy"}},
		{Name: "no JSON", Status: 200, Body: `not JSON`, State: account.BadResponse, Says: []string{"not JSON"}, Tells: []string{"Check"}},
		{Name: "JSON that breaks off", Status: 200, Body: `{"id":`, State: account.BadResponse, Says: []string{"breaks off"}, Tells: []string{"Check"}},
		{Name: "nothing", Status: 200, Body: ``, State: account.BadResponse, Says: []string{"empty"}, Tells: []string{"Check"}},
		{Name: "a portal", Status: 200, Body: servicetest.Portal, State: account.BadResponse, Says: []string{"web page"}, Tells: []string{"browser"}},
		{Name: "a deep answer", Status: 200, Body: `{"id":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, State: account.BadResponse, Says: []string{"nested deeper than 64"}, Tells: []string{"Check"}},
		{Name: "an object as id", Status: 200, Body: `{"id":{}}`, State: account.BadResponse, Says: []string{"who the user is: it has no id at $.id"}, Tells: []string{"Check"}},
		{Name: "another status that is good, without a user", Status: 418, Body: `{}`, State: account.BadResponse, Says: []string{"who the user is"}, Tells: []string{"Check"}},
		{Name: "a code that cannot judge", Status: 503, Body: `{"error":{"code":"sealed"}}`, State: account.Unavailable, Code: "sealed", Says: []string{"cannot answer"}, Tells: []string{"Wait"}},
		{Name: "a token that is not known", Status: 401, Body: `{"error":{"code":"bad"}}`, State: account.InvalidToken, Code: "bad", Says: []string{"Tracker does not accept the token."}, Tells: []string{"Create a new token in Tracker"}},
		{Name: "a refusal without words", Status: 401, Body: ``, State: account.InvalidToken, Says: []string{"does not accept"}, Tells: []string{"Create a new token"}},
		{Name: "too many", Status: 429, Body: `{}`, State: account.RateLimited, Says: []string{"as many requests"}, Tells: []string{"Wait"}},
		{Name: "another network", Status: 444, Body: `{}`, State: account.NetworkDenied, Says: []string{"present address"}, Tells: []string{"Allow your address"}},
		{Name: "a wrong place", Status: 445, Body: `{}`, State: account.Misconfigured, Says: []string{"cannot be asked"}, Tells: []string{"base_url"}},
	}
}
