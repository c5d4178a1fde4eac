package account_test

import (
	"testing"
	"time"

	"rollcall/client/account"
)

// TestEndOfARefusedToken prefers what a refusal states of the end, but for a mere day
// of which the time is known.
func TestEndOfARefusedToken(t *testing.T) {
	known := time.Date(2026, 11, 22, 16, 30, 0, 0, time.UTC)
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct{ known, claimed, want time.Time }{
		"nothing stated":     {known, time.Time{}, known},
		"the day":            {known, day, known},
		"another day":        {known, day.AddDate(0, 0, -3), day.AddDate(0, 0, -3)},
		"another time":       {known, known.Add(-time.Hour), known.Add(-time.Hour)},
		"nothing else known": {time.Time{}, day, day},
	} {
		s := account.Snapshot{Health: account.Health{EndClaimed: tt.claimed}, Account: &account.Account{}}
		if !tt.known.IsZero() {
			s.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: tt.known}
		}
		if got := s.Expiry().At; !got.Equal(tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
