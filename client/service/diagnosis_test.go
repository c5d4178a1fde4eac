package service_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
	"rollcall/client/text"
)

func TestDiagnoseStatus(t *testing.T) {
	want := map[account.State][]int{
		account.BadRequest:    {400, 405, 406, 409, 410, 411, 413, 414, 415, 418, 422},
		account.InvalidToken:  {401},
		account.Forbidden:     {402, 403, 451},
		account.NotFound:      {404},
		account.Misconfigured: {300, 301, 302, 303, 307, 308, 407, 421, 426, 431},
		account.Unavailable:   {408, 425, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530},
		account.RateLimited:   {429},
		account.ServerError:   {500, 501, 505, 507, 508, 528, 599},
		account.NetworkDenied: {511},
		account.BadResponse:   {200, 204, 304, 0, 99, 600, 999},
	}
	for state, statuses := range want {
		for _, status := range statuses {
			for _, q := range []service.Asked{servicetest.Asked(false), servicetest.Asked(true)} {
				d := service.DiagnoseStatus(service.Answer{Status: status}, q)
				if d.State != state {
					t.Errorf("status %d: %s, want %s", status, d.State, state)
				}
				servicetest.CheckTexts(t, d)
			}
		}
	}
}

func TestDiagnoseStatusLooksCloser(t *testing.T) {
	for _, test := range []struct {
		name   string
		a      service.Answer
		basic  bool
		state  account.State
		phrase string
	}{
		{name: "portal in place of a 401", a: service.Answer{Status: 401, Body: []byte(servicetest.Portal)}, state: account.BadResponse, phrase: "captive portal"},
		{name: "401 that speaks", a: service.Answer{Status: 401, Body: []byte(`{"message":"no"}`)}, state: account.InvalidToken, phrase: "does not accept the token"},
		{name: "401 to a password", a: service.Answer{Status: 401}, basic: true, state: account.InvalidToken, phrase: "does not accept the password"},
		{name: "firewall", a: service.Answer{Status: 403, Body: []byte("\ufeff \n" + servicetest.Portal)}, state: account.Forbidden, phrase: "firewall"},
		{name: "403 with a time to wait", a: service.Answer{Status: 403, Header: http.Header{"Retry-After": {"5"}}}, state: account.RateLimited, phrase: "as many requests"},
		{name: "403 with nothing left", a: limited("0"), state: account.RateLimited, phrase: "as many requests"},
		{name: "403 with some left", a: limited("1"), state: account.Forbidden, phrase: "refuses"},
		{name: "redirect", a: service.Answer{Status: 302, Header: http.Header{"Location": {"https://u:p@login.example.org/in?next=x"}}}, state: account.Misconfigured, phrase: "to https://login.example.org/in (status 302)"},
		{name: "gateway page", a: service.Answer{Status: 502, Body: []byte(servicetest.Portal)}, state: account.Unavailable, phrase: "502"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := service.DiagnoseStatus(test.a, servicetest.Asked(test.basic))
			if d.State != test.state || !strings.Contains(d.Explanation, test.phrase) {
				t.Errorf("%s: %s; want %s with %q", d.State, d.Explanation, test.state, test.phrase)
			}
			servicetest.CheckTexts(t, d)
		})
	}
}

// limited is a refusal with so many requests left of a budget.
func limited(remaining string) service.Answer {
	h := http.Header{"X-Ratelimit-Remaining": {remaining}}
	return service.Answer{Status: 403, Header: h, Limits: ratelimit.Parse(h, time.Time{})}
}

