package transport

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
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

var update = flag.Bool("update", false, "rewrite the golden file of the diagnoses")

// diagnosedRow is an answer or a failure with a name, and what is made of it.
type diagnosedRow struct {
	name string
	account.Diagnosis
}

// diagnoses goes through all codes of the services, all statuses and all
// failures on the way.
func diagnoses(t *testing.T) (all []diagnosedRow) {
	add := func(p service.Service, r servicetest.Reading) {
		_, d := servicetest.Identify(p, r.Answer(), r.Asked())
		name := strings.Join(strings.Fields(fmt.Sprint(p.Info().Name, " ", r.Status, " ", r.Code, " ", r.Name)), " ")
		if d.State != account.Healthy {
			all = append(all, diagnosedRow{name, d})
		}
	}
	for _, r := range katapulttest.Readings() {
		add(katapult.Service{}, r)
	}
	for _, r := range onezonetest.Readings() {
		add(onezone.Service{}, r)
	}
	for _, r := range githubtest.Readings() {
		add(github.Service{}, r)
	}
	for _, r := range gitlabtest.Readings() {
		add(gitlab.Service{}, r)
	}
	for _, r := range giteatest.Readings() {
		add(gitea.Service{}, r)
	}
	for _, r := range oidctest.Readings() {
		add(oidctest.AtUserInfo(oidc.Service{}), r)
	}
	for _, r := range oidctest.Discoveries {
		r.Name = "discovery, " + r.Name
		add(oidctest.AtDiscovery(oidc.Service{}), r)
	}
	for _, r := range declaredtest.Readings() {
		add(declaredtest.Tracker(), r)
	}
	for _, r := range servicetest.Statuses {
		add(onezone.Service{}, servicetest.Reading{Status: r.Status, Body: "{}"})
	}
	s := Sender{Host: "host.example", Timeout: 10 * time.Second}
	for _, r := range failureRows {
		all = append(all, diagnosedRow{"failure " + r.name, s.failure(t.Context(), r.err).Diagnosis})
	}
	return all
}

// TestDiagnoses compares state, code, explanation, remedy and action of every case
// with the texts in a file, which is there to be read, too.
func TestDiagnoses(t *testing.T) {
	rows := diagnoses(t)
	var b strings.Builder
	for _, r := range rows {
		servicetest.CheckTexts(t, r.Diagnosis)
		state := strings.TrimSpace(fmt.Sprint(r.State, " ", r.Code))
		action := cmp.Or(string(r.Remedial()), "nothing to do")
		fmt.Fprintf(&b, "%s\n  %s\n  %s\n  %s\n  [%s]\n\n", r.name, state, r.Explanation, r.Remedy, action)
	}
	if len(rows) < 220 {
		t.Errorf("only %d rows", len(rows))
	}
	const file = "../testdata/diagnoses.golden"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, wanted := strings.Split(b.String(), "\n\n"), strings.Split(string(want), "\n\n")
	for i := range max(len(got), len(wanted)) {
		switch {
		case i >= len(got):
			t.Fatalf("there is no more:\n%s", wanted[i])
		case i >= len(wanted) || got[i] != wanted[i]:
			t.Fatalf("not in %s (-update rewrites it):\n%s", file, got[i])
		}
	}
}

// TestStatusesOfAllServices checks that a status that says something by
// itself means the same whichever service sends it.
func TestStatusesOfAllServices(t *testing.T) {
	for _, p := range []service.Service{katapult.Service{}, onezone.Service{}, github.Service{}, gitlab.Service{}, gitea.Service{}, oidctest.AtUserInfo(oidc.Service{}), declaredtest.Described(declaredtest.Plain)} {
		for _, r := range servicetest.Statuses {
			t.Run(fmt.Sprintf("%s %d", p.Info().Name, r.Status), func(t *testing.T) {
				_, d := servicetest.Identify(p, service.Answer{Status: r.Status, Body: []byte("{}")}, servicetest.Asked(false))
				if d.State != r.State || !strings.Contains(d.Explanation+d.Remedy, r.Fact) {
					t.Errorf("%s, want %s with %q: %s %s", d.State, r.State, r.Fact, d.Explanation, d.Remedy)
				}
				servicetest.CheckTexts(t, d)
			})
		}
	}
}
