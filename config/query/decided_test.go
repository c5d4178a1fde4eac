package query_test

import (
	"slices"
	"strings"
	"testing"

	"rollcall/config/query"
)

// configured are the fields that are known without asking anybody.
func configured(key string) bool {
	return slices.Contains([]string{"name", "label", "tag", "service"}, key)
}

// TestMay leaves out those whom no answer could make fit, and no others.
func TestMay(t *testing.T) {
	t.Parallel()
	row := query.Index(rowOf("name=work tag=prod label=Main service=harbor state=healthy severity=ok user=Sam ends?=5"))
	for text, want := range map[string]bool{
		"": true, "tag:prod": true, "tag:test": false, "!tag:prod": false, "!tag:test": true, `tag:""`: false,
		"tag:prod fail": true, "fail": true, "!ok": true, "tag:test fail": false, "state:unreachable": true, "user:kim": true,
		"ends>90d": true, "!ends>90d": true, "changed": true, "!changed": true, "tag:prod ends>90d name:x": false,
		// A word that the name has not may be in what the service says.
		"main": true, "!main": false, "kim": true, "!kim": true, "!sam": true,
	} {
		q, err := query.Parse(text, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if got := q.May(row, configured); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
		all := q.May(row, func(string) bool { return true })
		if len(q.Words()) == 0 && !strings.Contains(text, "kim") && all != q.Match(row) {
			t.Errorf("%s: with everything known, %v", text, all)
		}
	}
}

// TestAbsent names what nobody has.
func TestAbsent(t *testing.T) {
	t.Parallel()
	known := func(key string) []string {
		return map[string][]string{"tag": {"prod", "Team A"}, "host": {"git.example.org"}}[key]
	}
	for text, want := range map[string]string{
		"": "", "prdo": "", "tag:prod": "", `tag:"team a"`: "", "!tag:prdo": "", `tag:""`: "", "host:example": "", "state:healthy": "", "fail": "", "ends<1d": "",
		"tag:prod,prdo":    `there is no tag "prdo"; did you mean "prod"?`,
		"tag:zebra ok":     `there is no tag "zebra"; there are prod, Team A`,
		"host:example.net": `there is no host "example.net"; there is git.example.org`,
		"label:x":          `there is no label "x"`,
	} {
		q, err := query.Parse(text, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Absent(known); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
