package export

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rollcall/plainfile/documenttest"
)

// rulesFolder has what Prometheus is to be given.
var rulesFolder = filepath.Join("..", "..", ".github", "prometheus")

// TestRules has Prometheus' own tool check the rules for alerts, and run the cases of
// them.
func TestRules(t *testing.T) {
	t.Parallel()
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("this test needs the program promtool, which comes with Prometheus")
	}
	for _, args := range [][]string{{"check", "rules", "rules.yml"}, {"check", "config", "scrape.yml"}, {"test", "rules", "rules_test.yml"}} {
		c := exec.Command(promtool, args...)
		c.Dir = rulesFolder
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// TestRulesFit holds the rules to the metrics that there are, and the document to the
// rules.
func TestRulesFit(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(rulesFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	rules, cases := read("rules.yml"), read("rules_test.yml")
	var known []string
	for _, f := range families() {
		known = append(known, f.name)
	}
	names := regexp.MustCompile(`\brollcall_\w+`).FindAllString(rules, -1)
	if len(names) < 10 {
		t.Errorf("the rules ask for %v", names)
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			t.Errorf("the rules ask for %s, which there is not", name)
		}
	}
	var alerts []string
	for _, m := range regexp.MustCompile(`(?m)^ *- alert: (\w+)$`).FindAllStringSubmatch(rules, -1) {
		alerts = append(alerts, m[1])
		if !strings.Contains(cases, "alertname: "+m[1]+"\n        exp_alerts:\n") {
			t.Errorf("there is no case in which %s fires", m[1])
		}
	}
	documenttest.Table(t, document, "alerts", alerts)
}
