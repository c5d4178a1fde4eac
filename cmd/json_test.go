package cmd

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

func ptr[T any](v T) *T { return &v }

// fullSnapshot has every field set.
func fullSnapshot() account.Snapshot {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.FixedZone("", 3600))
	return account.Snapshot{
		Profile: "work", Endpoint: "https://api.katapult.io/core/v1/users/current",
		Health: account.Health{
			State: account.Expiring, HTTPStatus: 200, Code: "code", Description: "description", Explanation: "explanation",
			Remedy: "remedy", CheckedAt: at, Latency: 41_849 * time.Microsecond, Attempts: 2, RetryAt: at.Add(time.Minute), LastOKAt: at,
		},
		Account: &account.Account{
			User: account.User{
				ID: "user_x", FullName: "Sam Roe", FirstName: "Sam", LastName: "Roe", Username: "sam", Emails: []string{"sam@example.org"},
				AvatarURL: "https://avatars.example/sam.png", URL: "https://example.org/sam", CreatedAt: at, BasicAuthEnabled: ptr(true),
			},
			Organizations: []account.Organization{{ID: "org_x", Name: "Acme \u202e", SubDomain: "acme", Kind: "organization", Role: "owner", URL: "https://acme.example"}},
			LinkedAccounts: []account.LinkedAccount{{
				IDP: "github", SubjectID: "1978", FullName: "Sam", Username: "sam", Emails: []string{"s@example.org"},
				Entitlements: []string{"staff"}, Custom: `{"role":"developer"}`,
			}},
			Token: account.Token{
				ID: "apit_x", Name: "laptop", Kind: "api token", Expiry: account.Expiry{Kind: account.ExpiryDate, At: at, Source: "token record"},
				Scopes: []string{"organizations:read"}, Networks: []string{},
				Caveats: []account.Caveat{{Kind: account.CaveatAddress, Values: []string{"10.0.0.0/8"}}, {Kind: account.CaveatReadOnly}},
				Facts:   []account.Fact{{Name: "persistence", Value: "named", Source: "token"}},
			},
		},
		AccountAt: at, Since: at.Add(-time.Hour),
		Verdict:   account.Verdict{State: account.Expiring, At: at, Since: at.Add(-time.Hour)},
		Details:   account.DetailsStatus{CheckedAt: at, Problem: "One group could not be read."},
		Warnings:  []string{"Others can read the file."},
		RateLimit: account.RateLimit{Name: "core", Source: "X-RateLimit-Remaining", Limit: ptr(int64(100)), Remaining: ptr(int64(87)), ResetAt: at.Add(time.Second)},
	}
}

// TestStatusJSON holds schema 1: a full profile, one that never answered, one that
// was never asked, and a snoozed one that an outage keeps from being asked.
func TestStatusJSON(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 5, 0, time.UTC)
	l := &loaded{Config: &config.Config{}, chosen: config.Chosen{Profile: "work"}}
	profiles := []config.Profile{
		{Name: "work", Provider: "katapult", Label: "Work", Tags: []string{"prod"}, Token: credential.Env("KATAPULT_API_KEY")},
		{Name: "datahub", Provider: "onezone"},
		{Name: "old", Provider: "onezone", Disabled: true},
		{Name: "batch", Provider: "katapult"},
	}
	full := fullSnapshot()
	full.OtherLimits = []account.RateLimit{{Name: "search", Source: "X-RateLimit-Remaining", Remaining: ptr(int64(30))}}
	snapshots := []account.Snapshot{
		full,
		{Profile: "datahub", Health: account.Health{State: account.Unreachable, CheckedAt: now, Attempts: 3}},
		{Profile: "old", Health: account.Health{State: account.Disabled}},
		{
			Profile: "batch", Health: account.Health{State: account.Unavailable, CheckedAt: now, Attempts: 3},
			Verdict:      account.Verdict{State: account.Forbidden, At: now.Add(-time.Hour), Since: now.Add(-2 * time.Hour)},
			UnaskedSince: now.Add(-time.Minute), Since: now.Add(-time.Minute),
			Snooze: account.Snooze{Until: now.Add(7 * 24 * time.Hour), Note: "Kim asks for it", Verdict: account.Forbidden},
		},
	}
	var b bytes.Buffer
	if err := writeJSON(&b, (&app{now: func() time.Time { return now }}).newStatusJSON(l, profiles, snapshots)); err != nil {
		t.Fatal(err)
	}
	golden(t, "status.json", b.Bytes())
}

// TestWriteJSONEscapes proves that nothing acts on a terminal, and that a
// reader gets back what was written.
func TestWriteJSONEscapes(t *testing.T) {
	in := "a\x1b[31mb\x00\x7f\u0085\u009b\u061c\u200b\u202e\u2066\ufeff\U000e0041é漢🙂<&>\"\\\n"
	var b bytes.Buffer
	if err := writeJSON(&b, map[string]string{"k": in}); err != nil {
		t.Fatal(err)
	}
	if want := `{
  "k": "a\u001b[31mb\u0000\u007f\u0085\u009b\u061c\u200b\u202e\u2066\ufeff\udb40\udc41é漢🙂<&>\"\\\n"
}
`; b.String() != want {
		t.Errorf("got %s", b.String())
	}
	var back map[string]string
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || back["k"] != in {
		t.Errorf("read back %q, %v", back["k"], err)
	}
}

func TestErrorsJSON(t *testing.T) {
	problem := config.Problem{File: "config.toml", Line: 3, Message: `unknown key "tokn"`}
	var b bytes.Buffer
	if err := writeJSON(&b, errorsJSON(problem)); err != nil {
		t.Fatal(err)
	}
	golden(t, "errors.json", b.Bytes())
}
