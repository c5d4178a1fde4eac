package client

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/text"
)

// asked is the question of the tests.
func asked(basic bool) question {
	return question{
		endpoint: "https://api.example.org/v1/me", host: "api.example.org",
		source: "env WORK_SECRET", basic: basic,
	}
}

const portal = "<!DOCTYPE html><html><head><title>Sign in to the lounge</title></head></html>"

// reading is one answer and what must be made of it.
type reading struct {
	name   string
	status int
	header http.Header
	body   string
	basic  bool

	state account.State
	code  string
	limit int64
	// says and tells are parts of the explanation and of the remedy.
	says, tells []string
	account     bool
}

// checkReading reads the answer of a row and compares.
func checkReading(t *testing.T, p provider, r reading) {
	t.Helper()
	acc, d := p.read(answer{status: r.status, header: r.header, body: []byte(r.body)}, asked(r.basic))
	if d.State != r.state || d.Code != r.code || d.Limit != r.limit {
		t.Errorf("state, code, limit = %s, %q, %d; want %s, %q, %d", d.State, d.Code, d.Limit, r.state, r.code, r.limit)
	}
	if (acc != nil) != (r.account || r.state == account.Healthy) {
		t.Errorf("account = %+v", acc)
	}
	for _, part := range r.says {
		if !strings.Contains(d.Explanation, part) {
			t.Errorf("explanation lacks %q: %s", part, d.Explanation)
		}
	}
	for _, part := range r.tells {
		if !strings.Contains(d.Remedy, part) {
			t.Errorf("remedy lacks %q: %s", part, d.Remedy)
		}
	}
	checkTexts(t, d)
}

// lowerStart matches the names that a sentence may begin with as they are.
var lowerStart = regexp.MustCompile(`^(?:api\.example\.org|host\.example|ca_file) `)

// checkTexts checks what holds for every diagnosis.
func checkTexts(t *testing.T, d account.Diagnosis) {
	t.Helper()
	if !slices.Contains(account.States(), d.State) {
		t.Fatalf("state %q does not exist", d.State)
	}
	if d.State == account.Healthy {
		if d != (account.Diagnosis{State: account.Healthy}) {
			t.Errorf("a healthy answer needs no words: %+v", d)
		}
		return
	}
	for _, text := range []string{d.Explanation, d.Remedy} {
		first, _ := utf8.DecodeRuneInString(text)
		if !strings.HasSuffix(text, ".") || unicode.IsLower(first) && !lowerStart.MatchString(text) {
			t.Errorf("%s: not a sentence: %q", d.State, text)
		}
		for _, flaw := range []string{"  ", " .", " ,", "..", "()", "!", "%!"} {
			if strings.Contains(text, flaw) && !strings.Contains(d.Description, flaw) {
				t.Errorf("%s: %q in %q", d.State, flaw, text)
			}
		}
	}
	if n := utf8.RuneCountInString(d.Description); n > text.MaxDescription+1 {
		t.Errorf("a description of %d runes was kept", n)
	}
}

func TestDiagnoseStatus(t *testing.T) {
	want := map[account.State][]int{
		account.BadRequest:    {400, 405, 406, 409, 410, 411, 413, 414, 415, 418, 422},
		account.InvalidToken:  {401},
		account.Forbidden:     {402, 403, 451},
		account.NotFound:      {404},
		account.Misconfigured: {300, 301, 302, 303, 304, 307, 308, 407, 421, 426, 431},
		account.Unavailable:   {408, 425, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530},
		account.RateLimited:   {429},
		account.ServerError:   {500, 501, 505, 507, 508, 528, 599},
		account.NetworkDenied: {511},
		account.BadResponse:   {200, 204, 0, 99, 600, 999},
	}
	for state, statuses := range want {
		for _, status := range statuses {
			for _, q := range []question{asked(false), asked(true)} {
				d := diagnoseStatus(answer{status: status}, q)
				if d.State != state {
					t.Errorf("status %d: %s, want %s", status, d.State, state)
				}
				checkTexts(t, d)
			}
		}
	}
}

