package client

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"rollcall/client/account"
)

var update = flag.Bool("update", false, "rewrite the golden file of the diagnoses")

// diagnosedRow is an answer or a failure with a name, and what is made of it.
type diagnosedRow struct {
	name string
	account.Diagnosis
}

// diagnoses goes through all codes of both services, all statuses and all
// failures on the way.
func diagnoses(t *testing.T) (all []diagnosedRow) {
	add := func(p provider, r reading) {
		_, d := p.read(answer{status: r.status, header: r.header, body: []byte(r.body)}, asked(r.basic))
		name := strings.Join(strings.Fields(fmt.Sprint(p.info().Name, " ", r.status, " ", r.code, " ", r.name)), " ")
		if d.State != account.Healthy {
			all = append(all, diagnosedRow{name, d})
		}
	}
	for _, r := range katapultReadings() {
		add(katapult{}, r)
	}
	for _, r := range onezoneReadings() {
		add(onezone{}, r)
	}
	for _, r := range statusRows {
		add(onezone{}, reading{status: r.status, body: "{}"})
	}
	s := sender{host: "host.example", timeout: DefaultTimeout}
	for _, r := range failureRows {
		all = append(all, diagnosedRow{"failure " + r.name, s.failure(t.Context(), r.err).Diagnosis})
	}
	return all
}

// TestDiagnoses compares state, code, explanation and remedy of every case
// with the texts in a file, which is there to be read, too.
func TestDiagnoses(t *testing.T) {
	rows := diagnoses(t)
	var b strings.Builder
	for _, r := range rows {
		checkTexts(t, r.Diagnosis)
		state := strings.TrimSpace(fmt.Sprint(r.State, " ", r.Code))
		fmt.Fprintf(&b, "%s\n  %s\n  %s\n  %s\n\n", r.name, state, r.Explanation, r.Remedy)
	}
	if len(rows) < 150 {
		t.Errorf("only %d rows", len(rows))
	}
	const file = "testdata/diagnoses.golden"
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

// TestStatusesOfBothServices checks that a status that says something by
// itself means the same whichever service sends it.
func TestStatusesOfBothServices(t *testing.T) {
	for _, p := range providers() {
		for _, r := range statusRows {
			t.Run(fmt.Sprintf("%s %d", p.info().Name, r.status), func(t *testing.T) {
				_, d := p.read(answer{status: r.status, body: []byte("{}")}, asked(false))
				if d.State != r.state || !strings.Contains(d.Explanation+d.Remedy, r.fact) {
					t.Errorf("%s, want %s with %q: %s %s", d.State, r.state, r.fact, d.Explanation, d.Remedy)
				}
				checkTexts(t, d)
			})
		}
	}
}
