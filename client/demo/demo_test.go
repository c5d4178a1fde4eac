package demo

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is when the tests take place.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// start serves without latency at noon, or as the clock says.
func start(t *testing.T, now func() time.Time) *Server {
	t.Helper()
	if now == nil {
		now = func() time.Time { return noon }
	}
	s, err := Start(Options{Now: now, NoLatency: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func account(t *testing.T, s *Server, profile string) Account {
	t.Helper()
	a, ok := s.Account(profile)
	if !ok {
		t.Fatalf("no account of profile %q", profile)
	}
	return a
}

// reply is an answer read whole.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request without following redirects. Headers come in pairs.
func do(t *testing.T, method, url, body string, headers ...string) (reply, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for pair := range slices.Chunk(headers, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(r)
	if err != nil {
		return reply{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return reply{res.StatusCode, res.Header, text}, err
}

func ask(t *testing.T, method, url, body string, headers ...string) reply {
	t.Helper()
	r, err := do(t, method, url, body, headers...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// object reads the body as a JSON object.
func (r reply) object(t *testing.T) object {
	t.Helper()
	var o object
	if err := json.Unmarshal(r.body, &o); err != nil {
		t.Fatalf("status %d, body %q: %v", r.status, r.body, err)
	}
	return o
}

// headersOf show the account's credential to its service.
func headersOf(provider string, a Account) []string {
	switch {
	case a.Username != "":
		r := http.Request{Header: http.Header{}}
		r.SetBasicAuth(a.Username, a.Password)
		return []string{"Authorization", r.Header.Get("Authorization")}
	case provider == "katapult":
		return []string{"Authorization", "Bearer " + a.Token}
	default:
		return []string{"X-Auth-Token", a.Token}
	}
}

var identity = map[string]string{"katapult": "/core/v1/users/current", "onezone": "/api/v3/onezone/user"}

// TestSamples asks every service who each account is.
func TestSamples(t *testing.T) {
	s := start(t, nil)
	statuses := map[string]int{
		"healthy": 200, "expiring": 200, "wrong_account": 200, "disabled": 200, "bad_response": 200,
		"no_user": 404, "not_found": 404, "rate_limited": 429, "unavailable": 503, "server_error": 500,
		"bad_request": 400, "misconfigured": 301, "credential_missing": 400,
	}
	for _, service := range s.Services() {
		for _, a := range service.Accounts {
			t.Run(a.Profile, func(t *testing.T) {
				got, err := do(t, http.MethodGet, a.BaseURL+identity[service.Provider], "", headersOf(service.Provider, a)...)
				if a.State == "unreachable" {
					if err == nil {
						t.Fatalf("got status %d, want no answer", got.status)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				want, ok := statuses[a.State]
				if !ok { // the refusals differ between the services
					want = map[string]int{"katapult": 403, "onezone": 401}[service.Provider]
				}
				if got.status != want {
					t.Errorf("status %d, want %d: %s", got.status, want, got.body)
				}
				if code := codeOf(got.body); code != a.Code {
					t.Errorf("code %q, want %q", code, a.Code)
				}
				if a.State == "bad_response" && json.Valid(got.body) {
					t.Errorf("answer is good JSON: %s", got.body)
				}
			})
		}
	}
}

// codeOf is the innermost code of a refusal by either service.
func codeOf(body []byte) string {
	var e struct {
		Code  string
		Error struct {
			Code, ID string
			Details  struct{ AuthError struct{ ID string } }
		}
	}
	if json.Unmarshal(body, &e) != nil {
		return ""
	}
	for _, code := range []string{e.Error.Details.AuthError.ID, e.Error.ID, e.Error.Code, e.Code} {
		if code != "" {
			return code
		}
	}
	return ""
}

func TestSamplesShowEveryState(t *testing.T) {
	var got []string
	for _, s := range samples(noon) {
		got = append(got, s.state)
	}
	for _, want := range []string{
		"healthy", "expiring", "no_user", "rate_limited", "unavailable", "invalid_token", "network_denied",
		"scope_missing", "forbidden", "wrong_account", "not_found", "bad_request", "server_error", "bad_response",
		"unreachable", "credential_missing", "misconfigured", "disabled",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no sample is %s", want)
		}
	}
}

func TestConfigHasEveryAccount(t *testing.T) {
	s := start(t, nil)
	var config struct {
		Default  string `toml:"default_profile"`
		Refresh  string `toml:"refresh_interval"`
		Timeout  string `toml:"request_timeout"`
		Warning  string `toml:"expiry_warning"`
		Profiles map[string]struct {
			Provider, Token, Username, Password, Identity, Label string
			BaseURL                                              string `toml:"base_url"`
			Tags                                                 []string
			Disabled                                             bool
		}
	}
	meta, err := toml.Decode(string(s.Config()), &config)
	if err != nil {
		t.Fatal(err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		t.Errorf("keys that no configuration has: %v", extra)
	}
	if config.Default != "work" {
		t.Errorf("default_profile = %q", config.Default)
	}
	count := 0
	for _, service := range s.Services() {
		if service.URL == "" || service.About == "" || len(service.Accounts) == 0 {
			t.Errorf("a service lacks its description: %+v", service)
		}
		for _, a := range service.Accounts {
			count++
			p, ok := config.Profiles[a.Profile]
			if !ok {
				t.Errorf("no profile %q", a.Profile)
				continue
			}
			if p.Provider != service.Provider || p.BaseURL != a.BaseURL || p.Token != a.Token ||
				p.Username != a.Username || p.Password != a.Password || p.Disabled != (a.State == "disabled") {
				t.Errorf("profile %q differs from its account:\n%+v\n%+v", a.Profile, p, a)
			}
			if !strings.HasPrefix(a.BaseURL, service.URL) {
				t.Errorf("profile %q asks %s, not %s", a.Profile, a.BaseURL, service.URL)
			}
			if (a.Token == "") == (a.Username == "") {
				t.Errorf("profile %q needs a token or a user name", a.Profile)
			}
		}
	}
	if count != len(config.Profiles) {
		t.Errorf("%d profiles, %d accounts", len(config.Profiles), count)
	}
}

func TestTokensStayTheSame(t *testing.T) {
	first, later := samples(noon), samples(noon.Add(100*time.Hour))
	for i, s := range first {
		// These end in relation to the start.
		relative := slices.Contains([]string{"egi", "workshop", "console"}, s.profile)
		if (s.token == later[i].token) == relative {
			t.Errorf("%s: token changes: %v, want %v", s.profile, !relative, relative)
		}
	}
}

func TestPorts(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	if s, err := Start(Options{Port: port}); err == nil {
		s.Close()
		t.Fatal("started on a port that is taken")
	}
	free.Close()
	s, err := Start(Options{Port: port})
	if err != nil {
		t.Skipf("the ports after %d are in use: %v", port, err)
	}
	defer s.Close()
	if got := s.Services()[0].URL; !strings.HasSuffix(got, free.Addr().String()) {
		t.Errorf("first service at %s, want %s", got, free.Addr())
	}
}

// A slow answer must not keep the server from closing, nor be sent half.
func TestCloseEndsSlowAnswers(t *testing.T) {
	s, err := Start(Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := account(t, s, "satellite") // takes three seconds
	conn, err := net.Dial("tcp", strings.TrimPrefix(a.BaseURL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET /api/v3/onezone/user HTTP/1.1\r\nHost: x\r\nX-Auth-Token: "+a.Token+"\r\n\r\n")
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if rest, _ := io.ReadAll(conn); len(rest) > 0 {
		t.Errorf("an answer was sent: %q", rest)
	}
	if err := s.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

func TestPacerVariesButRepeats(t *testing.T) {
	one, two := newPacer(samples(noon)), newPacer(samples(noon))
	seen := map[time.Duration]bool{}
	for range 20 {
		a, b := one.delay("kt-demo-work", "/users/current"), two.delay("kt-demo-work", "/users/current")
		if a != b {
			t.Fatalf("delays differ: %v, %v", a, b)
		}
		if a < 30*ms || a > 60*ms {
			t.Errorf("delay %v is far from 42 ms", a)
		}
		seen[a] = true
	}
	if len(seen) < 3 {
		t.Errorf("the delay hardly varies: %v", seen)
	}
	if one.delay("stranger", "/user") != strangersWait {
		t.Error("a stranger waits differently")
	}
}

// The descriptions that conformance is tested against.
func readDescription(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
