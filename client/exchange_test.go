package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/redact"
)

func TestExchangeOfACheck(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("X-Request-Id", "req-1\u202e"+plainSecret)
		h.Set("X-RateLimit-Remaining", "7")
		h.Set("Retry-After", "5")
		h.Set("Set-Cookie", "session=hush-cookie")
		fmt.Fprintf(w, `{"id":"u1","name":"\u001b[2Jsam","you_sent":%q,"refresh_token":"hush-one","api_token_id":"shown","tokens":["hush-two","hush-three"],"n":"x"}`,
			r.Header.Get("X-Auth-Token"))
	})
	out := newPlainClient(testNetwork(t), s.URL).check(t.Context(), checkOptions{})
	e := out.exchange
	if e == nil || e.Method != "GET" || e.URL != s.URL+"/api/me" || e.Clipped {
		t.Fatalf("the exchange is %+v", e)
	}
	for _, want := range []string{"Accept: application/json", "User-Agent: rollcall/test", "X-Auth-Token: [redacted]"} {
		if !slices.Contains(e.Request, want) {
			t.Errorf("%q is not in %q", want, e.Request)
		}
	}
	for _, want := range []string{"Content-Type: application/json", "Retry-After: 5", "X-Ratelimit-Remaining: 7"} {
		if !slices.Contains(e.Response, want) {
			t.Errorf("%q is not in %q", want, e.Response)
		}
	}
	all := fmt.Sprint(e.Request, e.Response, strings.Join(e.Body, "\n"))
	for _, never := range []string{plainSecret, "hush", "\x1b", "\u202e", "Cookie"} {
		if strings.Contains(all, never) {
			t.Errorf("%q shows in %s", never, all)
		}
	}
	for _, want := range []string{`"api_token_id": "shown"`, `"refresh_token": "[redacted]"`, `"you_sent": "[redacted]"`, `"n": "x"`} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in %s", want, all)
		}
	}
}

func TestHeaderLine(t *testing.T) {
	r := redact.New("", "hush-hush")
	for _, tt := range []struct{ name, value, want string }{
		{"Server", "otter", "Server: otter"},
		{"Server", "hush\u200b-hush\x07", "Server: [redacted]"},
		{"X-Hush-Hush-Request-Id", "r1", "X-[redacted]-Request-Id: r1"},
		{"Location", "https://a.example/hush%2Dhush?code=1", "Location: https://a.example/[redacted]"},
	} {
		if got := headerLine(tt.name, tt.value, r); got != tt.want {
			t.Errorf("%q: %q is shown as %q, want %q", tt.name, tt.value, got, tt.want)
		}
	}
}

func TestExchangeWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	out := newPlainClient(testNetwork(t), "http://127.0.0.1:1").check(t.Context(), checkOptions{})
	if e := out.exchange; e == nil || len(e.Request) == 0 || e.Response != nil || e.Body != nil {
		t.Errorf("the exchange is %+v", e)
	}
	fixed := newPlainClient(testNetwork(t), "http://far.example").check(t.Context(), checkOptions{})
	if fixed.exchange != nil {
		t.Error("there is an exchange where nothing was sent")
	}
}

// TestBodyShowsNoPartOfASecret puts secrets at every place around the end of
// what is shown.
func TestBodyShowsNoPartOfASecret(t *testing.T) {
	secret := "0123456789abcdefghijklmnopqrstuvwxyz"
	r := redact.New("", secret)
	for before := shownBody - 2*len(secret); before < shownBody+10; before += 5 {
		for _, body := range []string{
			strings.Repeat("-", before) + secret + strings.Repeat("-", 9000),
			strings.Repeat(secret, 100) + strings.Repeat("-", before%200) + secret + strings.Repeat(secret, 200),
			strings.Repeat("-", before) + `"password":"` + secret[:20] + `"` + strings.Repeat("-", 9000),
		} {
			lines, clipped := bodyLines([]byte(body), r)
			text := strings.Join(lines, "\n")
			if !clipped || len(text) > shownBody+utf8.UTFMax {
				t.Fatalf("%d bytes, clipped %v", len(text), clipped)
			}
			if strings.Contains(text, "01234") {
				t.Fatalf("after %d bytes the secret shows: %s", before, text[len(text)-80:])
			}
		}
	}
}

func TestBodyLines(t *testing.T) {
	r := redact.New("", "hush-hush")
	tests := []struct{ body, want string }{
		{"", ""},
		{"one\r\ntwo\n\x07three", "one|two|\ufffdthree"},
		{`[1]`, "[|  1|]"},
		{`{"password": "a", "name": "b"}`, `{|  "password": "[redacted]",|  "name": "b"|}`},
		{`{"secret":"cut off`, `{"secret":"[redacted]"`},
		{`{"Secrets":["a","b"],"x":"y"}`, `{|  "Secrets": [|    "[redacted]"|  ],|  "x": "y"|}`},
		{`<a href="/in?next=1&access_token=abc">hush-hush</a>`, `<a href="/in?next=1&access_token=[redacted]">[redacted]</a>`},
		{`{"error":{"code":"invalid_api_token"}}`, `{|  "error": {|    "code": "invalid_api_token"|  }|}`},
	}
	for _, tt := range tests {
		lines, clipped := bodyLines([]byte(tt.body), r)
		if got := strings.Join(lines, "|"); got != tt.want || clipped {
			t.Errorf("%q is shown as %q (clipped %v), want %q", tt.body, got, clipped, tt.want)
		}
	}
}

func TestExchangesOfTheLatestChecksOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), memory(t)
		p := NewPoller([]*Client{f.client("work")}, store)
		var last account.Snapshot
		for range keptExchanges + 5 {
			last = p.Once(t.Context())[0]
		}
		for i, c := range last.History {
			if recent := i >= len(last.History)-keptExchanges; (c.Exchange != nil) != recent {
				t.Errorf("check %d of %d: exchange %v", i, len(last.History), c.Exchange)
			}
		}
		data, err := json.Marshal(last)
		if err != nil || strings.Contains(string(data), "User-Agent") {
			t.Errorf("it is stored: %v", err)
		}
	})
}
