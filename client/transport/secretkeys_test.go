package transport

import (
	"regexp"
	"strings"
	"testing"

	"rollcall/client/redact"
	"rollcall/client/text"
)

// byExpression replaces the values of secret keys as it can be said shortest.
func byExpression() func(string) string {
	const words = `(?:token|secret|password|passwd|passphrase|pwd|api[_-]?key|private[_-]?key|access[_-]?key|` +
		`credentials?|authorization|cookie|session|signature|macaroon)s?`
	key := regexp.MustCompile(`(?i)(` + words + `"\s*:\s*)` + text.JSONStringExpr)
	list := regexp.MustCompile(`(?i)(` + words + `"\s*:\s*\[\s*)` + text.JSONStringExpr + `(?:\s*,\s*` + text.JSONStringExpr + `)*`)
	parameter := regexp.MustCompile(`(?i)(` + words + `=)[^&\s"'<>]+`)
	return func(body string) string {
		body = key.ReplaceAllString(body, `${1}"`+redact.Mark+`"`)
		body = list.ReplaceAllString(body, `${1}"`+redact.Mark+`"`)
		return parameter.ReplaceAllString(body, "${1}"+redact.Mark)
	}
}

// FuzzSecretKeys compares the two.
func FuzzSecretKeys(f *testing.F) {
	for _, body := range []string{
		`{"password": "a", "name": "b"}`, `{"secret":"cut off`, `{"secret":"cut off\`, `{"Secrets" : [ "a" , "b" ],"x":"y"}`,
		`{"to\u212aen":"a","to` + "\u212a" + `en":"b","ſecret":"c"}`, `x?access_token=abc&token=&tokens=secret=a b`,
		`"credentialss":"a" "credentials":["a", 1] "api-keys":[]`, "\"token\":\"a\\\nb\"", `"token":"a\"b":"c","pwd":1`,
		"token=\xff\xfe&cookie='", `"session"` + "\v" + `:"a"`, `"session"` + "\f\r\n" + `:` + "\t" + `"a:=b"`, `tokenſ="x`,
		`"my_private_keys":["a","b`, `"token":["a",]`, `"token":["a"` + "\\", `:"`, `=`, `"token":`, `"token":[`,
	} {
		f.Add(body)
	}
	slow := byExpression()
	f.Fuzz(func(t *testing.T, body string) {
		if got, want := withoutSecretKeys(body), slow(body); got != want {
			t.Errorf("%q becomes %q, want %q", body, got, want)
		}
	})
}

// BenchmarkSecretKeys looks through a body of 4 kB, and as it can be said shortest.
func BenchmarkSecretKeys(b *testing.B) {
	body := strings.Repeat(`{"id": "org_1", "name": "Acme", "api_token_id": null, "url": "https://a.example/x?y=1"},`+"\n", 4<<10/85)
	for _, way := range []struct {
		name    string
		without func(string) string
	}{{"scan", withoutSecretKeys}, {"expressions", byExpression()}} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				way.without(body)
			}
		})
	}
}
