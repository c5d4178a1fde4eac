package export

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

func TestOpenMetrics(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 12, 0, 0, 250e6, time.UTC)
	limit, left := int64(100), int64(87)
	profiles := []config.Profile{{Name: "work", Provider: "katapult"}, {Name: `a "b" \c`, Provider: "onezone"}, {Name: "new", Provider: "katapult"}}
	snapshots := []account.Snapshot{
		{
			Profile:   "work",
			Health:    account.Health{State: account.Expiring, HTTPStatus: 200, CheckedAt: at, LastOKAt: at, Latency: 41800 * time.Microsecond},
			Account:   &account.Account{Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryDate, At: at.Add(time.Hour)}}},
			RateLimit: account.RateLimit{Limit: &limit, Remaining: &left, ResetAt: at.Add(time.Minute)},
			Verdict:   account.Verdict{State: account.Expiring, At: at},
		},
		{
			Profile: `a "b" \c`,
			Health:  account.Health{State: account.InvalidToken, HTTPStatus: 401, Code: "token\nRevoked", CheckedAt: at},
			Account: &account.Account{Token: account.Token{Expiry: account.Expiry{Kind: account.ExpiryNever}}},
			Verdict: account.Verdict{State: account.InvalidToken, At: at},
		},
		{Profile: "new", Health: account.Health{State: account.Checking}},
	}
	var b strings.Builder
	standings := []insight.Standing{{Urgency: insight.UrgencySoon}, {Urgency: insight.UrgencyNow}, {Urgency: insight.UrgencyWaiting}}
	if err := WriteOpenMetrics(&b, profiles, snapshots, standings); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "openmetrics.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("it differs from the file; got:\n%s", b.String())
	}
	checkOpenMetrics(t, b.String())
}

// checkOpenMetrics holds a text to the grammar: each family announced once
// before its samples, names and values well formed, the end marked.
func checkOpenMetrics(t *testing.T, text string) {
	t.Helper()
	sample := regexp.MustCompile(`^([a-z_]+)\{([a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\} (\+Inf|[0-9.]+)$`)
	family, seen := "", map[string]bool{}
	lines := strings.Split(text, "\n")
	if n := len(lines); n < 2 || lines[n-2] != "# EOF" || lines[n-1] != "" {
		t.Fatalf("it does not end with # EOF:\n%s", text)
	}
	for _, line := range lines[:len(lines)-2] {
		if rest, ok := strings.CutPrefix(line, "# TYPE "); ok {
			family, _, _ = strings.Cut(rest, " ")
			if seen[family] {
				t.Errorf("%s comes twice", family)
			}
			seen[family] = true
			continue
		}
		if rest, ok := strings.CutPrefix(line, "# UNIT "); ok {
			if name, unit, _ := strings.Cut(rest, " "); name != family || !strings.HasSuffix(name, "_"+unit) {
				t.Errorf("the unit is not that of the family: %s", line)
			}
			continue
		}
		if rest, ok := strings.CutPrefix(line, "# HELP "); ok {
			if name, _, _ := strings.Cut(rest, " "); name != family {
				t.Errorf("help for another family: %s", line)
			}
			continue
		}
		m := sample.FindStringSubmatch(line)
		if m == nil || m[1] != family {
			t.Errorf("not a sample of %s: %s", family, line)
		}
	}
}
