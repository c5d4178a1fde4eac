package client

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"rollcall/client/account"
	"rollcall/client/redact/redacttest"
	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/client/service/declared/declaredtest"
	"rollcall/client/service/gitea/giteatest"
	"rollcall/client/service/github/githubtest"
	"rollcall/client/service/gitlab/gitlabtest"
	"rollcall/client/service/katapult/katapulttest"
	"rollcall/client/service/oidc/oidctest"
	"rollcall/client/service/onezone/onezonetest"
	"rollcall/client/service/servicetest"
)

const (
	// echoHere stands in an answer for what the service was sent.
	echoHere = "what the service was sent"
	// echoesOfEach is in how many ways each field is tried, unless the tests
	// run for long. All fields of a service have all of them together.
	echoesOfEach = 1
)

// echoing is an answer with a place for what the service was sent.
type echoing struct {
	provider string
	// second is set where the service was sent two secrets.
	basic, second bool
	status        int
	header        http.Header
	body          string
}

// TestNoEchoIsKept has every service send back both secrets of a profile, in each field
// of each of its answers and refusals, written in every way. It searches all that is
// told of the checks, and the files of the store.
func TestNoEchoIsKept(t *testing.T) {
	if raceDetector {
		t.Skip("it asks one after the other, some thousand times")
	}
	synctest.Test(t, func(t *testing.T) {
		search := redacttest.NewSearch("token", "second")
		catalog, answers := services, echoingAnswers(t)
		for _, s := range declared.Shipped() {
			catalog = append(catalog, s)
		}
		asked := map[string]*http.Response{}
		n := overRoundTrip(func(r *http.Request) (*http.Response, error) { return asked[r.URL.Host], nil })
		n.services = catalog
		dir, checked, states := t.TempDir(), 0, map[account.State]int{}
		for batch := range slices.Chunk(echoedAnswers(answers), 500) {
			clear(asked)
			var clients []*Client
			for i, one := range batch {
				host := fmt.Sprintf("a%d.example", checked+i)
				asked[host] = respond(one.status, one.body)
				asked[host].Header = one.header
				clients = append(clients, New(echoProfile(t, catalog, one, host), n))
			}
			s := open(t, dir)
			for i, snap := range NewPoller(clients, s).Once(t.Context()) {
				checked++
				states[snap.Health.State]++
				if found := search.In("snapshot", allTold(t, snap)); len(found) > 0 {
					t.Errorf("%q\nfrom %+v", found, batch[i])
				}
			}
			closeStore(t, s)
			if t.Failed() {
				return
			}
		}
		searchFolder(t, search, dir)
		t.Logf("%s, after %d checks of %d answers: %v", search.Totals(), checked, len(answers), states)
		if len(states) < 10 || checked < 3000 {
			t.Errorf("only %d checks with the states %v", checked, states)
		}
	})
}

// echoProfile is a profile that asks at a host and has all that the service wants.
func echoProfile(t *testing.T, catalog service.Catalog, one echoing, host string) Profile {
	t.Helper()
	p := Profile{
		Name: host, Provider: one.provider, BaseURL: "https://" + host, Parts: map[string]string{},
		Credential: fixedCredential{secret: redacttest.Secret("token")},
	}
	s, _ := catalog.Named(one.provider)
	if d, ok := s.(service.Demanding); ok {
		for _, part := range d.Demand().Parts {
			p.Parts[part.Name] = cmp.Or(slices.Concat(part.Allowed, []string{"eu"})[0])
		}
		p.UserToken = d.Demand().UserToken
		if one.second {
			p.Second = fixedCredential{secret: redacttest.Secret("second")}
		}
	}
	if one.basic || p.UserToken {
		p.Username = "sam"
	}
	return p
}

// allTold is every text of a snapshot, what went over the wire among them, and the
// snapshot as it is printed for other programs.
func allTold(t *testing.T, s account.Snapshot) []byte {
	t.Helper()
	if s.Health.State == account.Misconfigured && s.Health.Attempts == 0 {
		t.Fatalf("%s was not asked: %s", s.Profile, s.Health.Explanation)
	}
	told, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range s.History {
		told = fmt.Appendf(told, "\n%+v", c.Exchange)
	}
	s.MapText(func(text string) string {
		told = append(append(told, '\n'), text...)
		return text
	})
	return told
}

// searchFolder searches every file below a folder.
func searchFolder(t *testing.T, search *redacttest.Search, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatalf("nothing was kept: %v", err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if found := search.In(e.Name(), data); len(found) > 0 {
			t.Errorf("%q", found)
		}
	}
}

