package account

import "time"

// statedSource says where an end comes from that a refused token, or the refusal,
// states.
const statedSource = "refused token"

// Expiry is what is known of the end of the token. What a refused token states of
// itself counts before what was known of the one that was accepted before it, unless
// that only leaves out the time of day.
func (s *Snapshot) Expiry() Expiry {
	t, _ := s.Token()
	if claimed := s.Health.EndClaimed; !claimed.IsZero() && !isDayOf(claimed, t.Expiry) {
		return Expiry{Kind: ExpiryDate, At: claimed, Source: statedSource}
	}
	return t.Expiry
}

// isDayOf reports whether a moment stands for the day on which a token ends.
func isDayOf(day time.Time, e Expiry) bool {
	const whole = 24 * time.Hour
	return e.KindOrUnknown() == ExpiryDate && day.Equal(day.UTC().Truncate(whole)) && e.At.UTC().Truncate(whole).Equal(day)
}

// Token is what is known of the token; ok is false where nothing is.
func (s *Snapshot) Token() (t Token, ok bool) {
	switch {
	case s.Account != nil:
		return s.Account.Token, true
	case s.Stated != nil:
		return *s.Stated, true
	}
	return Token{}, false
}
