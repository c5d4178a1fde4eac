package faults_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/client/service/declared/declaredtest"
	"rollcall/client/service/gitea"
	"rollcall/client/service/gitea/giteatest"
	"rollcall/client/service/github"
	"rollcall/client/service/github/githubtest"
	"rollcall/client/service/gitlab"
	"rollcall/client/service/gitlab/gitlabtest"
	"rollcall/client/service/katapult"
	"rollcall/client/service/katapult/katapulttest"
	"rollcall/client/service/oidc"
	"rollcall/client/service/oidc/oidctest"
	"rollcall/client/service/onezone"
	"rollcall/client/service/onezone/onezonetest"
	"rollcall/client/service/servicetest"
)

// catalog has all services.
var catalog = func() service.Catalog {
	all := service.Catalog{katapult.Service{}, onezone.Service{}, github.Service{}, gitlab.Service{}, gitea.Service{}, oidc.Service{}, declaredtest.Tracker()}
	for _, s := range declared.Shipped() {
		all = append(all, s)
	}
	return all
}()

// responds answers with what a table or a file has.
func responds(status int, h http.Header, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range h {
			if name != "Content-Length" && name != "Transfer-Encoding" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// answersAs is a server that answers in one way until it is mended, and then in another.
func answersAs(bad, good http.HandlerFunc) server {
	return server{answers: func(p *peer) { p.handle(bad) }, good: good}
}

// builtInRefusals are the refusals of the services that are built in, and of one that is
// described by hand: of each service the first for every state.
func builtInRefusals() (all []fault) {
	for _, s := range []struct {
		provider, good string
		readings       []servicetest.Reading
	}{
		{"katapult", katapulttest.Good, katapulttest.Readings()},
		{"onezone", onezonetest.Good, onezonetest.Readings()},
		{"github", githubtest.Good, githubtest.Readings()},
		{"gitlab", gitlabtest.Good, gitlabtest.Readings()},
		{"gitea", giteatest.Good, giteatest.Readings()},
		{"oidc", oidctest.Good, oidctest.Readings()},
		{"tracker", `{"ok":true,"id":1}`, declaredtest.Readings()},
	} {
		told := map[account.State]bool{}
		for _, r := range s.readings {
			if r.State == account.Healthy || told[r.State] || r.Basic || r.Secret != "" {
				continue
			}
			told[r.State] = true
			bad, good := responds(r.Status, r.Header, r.Body), responds(200, nil, s.good)
			if s.provider == "oidc" {
				bad, good = discovered(bad), discovered(good)
			}
			f := fault{
				name:   strings.Join(strings.Fields(fmt.Sprintf("%s refuses: %s %s", s.provider, strings.ReplaceAll(r.Code, "_", " "), r.Name)), " "),
				server: answersAs(bad, good), state: r.State, code: r.Code, profile: of(s.provider), asMany: true,
			}
			f.attempts = pauses(r.Answer())
			all = append(all, f)
		}
	}
	return all
}

// pauses is how many requests an answer costs, as far as pauses lie between them.
func pauses(a service.Answer) int {
	if a.Status >= 502 && a.Status <= 504 && a.Header.Get("Retry-After") == "" {
		return 3
	}
	return 1
}

// discovered answers as an issuer whose description is good.
func discovered(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, ".well-known") {
			issuer := "http://" + r.Host
			fmt.Fprintf(w, `{"issuer":%q,"userinfo_endpoint":%q}`, issuer, issuer+"/me")
			return
		}
		h(w, r)
	}
}

// of makes a profile that of a service, with whatever it wants.
func of(provider string) func(p *client.Profile, _ *running) {
	return func(p *client.Profile, _ *running) {
		p.Provider = provider
		s, _ := catalog.Named(provider)
		d, ok := s.(*declared.Service)
		if !ok {
			return
		}
		demand := d.Demand()
		if demand.UserToken {
			p.Username, p.UserToken = "sam@example.org", true
		}
		if demand.SecondToken {
			p.Second = credential("an0ther-" + secret)
		}
		p.Parts = map[string]string{}
		for _, part := range demand.Parts {
			p.Parts[part.Name] = "x"
			if len(part.Allowed) > 0 {
				p.Parts[part.Name] = part.Allowed[0]
			}
		}
	}
}

// shippedRefusals are the refusals of the services whose descriptions are shipped, as
// their fixtures have them.
func shippedRefusals(t *testing.T) (all []fault) {
	t.Helper()
	for _, s := range declared.Shipped() {
		files, err := filepath.Glob(filepath.Join("../service/declared/library/testdata", s.Name(), "*.http"))
		if err != nil {
			t.Fatal(err)
		}
		good := answerIn(t, files[slices.IndexFunc(files, func(f string) bool { return strings.HasPrefix(filepath.Base(f), "user") })])
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".http")
			if !strings.HasPrefix(name, "refused") {
				continue
			}
			bad := answerIn(t, file)
			read, err := declaredtest.Ask(s, bad, nil)
			if err != nil {
				t.Fatal(err)
			}
			f := fault{
				name:   s.Name() + " " + strings.ReplaceAll(name, "-", " "),
				server: answersAs(responds(bad.Status, bad.Header, string(bad.Body)), responds(good.Status, good.Header, string(good.Body))),
				state:  read.Diagnosis.State, code: read.Diagnosis.Code, profile: of(s.Name()),
				attempts: pauses(bad), asMany: true,
			}
			all = append(all, f)
		}
	}
	return all
}

// answerIn is the answer that a file has.
func answerIn(t *testing.T, file string) service.Answer {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := declaredtest.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f.Answer
}