// echoingAnswers are all answers and refusals of all services that the tests have, with
// one of their fields or headers after the other in place of which the echo stands.
func echoingAnswers(t *testing.T) (all []echoing) {
	t.Helper()
	for provider, readings := range map[string][]servicetest.Reading{
		"katapult": append(katapulttest.Readings(), servicetest.Reading{Status: 200, Body: katapulttest.Good}),
		"onezone":  append(onezonetest.Readings(), servicetest.Reading{Status: 200, Body: onezonetest.Good}),
		"github":   append(githubtest.Readings(), servicetest.Reading{Status: 200, Body: githubtest.Good}),
		"gitlab":   append(gitlabtest.Readings(), servicetest.Reading{Status: 200, Body: gitlabtest.Good}),
		"gitea":    append(giteatest.Readings(), servicetest.Reading{Status: 200, Body: giteatest.Good}),
		"oidc":     append(oidctest.Readings(), servicetest.Reading{Status: 200, Body: oidctest.Good}),
	} {
		for _, r := range readings {
			all = append(all, everyPlace(echoing{provider, r.Basic, false, r.Status, r.Header, r.Body})...)
		}
	}
	for _, s := range declared.Shipped() {
		files, err := filepath.Glob(filepath.Join("service", "declared", "library", "testdata", s.Name(), "*.http"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no answers of %s: %v", s.Name(), err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f, err := declaredtest.Parse(data)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, everyPlace(echoing{s.Name(), false, s.Demand().SecondToken, f.Answer.Status, f.Answer.Header, string(f.Answer.Body)})...)
		}
	}
	for range redacttest.Echoes() {
		all = append(all, redirects("katapult")...)
	}
	slices.SortStableFunc(all, func(a, b echoing) int { return cmp.Compare(a.provider, b.provider) })
	return all
}

// redirects are answers that send elsewhere, with the echo in each part of the address.
func redirects(provider string) (all []echoing) {
	for _, to := range []string{"in/" + echoHere, "in?" + echoHere, "in#" + echoHere, "in/" + echoHere + "?" + echoHere} {
		all = append(all, echoing{provider: provider, status: 302, header: http.Header{"Location": {"https://elsewhere.example/" + to}}})
	}
	for _, to := range []string{echoHere, "sam:" + echoHere, echoHere + ":x"} {
		all = append(all, echoing{provider: provider, status: 302, header: http.Header{"Location": {"https://" + to + "@elsewhere.example/"}}})
	}
	return all
}

// everyPlace has the echo in each place of an answer.
func everyPlace(a echoing) (all []echoing) {
	a.header = maps.Clone(a.header)
	if a.header == nil {
		a.header = http.Header{}
	}
	with := a
	with.header = maps.Clone(a.header)
	for _, name := range append(slices.Collect(maps.Keys(a.header)), "Server", "Location", "Www-Authenticate", "X-Request-Id", "Retry-After",
		"X-Ratelimit-Resource", "Ratelimit-Policy", "Link", "Content-Type") {
		with.header[name] = []string{echoHere}
	}
	all = append(all, with)
	var body any
	if json.Unmarshal([]byte(a.body), &body) != nil {
		with := a
		with.body += " " + echoHere
		return append(all, with)
	}
	everywhere(body, []any{echoHere}, func(changed any) {
		data, _ := json.Marshal(changed)
		with := a
		with.body = string(data)
		all = append(all, with)
	})
	return all
}

// echoedAnswers writes the secrets into the answers.
func echoedAnswers(answers []echoing) (all []echoing) {
	rounds, _ := strconv.Atoi(os.Getenv("ROLLCALL_TEST_ROUNDS"))
	echoes := redacttest.Echoes()
	most := min(len(echoes), max(rounds, 1)*echoesOfEach)
	for i, a := range answers {
		for k := range most {
			echo := echoes[(i*most+k)%len(echoes)]
			all = append(all, echoed(a, echo, k%2 == 0))
		}
	}
	return all
}

// echoed is an answer with both secrets in it, with or without words around them.
func echoed(a echoing, echo redacttest.Echo, words bool) echoing {
	text := echo.Write(redacttest.Secret("token"))
	if a.second {
		text += " " + echo.Write(redacttest.Secret("second"))
	}
	if words {
		text = "you sent " + text + ", so"
	}
	quoted, _ := json.Marshal(text)
	in := strings.Trim(string(quoted), `"`)
	if strings.HasPrefix(echo.Name, "JSON, ") || !json.Valid([]byte(a.body)) {
		in = text
	}
	a.body = strings.ReplaceAll(a.body, echoHere, in)
	a.header = maps.Clone(a.header)
	for name, values := range a.header {
		if strings.Contains(values[0], echoHere) {
			a.header[name] = []string{strings.ReplaceAll(values[0], echoHere, text)}
		}
	}
	return a
}
