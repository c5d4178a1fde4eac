package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/redact/redacttest"
)

// logged is a line of the log.
type logged struct {
	Level, Msg, Profile, Method, URL, State string
	Status, Attempt                         *int
	DurationMS                              float64 `json:"duration_ms"`
}

// logOf has a network log into memory, and gives the lines so far.
func logOf(t *testing.T, n *Network) func() []logged {
	var b bytes.Buffer
	n.Log = slog.New(slog.NewJSONHandler(&b, nil))
	return func() (all []logged) {
		t.Helper()
		for line := range strings.Lines(b.String()) {
			var l logged
			if err := json.Unmarshal([]byte(line), &l); err != nil {
				t.Fatal(err)
			}
			all = append(all, l)
		}
		return all
	}
}

// told is a line in words, without times.
func (l logged) told() string {
	number := func(n *int) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	return strings.Join([]string{l.Level, l.Msg, l.Profile, l.Method, l.URL, number(l.Status), l.State, number(l.Attempt)}, "|")
}

func TestLogTellsOfEachRequest(t *testing.T) {
	t.Parallel()
	sent := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch sent++; {
		case sent == 1:
			w.WriteHeader(http.StatusBadGateway)
		case strings.HasSuffix(r.URL.Path, "/groups"):
			fmt.Fprint(w, `"Group"`)
		default:
			answerWell(w, r)
		}
	})
	n := testNetwork(t)
	lines := logOf(t, n)
	p := NewPoller([]*Client{newPlainClient(n, s.URL)}, open(t, t.TempDir()))
	p.Once(t.Context())
	var got []string
	for _, l := range lines() {
		got = append(got, l.told())
		if l.Msg == "request" && l.DurationMS <= 0 {
			t.Errorf("%s took no time", l.told())
		}
	}
	identity := "|work|GET|" + s.URL + "/api/me|"
	want := []string{
		"INFO|credential|work|||-||-",
		"INFO|request" + identity + "502||1",
		"INFO|request" + identity + "200||2",
		"INFO|check|work|||200|healthy|2",
	}
	if len(got) < len(want) || strings.Join(got[:len(want)], "\n") != strings.Join(want, "\n") {
		t.Errorf("the log is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if last := got[len(got)-1]; !strings.HasPrefix(last, "INFO|details|work|") {
		t.Errorf("the last line is %s", last)
	}
}

func TestLogTellsWhatWentWrong(t *testing.T) {
	t.Parallel()
	n := testNetwork(t)
	lines := logOf(t, n)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	newPlainClient(n, s.URL).Check(t.Context())
	gone := serve(t, answerWell)
	gone.Close()
	dead := gone.URL
	newPlainClient(n, dead).Inspect(t.Context())
	newPlainClient(n, dead, func(p *Profile) { p.Credential = fixedCredential{err: fmt.Errorf("there is no such variable")} }).Check(t.Context())
	var got []string
	for _, l := range lines() {
		got = append(got, l.told())
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{
		"ERROR|check: ", "|work|||401|invalid_token|1",
		"WARN|request: Nothing accepts connections at ", "|HEAD|" + dead + "/|-||1",
		"ERROR|credential: There is no such variable.|work|||-|credential_missing|-",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the log:\n%s", want, all)
		}
	}
}

// TestLogHasNoSecrets has the secret stand in all that a log tells of, in every way of
// writing it.
func TestLogHasNoSecrets(t *testing.T) {
	t.Parallel()
	search := redacttest.NewSearch("work")
	secret := redacttest.Secret("work")
	n := testNetwork(t)
	var b bytes.Buffer
	n.Log = slog.New(slog.NewJSONHandler(&b, nil))
	for _, echo := range redacttest.Echoes() {
		written := echo.Write(secret)
		asked := 0
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if asked++; asked == 2 && !strings.ContainsFunc(written, unicode.IsControl) {
				w.Header().Set("Location", "https://elsewhere.example/"+url.PathEscape(written)+"?token="+url.QueryEscape(secret))
				w.WriteHeader(http.StatusFound)
				return
			}
			w.WriteHeader(http.StatusForbidden)
			text, _ := json.Marshal(written)
			fmt.Fprintf(w, `{"error":{"id":"forbidden","description":%[1]s,"details":{"authError":%[1]s}}}`, text)
		})
		c := newPlainClient(n, s.URL+"/"+url.PathEscape(secret), func(p *Profile) { p.Credential = fixedCredential{secret: secret} })
		c.Check(t.Context())
		c.Check(t.Context())
	}
	if lines := strings.Count(b.String(), "\n"); lines < 6*len(redacttest.Echoes()) {
		t.Errorf("%d lines", lines)
	}
	for _, found := range search.In("log", b.Bytes()) {
		t.Error(found)
	}
	if !strings.Contains(b.String(), "[redacted]") {
		t.Error("no address had a secret in it")
	}
}

// TestNoLogCostsNothing counts what a check allocates where nobody reads a log.
func TestNoLogCostsNothing(t *testing.T) {
	n := testNetwork(t)
	c := newPlainClient(n, "https://host.example")
	if c.attempted(c.bearer("secret", "")) != nil {
		t.Error("requests are told of to nobody")
	}
	out := outcome{}
	if got := testing.AllocsPerRun(100, func() {
		c.logCheck(out.snapshot.Health, out)
		c.logResolved(t.Context(), account.Diagnosis{}, 0)
		c.logDetails(nil, 0)
	}); got != 0 {
		t.Errorf("%v allocations", got)
	}
}
