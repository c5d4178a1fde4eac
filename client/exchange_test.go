package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"rollcall/client/account"
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
		last = p.Silently().Once(t.Context())[0]
		if n := len(last.History); last.History[n-1].Exchange != nil || last.Health.State != account.Healthy {
			t.Errorf("a silent check is %s, with %+v", last.Health.State, last.History[n-1].Exchange)
		}
	})
}
