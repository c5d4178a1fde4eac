package redact_test

import (
	"testing"

	"rollcall/client/account"
	"rollcall/client/redact"
)

// A secret that is an ordinary word stays in our own sentences, and is taken out of
// what a service says.
func TestSentences(t *testing.T) {
	const own, said = "The token of Katapult ended; create a new token.", "token of katapult is wrong"
	for secret, whole := range map[string]bool{
		"token": true, "Katapult": true, "TOKEN": true, "token of": true, "katapult": true,
		"the-token": true, "toKen": false, "token7": true,
	} {
		redactor := redact.New("", secret)
		s := redact.Snapshot(account.Snapshot{Health: account.Health{Explanation: own, Remedy: own, Description: said}},
			redactor, redact.Sentences(secret, redactor))
		if got := s.Health.Explanation == own && s.Health.Remedy == own; got != whole {
			t.Errorf("%q: %s %s", secret, s.Health.Explanation, s.Health.Remedy)
		}
		if s.Health.Description != redactor(said) {
			t.Errorf("%q: the service's words became %s", secret, s.Health.Description)
		}
	}
}
