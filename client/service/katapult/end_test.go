package katapult

import (
	"testing"
	"time"

	"rollcall/client/service"
	"rollcall/client/service/servicetest"
)

// The reason of a refusal can name the end of the token.
func TestStatedEnd(t *testing.T) {
	for reason, want := range map[string]string{
		"The token expired on 2026-11-19":           "2026-11-19T00:00:00Z",
		"expired at 2026-11-19T08:30:00Z":           "2026-11-19T08:30:00Z",
		"Expired on 2026-11-19 08:30 UTC":           "2026-11-19T08:30:00Z",
		"it expired on 2026-11-19T08:30:00.5+02:00": "2026-11-19T06:30:00Z",
		"revoked on 2026-11-19":                     "",
		"expired on 2026-13-45":                     "",
		"":                                          "",
	} {
		body := []byte(`{"error":{"code":"invalid_api_token","detail":{"details":"` + reason + `"}}}`)
		_, d := read(service.Answer{Status: 403, Body: body}, servicetest.Asked(false))
		got := ""
		if !d.EndClaimed.IsZero() {
			got = d.EndClaimed.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", reason, got, want)
		}
		servicetest.CheckTexts(t, d)
	}
}
