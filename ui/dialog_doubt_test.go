package ui

import (
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui/theme"
)

// The form says what is wrong with the text of a secret before it is tried, and
// does not keep it from being tried.
func TestSecretFormDoubts(t *testing.T) {
	s := theme.NewStyles(theme.Look{})
	for pasted, want := range map[string]string{
		"Bearer kt-1": "Bearer", `"kt-1"`: "between the quotes", "kt\u200b-1": "invisible", "kt-1": "not shown",
	} {
		f := newSecretForm("New secret", config.Draft{Name: "work"}, account.ServiceInfo{}, "", "the keyring", s)
		f.SetSize(100, 30)
		f.Paste(pasted)
		drawn := strings.Join(f.View(s), "\n")
		if !strings.Contains(drawn, want) || f.wrong() != "" || strings.Contains(drawn, "kt-1") {
			t.Errorf("%q: %q\n%s", pasted, f.wrong(), drawn)
		}
	}
}

// Few requests are not green, however large a share of a small budget they are.
func TestFewRequestsAreNotGreen(t *testing.T) {
	in := &theme.NewStyles(theme.Look{}).Inks
	if in.Warn.Render("x") == in.OK.Render("x") {
		t.Fatal("the colours cannot be told apart")
	}
	budget := func(left, limit int64) account.RateLimit { return account.RateLimit{Remaining: &left, Limit: &limit} }
	for _, tt := range []struct {
		left, limit int64
		want        theme.Ink
	}{
		{4, 5, in.Warn}, {8, 30, in.Warn}, {5, 5, in.OK}, {87, 100, in.OK}, {24, 100, in.Warn}, {0, 5, in.Fail},
	} {
		if got := budgetInk(in, budget(tt.left, tt.limit)); got.Render("x") != tt.want.Render("x") {
			t.Errorf("%d/%d is %q", tt.left, tt.limit, got.Render("x"))
		}
	}
}
