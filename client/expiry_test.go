package client

import (
	"strings"
	"testing"
	"time"
)

func TestOverlayExpiry(t *testing.T) {
	const day = 24 * time.Hour
	ends := func(d time.Duration) Token { return Token{Expiry: Expiry{Kind: ExpiryDate, At: epoch.Add(d)}} }
	tests := []struct {
		name    string
		before  State
		token   Token
		warning time.Duration
		after   State
		text    string
	}{
		{"far", Healthy, ends(20 * day), 14 * day, Healthy, ""},
		{"near", Healthy, ends(9*day + time.Hour), 14 * day, Expiring, "The token ends in 9 days, on 2026-01-11."},
		{"just now near", Healthy, ends(14 * day), 14 * day, Expiring, "14 days"},
		{"hours", Healthy, ends(30 * time.Hour), 14 * day, Expiring, "in 30 hours, on 2026-01-03 09:04 UTC"},
		{"minutes", Healthy, ends(90 * time.Minute), 14 * day, Expiring, "in 90 minutes"},
		{"a minute", Healthy, ends(61 * time.Second), 14 * day, Expiring, "in 1 minute,"},
		{"seconds", Healthy, ends(time.Second), 14 * day, Expiring, "in 1 second,"},
		{"now", Healthy, ends(0), 0, Expiring, "clock"},
		{"past", Healthy, ends(-day), 0, Expiring, "should have ended on 2026-01-01 03:04 UTC"},
		{"passed since", Healthy, ends(-time.Minute), 0, Expiring, "The token ended on 2026-01-02 03:03 UTC; the service has not been asked since."},
		{"passed just now", Healthy, ends(0), 0, Expiring, "not been asked since"},
		{"never", Healthy, Token{Expiry: Expiry{Kind: ExpiryNever}}, 14 * day, Healthy, ""},
		{"unknown", Healthy, Token{}, 14 * day, Healthy, ""},
		{"renewed", Expiring, ends(20 * day), 14 * day, Healthy, ""},
		{"nearer", Expiring, ends(3 * day), 14 * day, Expiring, "in 3 days"},
		{"not answered", InvalidToken, ends(-day), 14 * day, InvalidToken, "before"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := Health{State: tt.before, HTTPStatus: 200, Explanation: "before"}
			if strings.HasPrefix(tt.name, "passed") {
				before.CheckedAt = epoch.Add(-2 * time.Minute)
			} else {
				before.CheckedAt = epoch
			}
			h := overlayExpiry(before, tt.token, tt.warning, epoch)
			if h.State != tt.after || !strings.Contains(h.Explanation, tt.text) || tt.text == "" && h.Explanation != "" {
				t.Errorf("%s: %q", h.State, h.Explanation)
			}
			if (h.State == Expiring) != (h.Remedy != "") || h.HTTPStatus != 200 {
				t.Errorf("health is %+v", h)
			}
		})
	}
}
