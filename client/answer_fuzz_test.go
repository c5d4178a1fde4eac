package client

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/client/service/onezone/onezonetest"
)

// FuzzAnswer has a service answer anything to everything.
func FuzzAnswer(f *testing.F) {
	f.Add(true, 200, "Retry-After", "5", `{"user":{"id":"u1"},"organizations":[{"id":"o1"}],"api_token_id":"t1"}`)
	f.Add(true, 403, "X-RateLimit-Remaining", "0", `{"error":{"code":"scope_not_granted","detail":{"scopes":["a\u001b[2J"]}}}`)
	f.Add(false, 200, "RateLimit", `"default";r=0;t=1e9`, `{"userId":"u1","groups":["a","b"],"linkedAccounts":[{"custom":{"a":[1]}}],"creationTime":1e300}`)
	f.Add(false, 401, "Date", "Mon, 02 Jan 2006 15:04:05 GMT", `{"error":{"id":"unauthorized","details":{"authError":{"id":"tokenRevoked"}}}}`)
	f.Add(false, 302, "Location", "https://elsewhere.example/\u202e", `<html>`)
	f.Fuzz(func(t *testing.T, katapult bool, status int, name, value, body string) {
		if status < 200 || status > 999 {
			return
		}
		n := overRoundTrip(func(r *http.Request) (*http.Response, error) {
			answer := respond(status, body, name, value)
			answer.Request = r
			return answer, nil
		})
		p := Profile{Name: "work", Provider: "onezone", BaseURL: "https://a.example", Credential: fixedCredential{secret: plainSecret}}
		if katapult {
			p.Provider, p.BaseURL = "katapult", ""
		}
		checkAnything(t, p, n)
	})
}

// checkAnything checks once. Whatever the service answers, that ends in one
// state, nobody panics, and what is told of it can be kept and printed.
func checkAnything(t *testing.T, p Profile, n *Network) {
	t.Helper()
	s := NewPoller([]*Client{New(p, n)}, memory(t)).Once(t.Context())[0]
	if s.Health.State == "" || s.Health.State == account.Checking {
		t.Errorf("it ended in no state: %+v", s.Health)
	}
	for _, text := range []string{s.Health.Explanation, s.Details.Notes.String()} {
		if strings.Contains(text, "rollcall could not make sense") || strings.Contains(text, "rollcall itself failed") {
			t.Errorf("a panic was caught: %s", text)
		}
	}
	data, err := json.Marshal(s)
	if err != nil {
		t.Errorf("it cannot be kept: %v", err)
	}
	if err := json.Unmarshal(data, new(account.Snapshot)); err != nil {
		t.Errorf("it cannot be read again: %v: %s", err, data)
	}
	privacy.New(services.Infos()).Snapshot(s)
	s.Harmless().MapText(func(text string) string {
		if strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("it cannot be printed: %q", text)
		}
		return text
	})
}

// wholeAnswers are answers of both services to the paths that end with a text,
// with every field that is read.
var wholeAnswers = map[string]map[string]string{
	"katapult": {
		"/users/current": `{"user":{"id":"u1","first_name":"Sam","last_name":"Roe","avatar_url":"https://a.example/a.png"},
			"organizations":[{"id":"o1","name":"Acme","sub_domain":"acme"}],"api_token_id":"t1"}`,
		"/api_tokens": `{"pagination":{"current_page":1,"total_pages":1,"total":1,"per_page":30,"large_set":false},"api_tokens":[
			{"id":"t1","name":"laptop","authorized_ip_addresses":["10.0.0.0/8"],"expires_at":1798761600,"rate_limit":100,"scopes":["api_tokens:read"]}]}`,
	},
	"onezone": {
		"/user": `{"userId":"u1","fullName":"Sam Roe","username":"sam","emails":["sam@a.example"],"basicAuthEnabled":true,"blocked":false,
			"creationTime":1611310475,"name":"Sam","login":"sam","alias":"sam","emailList":["sam@a.example"],"linkedAccounts":[
			{"idp":"egi","subjectId":"s1","fullName":"Sam Roe","username":"sam","emails":["sam@b.example"],"entitlements":["e"],"custom":{"a":[1]},
			"name":"Sam","login":"sam","alias":"sam","emailList":["sam@b.example"],"groups":["e"]}]}`,
		"/effective_groups":         `{"groups":["g1","g2"]}`,
		"/effective_groups/g1":      `{"groupId":"g1","name":"Lab","type":"unit"}`,
		"/infer_access_token_scope": `{"validUntil":1893456000,"dataAccessScope":{"spaces":{"s1":{"name":"Archive","supports":{"p1":{"readonly":true}}}},"providers":{"p1":{"name":"P","online":true}}}}`,
		"/verify_access_token":      `{"subject":{"type":"user","id":"u1"},"ttl":86399}`,
		"/configuration":            `{"name":"Zone","version":"21.02.7"}`,
	},
}

// TestOddValuesAnywhere puts each of some values into each place of each
// answer.
func TestOddValuesAnywhere(t *testing.T) {
	if raceDetector {
		t.Skip("it asks one after the other, some thousand times")
	}
	odd := []any{
		nil, true, -1.0, 1e300, "", "\x1b[2J\u202e\r\n\x00", "a b/../%2e%00?#", []any{}, []any{nil, []any{}, map[string]any{}},
		map[string]any{}, map[string]any{"": map[string]any{"": nil}}, strings.Repeat("x", 9000),
	}
	tried := 0
	for provider, answers := range wholeAnswers {
		for path, body := range answers {
			var whole any
			if err := json.Unmarshal([]byte(body), &whole); err != nil {
				t.Fatal(err)
			}
			everywhere(whole, odd, func(changed any) {
				tried++
				data, err := json.Marshal(changed)
				if err != nil {
					t.Fatal(err)
				}
				with := maps.Clone(answers)
				with[path] = string(data)
				checkAnything(t, Profile{
					Name: "work", Provider: provider, BaseURL: "https://a.example", Credential: fixedCredential{secret: onezonetest.Tokens[0]},
				}, answering(with))
				if t.Failed() {
					t.Fatalf("to %s the answer was %.200s", path, data)
				}
			})
		}
	}
	t.Logf("%d answers", tried)
}

// everywhere calls do with copies of a value in which one of the values within
// it is another.
func everywhere(v any, others []any, do func(changed any)) {
	for _, other := range others {
		do(other)
	}
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			everywhere(inner, others, func(changed any) {
				with := maps.Clone(v)
				with[key] = changed
				do(with)
			})
		}
	case []any:
		for i, inner := range v {
			everywhere(inner, others, func(changed any) {
				with := append([]any(nil), v...)
				with[i] = changed
				do(with)
			})
		}
	}
}

// answering is a network with a service that has an answer for each ending of a
// path.
func answering(answers map[string]string) *Network {
	return overRoundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Body != nil {
			_, _ = io.Copy(io.Discard, r.Body)
		}
		for end, body := range answers {
			if strings.HasSuffix(r.URL.Path, end) {
				return respond(200, body), nil
			}
		}
		return respond(404, `{}`), nil
	})
}
