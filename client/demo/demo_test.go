package demo

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"go.uber.org/goleak"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/sample"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start serves without latency at noon, or as the clock says.
func start(t *testing.T, now func() time.Time) *Server {
	t.Helper()
	if now == nil {
		now = demotest.Noon
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

// accountOf is the account of a sample profile.
func accountOf(t *testing.T, s *Server, profile string) Account {
	t.Helper()
	a, ok := s.Account(profile)
	if !ok {
		t.Fatalf("no account of profile %q", profile)
	}
	return a
}

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
				got, err := demotest.Do(t, http.MethodGet, a.BaseURL+service.Path, "", demotest.Headers(service.Header, a.Token, a.Username, a.Password)...)
				if a.State == "unreachable" {
					if err == nil {
						t.Fatalf("got status %d, want no answer", got.Status)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				want, ok := statuses[a.State]
				switch {
				case a.Status != 0:
					want = a.Status
				case !ok: // the refusals differ between the services
					want = map[string]int{"katapult": 403, "onezone": 401}[service.Provider]
				}
				if got.Status != want {
					t.Errorf("status %d, want %d: %s", got.Status, want, got.Body)
				}
				if code := got.Code(); code != a.Code {
					t.Errorf("code %q, want %q", code, a.Code)
				}
				if a.State == "bad_response" && json.Valid(got.Body) {
					t.Errorf("answer is good JSON: %s", got.Body)
				}
			})
		}
	}
}

func TestSamplesShowEveryState(t *testing.T) {
	var got []string
	for _, s := range services(demotest.Noon) {
		for _, p := range s.Profiles {
			got = append(got, p.State)
		}
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
		Default string `toml:"default_profile"`
		Refresh string `toml:"refresh_interval"`
		Timeout string `toml:"request_timeout"`
		Warning string `toml:"expiry_warning"`
		Views   map[string]struct {
			Query, Sort string
			Columns     []string
		}
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
	if extra := undecoded(meta); len(extra) > 0 {
		t.Errorf("keys that no configuration has: %v", extra)
	}
	if v := config.Views; len(v) != 2 || v["clients"].Query == "" || len(v["production"].Columns) == 0 {
		t.Errorf("views %+v", v)
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
	first, later := services(demotest.Noon), services(func() time.Time { return demotest.Noon().Add(100 * time.Hour) })
	for i, s := range first {
		for j, p := range s.Profiles {
			// These end in relation to the start.
			relative := slices.Contains([]string{"egi", "workshop", "console", "visitor"}, p.Name)
			if (p.Token == later[i].Profiles[j].Token) == relative {
				t.Errorf("%s: token changes: %v, want %v", p.Name, !relative, relative)
			}
		}
	}
}

// TestOrderOfProfiles has the configuration begin with the profiles that are
// met first, and each section come once.
func TestOrderOfProfiles(t *testing.T) {
	entries := entriesOf(hostsOf(services(demotest.Noon)))
	for i, name := range firstProfiles() {
		if entries[i].Name != name || entries[i].Section != sample.EveryDay {
			t.Errorf("profile %d is %s of section %q, want %s of %q", i, entries[i].Name, entries[i].Section, name, sample.EveryDay)
		}
	}
	var sections []string
	for _, e := range entries {
		sections = append(sections, e.Section)
	}
	sections = slices.Compact(sections)
	for i, section := range sections {
		if section == "" || slices.Contains(sections[:i], section) {
			t.Errorf("section %q comes a second time: %q", section, sections)
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
	a := accountOf(t, s, "satellite") // takes more than a second
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
	one, two := newPacer(services(demotest.Noon)), newPacer(services(demotest.Noon))
	seen := map[time.Duration]bool{}
	for range 20 {
		a, b := one.delay("kt-demo-work", "/users/current", true), two.delay("kt-demo-work", "/users/current", true)
		if a != b {
			t.Fatalf("delays differ: %v, %v", a, b)
		}
		if a < 30*time.Millisecond || a > 60*time.Millisecond {
			t.Errorf("delay %v is far from 42 ms", a)
		}
		seen[a] = true
	}
	if len(seen) < 3 {
		t.Errorf("the delay hardly varies: %v", seen)
	}
	if one.delay("stranger", "/user", true) != strangersWait {
		t.Error("a stranger waits differently")
	}
}

// undecoded are the keys that nothing has asked for, but those of the services that the
// configuration describes: these are tried where they are served.
func undecoded(meta toml.MetaData) []toml.Key {
	return slices.DeleteFunc(meta.Undecoded(), func(k toml.Key) bool { return k[0] == "services" })
}
