package ui

import "rollcall/client/account"

// begunChecks are the snapshots of profiles whose checks have begun while the terminal
// had no focus, by their names. That a check has begun is worth no line drawn anew
// where nobody looks: what it finds is.
type begunChecks map[string]account.Snapshot

// keep takes out of an event what only says that a check has begun.
func (b *begunChecks) keep(e account.Event) account.Event {
	if *b == nil {
		*b = begunChecks{}
	}
	var found []account.Snapshot
	for _, s := range e.Snapshots {
		delete(*b, s.Profile)
		if s.Busy {
			(*b)[s.Profile] = s
		} else {
			found = append(found, s)
		}
	}
	e.Snapshots = found
	return e
}

// all is what was kept and still holds, which is forgotten.
func (b *begunChecks) all() (e account.Event) {
	for _, s := range *b {
		e.Snapshots = append(e.Snapshots, s)
	}
	*b = nil
	return e
}
