package redact_test

import (
	"net/url"
	"testing"

	"rollcall/client/redact"
)

// TestAddress has secrets stand across the places where an address is cut.
func TestAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://a.example/me":                     "https://a.example/me",
		"https://a.example/me?page=2":              "https://a.example/me…",
		"https://a.example/me?":                    "https://a.example/me…",
		"https://a.example/me#top":                 "https://a.example/me…",
		"https://a.example/in/hush?hush/1":         "https://a.example/in/[redacted]…",
		"https://sam:pass@a.example/me":            "https://…",
		"https://sam:hush@hush.hush/1@a.example/x": "https://…",
		"https://hush?hush/1@a.example":            "https://[redacted]…",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := redact.New("", "hush?hush@1")(redact.Address(u)); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}
