package cmd

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"rollcall/config/query"
)

// TestQueryPicture marks the character that is wrong, in whatever cell it is.
func TestQueryPicture(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		query string
		width int
		want  string
	}{
		{"ok tag=prod", 80, "what is wrong\n  ok tag=prod\n        ^\nwhat to run"},
		{"日本 tag=prod", 80, "what is wrong\n  日本 tag=prod\n          ^\nwhat to run"},
		{"e\u0301 tag=prod", 80, "what is wrong\n  e\u0301 tag=prod\n       ^\nwhat to run"},
		{"a\tb tag=prod", 80, "what is wrong\n  a b tag=prod\n         ^\nwhat to run"},
		{"ok tag=prod", 12, "what is wrong\nwhat to run"},
	} {
		err := new(queryFlag).Set(tt.query)
		var wrong *queryError
		if !errors.As(err, &wrong) {
			t.Fatalf("%q: %v", tt.query, err)
		}
		if got := pictured("what is wrong\nwhat to run", wrong, tt.width); got != tt.want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.query, got, tt.want)
		}
	}
}

// TestQueryCompletions offers whole words of the command line, without a space
// where more must follow.
func TestQueryCompletions(t *testing.T) {
	t.Parallel()
	values := func(key string) iter.Seq2[string, string] {
		return query.Folded(map[string][]string{"tag": {"prod", "Team A", "bad\x1b[m"}, "org": {"Otter Labs"}}[key])
	}
	for _, tt := range []struct {
		written, want string
		open          bool
	}{
		{"ta", "tag:", true},
		{"tag:", `tag:prod|tag:"Team A"`, false},
		{"ok !tag:p", "ok !tag:prod", false},
		{"tag:prod,", `tag:prod,"Team A"`, false},
		{"ok tag:Te", `ok tag:Te"am A"`, false},
		{`tag:"Te`, `tag:"Team A"`, false},
		{"org:lab", "", false}, // No shell takes what does not begin as the word does.
		{"en", "ends<", true},
		{"urgency:s", "urgency:soon|urgency:snoozed", false},
		{"tag=", "", false},
	} {
		got, directive := queryCompletions(tt.written, values)
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%s: %q, want %q", tt.written, got, tt.want)
		}
		if open := directive&cobra.ShellCompDirectiveNoSpace != 0; open != tt.open || directive&cobra.ShellCompDirectiveNoFileComp == 0 {
			t.Errorf("%s: directive %d", tt.written, directive)
		}
	}
	if got, _ := queryCompletions("", values); !slices.Contains(got, "tag:") || !slices.Contains(got, "fail") {
		t.Errorf("at the beginning: %q", got)
	}
}