func TestDiagnoseStatusLooksCloser(t *testing.T) {
	for _, test := range []struct {
		name   string
		a      answer
		basic  bool
		state  account.State
		phrase string
	}{
		{name: "portal in place of a 401", a: answer{status: 401, body: []byte(portal)}, state: account.BadResponse, phrase: "captive portal"},
		{name: "401 that speaks", a: answer{status: 401, body: []byte(`{"message":"no"}`)}, state: account.InvalidToken, phrase: "does not accept the token"},
		{name: "401 to a password", a: answer{status: 401}, basic: true, state: account.InvalidToken, phrase: "does not accept the password"},
		{name: "firewall", a: answer{status: 403, body: []byte("\ufeff \n" + portal)}, state: account.Forbidden, phrase: "firewall"},
		{name: "403 with a time to wait", a: answer{status: 403, header: http.Header{"Retry-After": {"5"}}}, state: account.RateLimited, phrase: "as many requests"},
		{name: "403 with nothing left", a: answer{status: 403, header: http.Header{"X-Ratelimit-Remaining": {"0"}}}, state: account.RateLimited, phrase: "as many requests"},
		{name: "403 with some left", a: answer{status: 403, header: http.Header{"X-Ratelimit-Remaining": {"1"}}}, state: account.Forbidden, phrase: "refuses"},
		{name: "redirect", a: answer{status: 302, header: http.Header{"Location": {"https://u:p@login.example.org/in?next=x"}}}, state: account.Misconfigured, phrase: "to https://login.example.org/in (status 302)"},
		{name: "gateway page", a: answer{status: 502, body: []byte(portal)}, state: account.Unavailable, phrase: "502"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := diagnoseStatus(test.a, asked(test.basic))
			if d.State != test.state || !strings.Contains(d.Explanation, test.phrase) {
				t.Errorf("%s: %s; want %s with %q", d.State, d.Explanation, test.state, test.phrase)
			}
			checkTexts(t, d)
		})
	}
}

func TestErrorText(t *testing.T) {
	for body, want := range map[string]string{
		"":                  "",
		"Retry later\nsoon": "Retry later",
		portal:              "",
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
		if got := errorText(answer{body: []byte(body)}); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	challenge := http.Header{"Www-Authenticate": {`Bearer realm="x", error="invalid_token", error_description="The token expired"`}}
	if got := errorText(answer{header: challenge}); got != "The token expired" {
		t.Errorf("from the challenge: %q", got)
	}
	if got := errorText(answer{body: []byte(strings.Repeat("ä", 5000))}); utf8.RuneCountInString(got) != text.MaxErrorText+1 {
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
		if got := decode(answer{body: []byte(body)}, &v); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func TestLenient(t *testing.T) {
	var v struct {
		Text lenient[string]   `json:"text"`
		List lenient[[]string] `json:"list"`
	}
	if err := json.Unmarshal([]byte(`{"text":5,"list":["a",5]}`), &v); err != nil || v.Text.v != "" || v.List.v != nil {
		t.Errorf("of another type: %+v, %v", v, err)
	}
	if err := json.Unmarshal([]byte(`{"text":"x","list":["a"]}`), &v); err != nil || v.Text.v != "x" || !reflect.DeepEqual(v.List.v, []string{"a"}) {
		t.Errorf("of the right type: %+v, %v", v, err)
	}
}

func TestUnixTimeCanBeWritten(t *testing.T) {
	for seconds, want := range map[float64]string{
		1611310475.5: "2021-01-22T10:14:35Z",
		-5:           "1970-01-01T00:00:00Z",
		1e300:        "9999-12-31T23:59:59Z",
	} {
		if got, err := unixTime(seconds).MarshalText(); err != nil || string(got) != want {
			t.Errorf("%v: %s, %v; want %s", seconds, got, err, want)
		}
	}
}