func TestErrorText(t *testing.T) {
	for body, want := range map[string]string{
		"":                  "",
		"Retry later\nsoon": "Retry later",
		servicetest.Portal:  "",
		"\xff\xfe\x00":      "",
		`"Forbidden"`:       "Forbidden",
		`{"error":{"description":"a","message":"b"}}`:                "a",
		`{"error":{"message":"b"},"message":"c"}`:                    "b",
		`{"error":"invalid_token","error_description":"expired"}`:    "expired",
		`{"error":"invalid_token"}`:                                  "invalid_token",
		`{"errors":[{"detail":"d"}]}`:                                "d",
		`{"errors":["e"],"message":"f"}`:                             "e",
		`{"message":"f","detail":"g"}`:                               "f",
		`{"message":["f","g"]}`:                                      "f, g",
		`{"message":{"name":["is short"]}}`:                          "name is short",
		`{"title":"Quota used up","detail":"Wait for it","type":""}`: "Wait for it",
		`{"title":"Quota used up"}`:                                  "Quota used up",
		`{"err":"bad"}`:                                              "bad",
		`{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","status":429}`: "quota-exceeded",
		`{"type":"about:blank","status":429}`:                                                    "",
		`{"message":7,"error":[]}`:                                                               "",
		`[1,2]`:                                                                                  "",
	} {
		if got := service.ErrorText(service.Answer{Body: []byte(body)}); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	challenge := http.Header{"Www-Authenticate": {`Bearer realm="x", error="invalid_token", error_description="The token expired"`}}
	if got := service.ErrorText(service.Answer{Header: challenge}); got != "The token expired" {
		t.Errorf("from the challenge: %q", got)
	}
	if got := service.ErrorText(service.Answer{Body: []byte(strings.Repeat("ä", 5000))}); utf8.RuneCountInString(got) != text.MaxErrorText+1 {
		t.Errorf("a long text came back with %d runes", utf8.RuneCountInString(got))
	}
}

func TestDecode(t *testing.T) {
	var v struct {
		User struct {
			ID     string   `json:"id"`
			Emails []string `json:"emails"`
			Bot    bool     `json:"bot"`
			Since  float64  `json:"since"`
		} `json:"user"`
	}
	for body, want := range map[string]string{
		`{"user":{"id":null,"emails":null,"bot":null,"since":null,"new":[{}]}}`: "",
		"\ufeff{}\r\n":             "",
		"":                         "The answer is empty.",
		" \n":                      "The answer is empty.",
		`{"user":`:                 "The answer is JSON that breaks off after 8 bytes.",
		`{"user":{}} x`:            "The answer is not JSON.",
		`welcome`:                  "The answer is not JSON.",
		`[]`:                       "The answer is a list where an object was promised.",
		`{"user":"x"}`:             "In the answer, user is text where an object was promised.",
		`{"user":{"id":12.5}}`:     "In the answer, user.id is a number where text was promised.",
		`{"user":{"emails":{}}}`:   "In the answer, user.emails is an object where a list was promised.",
		`{"user":{"bot":"yes"}}`:   "In the answer, user.bot is text where true or false was promised.",
		`{"user":{"since":true}}`:  "In the answer, user.since is true or false where a number was promised.",
		`{"user":{"since":1e999}}`: "In the answer, user.since is out of range.",
	} {
		if got := service.Decode(service.Answer{Body: []byte(body)}, &v); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func TestLenient(t *testing.T) {
	var v struct {
		Text service.Lenient[string]   `json:"text"`
		List service.Lenient[[]string] `json:"list"`
	}
	if err := json.Unmarshal([]byte(`{"text":5,"list":["a",5]}`), &v); err != nil || v.Text.V != "" || v.List.V != nil {
		t.Errorf("of another type: %+v, %v", v, err)
	}
	if err := json.Unmarshal([]byte(`{"text":"x","list":["a"]}`), &v); err != nil || v.Text.V != "x" || !reflect.DeepEqual(v.List.V, []string{"a"}) {
		t.Errorf("of the right type: %+v, %v", v, err)
	}
}

func TestUnixTimeCanBeWritten(t *testing.T) {
	for seconds, want := range map[float64]string{
		1611310475.5: "2021-01-22T10:14:35Z",
		-5:           "1970-01-01T00:00:00Z",
		1e300:        "9999-12-31T23:59:59Z",
	} {
		if got, err := service.UnixTime(seconds).MarshalText(); err != nil || string(got) != want {
			t.Errorf("%v: %s, %v; want %s", seconds, got, err, want)
		}
	}
}

// TestPublicAddress speaks of base_url only to a profile that has one.
func TestPublicAddress(t *testing.T) {
	t.Parallel()
	known := account.ServiceInfo{DefaultURL: "https://api.example.org", Path: "/me"}
	for base, public := range map[string]bool{"": true, "https://own.example.org": false} {
		at, err := service.NewAddress(base, known)
		if err != nil || at.Public != public {
			t.Fatalf("%q: %+v, %v", base, at, err)
		}
		q := service.Asked{Address: at}
		page := service.Answer{Status: 200, Body: []byte("<html>Sign in</html>"), Header: http.Header{"Content-Type": {"text/html"}}}
		told := []string{service.BadResponse(page, q, "It is no JSON.").Remedy}
		for _, status := range []int{301, 404, 421} {
			told = append(told, service.DiagnoseStatus(service.Answer{Status: status, Header: http.Header{}}, q).Remedy)
		}
		for _, remedy := range told {
			if remedy == "" || strings.Contains(remedy, "base_url") == public {
				t.Errorf("%q: %s", base, remedy)
			}
		}
	}
}
