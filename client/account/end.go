package account

// statedSource says where an end comes from that a refused token, or the refusal,
// states.
const statedSource = "refused token"

// Expiry is what is known of the end of the token. What a refused token states of
// itself counts before what was known of the one that was accepted before it.
func (s Snapshot) Expiry() Expiry {
	switch {
	case !s.Health.EndClaimed.IsZero():
		return Expiry{Kind: ExpiryDate, At: s.Health.EndClaimed, Source: statedSource}
	}
	t, _ := s.Token()
	return t.Expiry
}

// Token is what is known of the token; ok is false where nothing is.
func (s Snapshot) Token() (t Token, ok bool) {
	switch {
	case s.Account != nil:
		return s.Account.Token, true
	case s.Stated != nil:
		return *s.Stated, true
	}
	return Token{}, false
}
