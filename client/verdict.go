package client

import (
	"slices"
	"time"

	"rollcall/client/account"
)

// judge completes a snapshot that a check or the passing of time has left at a
// moment: what the service last said of the credential, and since when it could
// not be asked. A state that neither judges nor is inconclusive is about the
// profile itself, and leaves the verdict as it is.
func judge(before account.Snapshot, s *account.Snapshot, at time.Time) {
	s.Snooze, s.Verdict, s.UnaskedSince = before.Snooze, before.Verdict, time.Time{}
	state := s.Health.State
	switch {
	case state.Judges():
		// A check that was put off has found nothing new.
		s.Verdict = judged(before.Verdict, state, s.Health.CheckedAt, at)
	case state.Inconclusive():
		s.UnaskedSince = before.UnaskedSince
		if s.UnaskedSince.IsZero() {
			s.UnaskedSince = at
		}
	}
}

// judged is the verdict of a state that began at a moment, unless the verdict
// was that before.
func judged(before account.Verdict, state account.State, checked, began time.Time) account.Verdict {
	v := account.Verdict{State: state, At: checked, Since: before.Since}
	if state != before.State || v.Since.IsZero() {
		v.Since = began
	}
	return v
}

// says reports whether the state says something of the profile: there was a
// check, and it could be made.
func says(s account.State) bool {
	return s != "" && s.Severity() != account.SeverityNone && !s.Inconclusive()
}

// said is the last state of the profile that said something; empty where none
// did. Neither a restart nor a check that could not be made hides it.
func said(s account.Snapshot) account.State {
	if says(s.Health.State) {
		return s.Health.State
	}
	for _, c := range slices.Backward(s.Changes) {
		if c.Kind == account.ChangeState && says(c.Is.State) {
			return c.Is.State
		}
	}
	// It has been the only one for as long as is remembered.
	if s.Verdict.State != "" {
		return s.Verdict.State
	}
	for _, c := range slices.Backward(s.History) {
		if says(c.State) {
			return c.State
		}
	}
	return ""
}
