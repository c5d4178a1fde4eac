package client

import (
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
	}{
		{"far", account.Healthy, ends(20 * day), 14 * day, account.Healthy},
		{"near", account.Healthy, ends(9*day + time.Hour), 14 * day, account.Expiring},
		{"just now near", account.Healthy, ends(14 * day), 14 * day, account.Expiring},
		{"now", account.Healthy, ends(0), 0, account.Expiring},
		{"past", account.Healthy, ends(-day), 0, account.Expiring},
		{"never", account.Healthy, account.Token{Expiry: account.Expiry{Kind: account.ExpiryNever}}, 14 * day, account.Healthy},
		{"unknown", account.Healthy, account.Token{}, 14 * day, account.Healthy},
		{"renewed", account.Expiring, ends(20 * day), 14 * day, account.Healthy},
		{"nearer", account.Expiring, ends(3 * day), 14 * day, account.Expiring},
		{"not answered", account.InvalidToken, ends(-day), 14 * day, account.InvalidToken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := account.Health{State: tt.before, HTTPStatus: 200, Explanation: "before", Remedy: "before"}
			h := overlayExpiry(before, tt.token, tt.warning, epoch)
			if h.State != tt.after || h.HTTPStatus != 200 {
				t.Errorf("health is %+v", h)
			}
			if kept := h.Explanation + h.Remedy; tt.before.Answered() != (kept == "") {
				t.Errorf("it keeps %q", kept)
			}
		})
	}
}
