package cmd

import (
	"testing"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// TestNotTaken refuses a worse secret unless that is wanted, and one of another
// user always.
func TestNotTaken(t *testing.T) {
	t.Parallel()
	of := func(severity account.Severity, text string) insight.Comparison {
		return insight.Comparison{Severity: severity, Text: text}
	}
	fine, unknown := of(account.SeverityOK, "fine"), of(account.SeverityNone, "unknown")
	worse, sooner, other := of(account.SeverityWarn, "it is worse"), of(account.SeverityWarn, "it ends sooner"), of(account.SeverityFail, "it is another's")
	for _, tt := range []struct {
		all                  []insight.Comparison
		unforced, evenForced string
	}{
		{[]insight.Comparison{fine, unknown, fine}, "", ""},
		{[]insight.Comparison{fine, worse, sooner}, "the new secret was not taken: it is worse; it ends sooner\nTo take it all the same, add --force", ""},
		{[]insight.Comparison{other, fine}, "the new secret was not taken: it is another's", "the new secret was not taken: it is another's"},
		{[]insight.Comparison{other, worse}, "the new secret was not taken: it is another's; it is worse", "the new secret was not taken: it is another's"},
	} {
		for force, want := range map[bool]string{false: tt.unforced, true: tt.evenForced} {
			got := ""
			if err := notTaken(tt.all, force); err != nil {
				got = err.Error()
			}
			if got != want {
				t.Errorf("%v, force %v: %q, want %q", tt.all, force, got, want)
			}
		}
	}
}
