package store

import (
	"slices"
	"time"

	"rollcall/client/account"
)

// merge makes one snapshot of two of the same profile. It is the newer one,
// with what only the older one knows about the time before.
func merge(a, b account.Snapshot) account.Snapshot {
	if a.Health.CheckedAt.Before(b.Health.CheckedAt) {
		a, b = b, a
	}
	if a.Health.LastOKAt.Before(b.Health.LastOKAt) {
		a.Health.LastOKAt = b.Health.LastOKAt
	}
	if a.AccountAt.Before(b.AccountAt) && b.Account != nil && b.Health.State != account.WrongAccount {
		a.Account, a.AccountAt, a.Details = b.Account, b.AccountAt, b.Details
	}
	history := slices.Concat(a.History, b.History)
	slices.SortStableFunc(history, func(x, y account.Check) int { return x.At.Compare(y.At) })
	history = slices.CompactFunc(history, func(x, y account.Check) bool { return x.At.Equal(y.At) })
	a.History = history[max(0, len(history)-account.MaxHistory):]
	if a.Health.State == b.Health.State && !b.Since.IsZero() && b.Since.Before(a.Since) {
		a.Since = b.Since
	}
	a.Since = sinceIn(a.Since, a.Health.State, a.History)
	a.Changes = mergeChanges(a.Changes, b.Changes)
	return a
}

// mergeChanges puts the changes that two rollcalls noticed in order. A change
// that both noticed is kept once: it cannot happen again before it was undone.
func mergeChanges(a, b []account.Change) []account.Change {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y account.Change) int { return x.At.Compare(y.At) })
	var kept []account.Change
	for _, c := range all {
		again := false
		for _, k := range slices.Backward(kept) {
			if k.Concerns(c) {
				again = k.Was.Same(c.Was) && k.Is.Same(c.Is)
				break
			}
		}
		if !again {
			kept = append(kept, c)
		}
	}
	return kept[max(0, len(kept)-account.MaxChanges):]
}

// sinceIn corrects since, the beginning of the present state, by a history that
// was merged: where that has other states after since, the state began later.
func sinceIn(since time.Time, state account.State, history []account.Check) time.Time {
	for i, c := range slices.Backward(history) {
		if c.State == state {
			continue
		}
		if c.At.After(since) && i+1 < len(history) {
			return history[i+1].At
		}
		break
	}
	return since
}
