package client

import (
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

func TestOverlayExpiry(t *testing.T) {
	const day = 24 * time.Hour
	ends := func(d time.Duration) account.Token {
		return account.Token{Expiry: account.Expiry{Kind: account.ExpiryDate, At: epoch.Add(d)}}
	}
	tests := []struct {
		name    string
		before  account.State
		token   account.Token
		warning time.Duration
		after   account.State
		text    string
	}{
		{"far", account.Healthy, ends(20 * day), 14 * day, account.Healthy, ""},
		{"near", account.Healthy, ends(9*day + time.Hour), 14 * day, account.Expiring, "The token ends in 9 days, on 2026-01-11."},
		{"just now near", account.Healthy, ends(14 * day), 14 * day, account.Expiring, "14 days"},
		{"hours", account.Healthy, ends(30 * time.Hour), 14 * day, account.Expiring, "in 30 hours, on 2026-01-03 09:04 UTC"},
		{"minutes", account.Healthy, ends(90 * time.Minute), 14 * day, account.Expiring, "in 90 minutes"},
		{"a minute", account.Healthy, ends(61 * time.Second), 14 * day, account.Expiring, "in 1 minute,"},
		{"seconds", account.Healthy, ends(time.Second), 14 * day, account.Expiring, "in 1 second,"},
		{"now", account.Healthy, ends(0), 0, account.Expiring, "clock"},
		{"past", account.Healthy, ends(-day), 0, account.Expiring, "should have ended on 2026-01-01 03:04 UTC"},
		{"passed since", account.Healthy, ends(-time.Minute), 0, account.Expiring, "The token ended on 2026-01-02 03:03 UTC; the service has not been asked since."},
		{"passed just now", account.Healthy, ends(0), 0, account.Expiring, "not been asked since"},
		{"never", account.Healthy, account.Token{Expiry: account.Expiry{Kind: account.ExpiryNever}}, 14 * day, account.Healthy, ""},
		{"unknown", account.Healthy, account.Token{}, 14 * day, account.Healthy, ""},
		{"renewed", account.Expiring, ends(20 * day), 14 * day, account.Healthy, ""},
		{"nearer", account.Expiring, ends(3 * day), 14 * day, account.Expiring, "in 3 days"},
		{"not answered", account.InvalidToken, ends(-day), 14 * day, account.InvalidToken, "before"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := account.Health{State: tt.before, HTTPStatus: 200, Explanation: "before"}
			if strings.HasPrefix(tt.name, "passed") {
				before.CheckedAt = epoch.Add(-2 * time.Minute)
			} else {
				before.CheckedAt = epoch
			}
			h := overlayExpiry(before, tt.token, tt.warning, epoch)
			if h.State != tt.after || !strings.Contains(h.Explanation, tt.text) || tt.text == "" && h.Explanation != "" {
				t.Errorf("%s: %q", h.State, h.Explanation)
			}
			if (h.State == account.Expiring) != (h.Remedy != "") || h.HTTPStatus != 200 {
				t.Errorf("health is %+v", h)
			}
		})
	}
}
