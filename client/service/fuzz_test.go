package service_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
)

// FuzzAnswerWords reads what the services share out of any answer: the next page, the
// refusal of OAuth, and the words of an error that is none of the service's own.
func FuzzAnswerWords(f *testing.F) {
	f.Add(200, `<https://a.example/b?page=2>; rel="next", </x>; rel=last`, "", `[]`)
	f.Add(200, `<<>;rel="next",<//elsewhere.example>; rel="prev next"`, "", `{}`)
	f.Add(401, "", `Bearer error="invalid_token", error_description="gone \"for ever"`, `<html><title>Sign in</title>`)
	f.Add(403, "", "", `{"error":"insufficient_scope","error_description":"\u202ea"}`)
	f.Fuzz(func(t *testing.T, status int, link, challenge, body string) {
		a := service.Answer{
			Status: status, Body: []byte(body), URL: "https://api.example.org/v1/me?page=1",
			Header: http.Header{"Link": {link}, "Www-Authenticate": {challenge}},
		}
		if next := service.NextPage(a); next != "" {
			if _, err := url.Parse(next); err != nil {
				t.Errorf("the next page is %q, %v", next, err)
			}
		}
		if code, _ := service.OAuthError(a); strings.ContainsFunc(code, unicode.IsSpace) {
			t.Errorf("the code is %q", code)
		}
		d := service.DiagnoseStatus(a, servicetest.Asked(false))
		if d.State == "" || d.Explanation == "" || d.Remedy == "" {
			t.Errorf("%+v", d)
		}
		service.ErrorText(a)
		service.IsWebPage(a)
	})
}

// FuzzAddress reads any address of an installation: what is asked then lies at its
// origin, without a user.
func FuzzAddress(f *testing.F) {
	for _, base := range []string{"https://a.example", "http://[::1]:8080/x/", "https://u:p@a.example", "https://a.example/%2e%2e?x#y", "//a", "HTTPS://ä.example:443"} {
		f.Add(base)
	}
	f.Fuzz(func(t *testing.T, base string) {
		a, err := service.NewAddress(base, account.ServiceInfo{Prefix: "/api/v1", Path: "/me"})
		if err != nil {
			return
		}
		u, err := url.Parse(a.Endpoint)
		if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || service.OriginOf(u) != a.Origin {
			t.Errorf("%q is asked at %q of %q, %v", base, a.Endpoint, a.Origin, err)
		}
	})
}
