package store

import (
	"time"

	"rollcall/client/account"
)

// snapshotColumns are the columns of a snapshot that are written with each check,
// in the order of [snapshotIn] and [snapshotOut].
const snapshotColumns = `state, http_status, code, description, explanation, remedy, action, command, sign_in, end_claimed, wanted,
  checked_at, latency, attempts, retry_at, last_ok_at, since, verdict, verdict_at, verdict_since, unasked_since,
  account_at, details_at, budget, "limit", remaining, reset_at, limit_source`

const upsertSnapshot = `INSERT INTO snapshots (profile, account_hash, lists_hash, thinned_at, ` + snapshotColumns + `)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (profile) DO UPDATE SET (account_hash, lists_hash, thinned_at, ` + snapshotColumns + `) =
  (excluded.account_hash, excluded.lists_hash, excluded.thinned_at, excluded.state, excluded.http_status, excluded.code,
   excluded.description, excluded.explanation, excluded.remedy, excluded.action, excluded.command, excluded.sign_in, excluded.end_claimed, excluded.wanted, excluded.checked_at,
   excluded.latency, excluded.attempts, excluded.retry_at, excluded.last_ok_at, excluded.since, excluded.verdict,
   excluded.verdict_at, excluded.verdict_since, excluded.unasked_since, excluded.account_at, excluded.details_at,
   excluded.budget, excluded."limit", excluded.remaining, excluded.reset_at, excluded.limit_source)`

func snapshotIn(s account.Snapshot) []any {
	h, v, r := s.Health, s.Verdict, s.RateLimit
	return []any{
		string(h.State), countIn(h.HTTPStatus), textIn(h.Code), textIn(h.Description), textIn(h.Explanation), textIn(h.Remedy),
		textIn(h.Action), textIn(h.Command), flagIn(h.SignIn), timeIn(h.EndClaimed), textIn(h.Wanted), timeIn(h.CheckedAt), spanIn(h.Latency), countIn(h.Attempts), timeIn(h.RetryAt),
		timeIn(h.LastOKAt), timeIn(s.Since), textIn(v.State), timeIn(v.At), timeIn(v.Since), timeIn(s.UnaskedSince),
		timeIn(s.AccountAt), timeIn(s.Details.CheckedAt),
		textIn(r.Name), numberIn(r.Limit), numberIn(r.Remaining), timeIn(r.ResetAt), textIn(r.Source),
	}
}

func snapshotOut(s *account.Snapshot) []column {
	h, v, r := &s.Health, &s.Verdict, &s.RateLimit
	return []column{
		text(&h.State), count(&h.HTTPStatus), text(&h.Code), text(&h.Description), text(&h.Explanation), text(&h.Remedy),
		text(&h.Action), text(&h.Command), flagOut{&h.SignIn}, timeOut{&h.EndClaimed}, text(&h.Wanted), timeOut{&h.CheckedAt}, spanOut{&h.Latency}, count(&h.Attempts), timeOut{&h.RetryAt},
		timeOut{&h.LastOKAt}, timeOut{&s.Since}, text(&v.State), timeOut{&v.At}, timeOut{&v.Since}, timeOut{&s.UnaskedSince},
		timeOut{&s.AccountAt}, timeOut{&s.Details.CheckedAt},
		text(&r.Name), numberOut{&r.Limit}, numberOut{&r.Remaining}, timeOut{&r.ResetAt}, text(&r.Source),
	}
}

// lists are the lists of a snapshot beside those of its account. They change
// rarely.
type lists struct {
	Limits         []account.RateLimit
	Check, Details account.Notes
}

func listsOf(s account.Snapshot) lists { return lists{s.OtherLimits, s.Notes, s.Details.Notes} }

// putLists writes the lists of a snapshot in the place of those that it had.
func (s *session) putSnapshotLists(profile int64, l lists) error {
	for _, table := range []string{"other_limits", "notes"} {
		if err := s.exec("DELETE FROM "+table+" WHERE profile = ?", profile); err != nil {
			return err
		}
	}
	for i, r := range l.Limits {
		if err := s.exec(`INSERT INTO other_limits (profile, position, budget, "limit", remaining, reset_at, source) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			profile, i, textIn(r.Name), numberIn(r.Limit), numberIn(r.Remaining), timeIn(r.ResetAt), textIn(r.Source)); err != nil {
			return err
		}
	}
	for of, notes := range map[string]account.Notes{ofCheck: l.Check, ofDetails: l.Details} {
		for i, n := range notes {
			if err := s.exec(`INSERT INTO notes (profile, of, position, kind, about, what, count, total, scope, cause, remedy)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, profile, of, i, string(n.Kind), textIn(n.About), textIn(n.What), countIn(n.Count), countIn(n.Total),
				textIn(n.Scope), textIn(n.Cause), textIn(n.Remedy)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Whose notes they are.
const (
	ofCheck   = "check"
	ofDetails = "details"
)

// snapshots reads all snapshots in a scope.
func (s *session) snapshots(in scope) ([]account.Snapshot, error) {
	var id, n int64
	// They are large, so that a slice that grows would leave twice as much behind.
	if _, err := s.one("SELECT count(*) FROM profiles p JOIN snapshots s ON s.profile = p.id WHERE "+in.where, in.args, count(&n)); err != nil {
		return nil, err
	}
	read, at := make([]account.Snapshot, 0, n), make(map[int64]int, n)
	var one account.Snapshot
	err := s.all("SELECT p.id, p.name, p.endpoint, o.address, "+snapshotColumns+` FROM profiles p JOIN snapshots s ON s.profile = p.id
  LEFT JOIN places o ON o.configuration = p.configuration AND o.profile = p.name AND o.endpoint = p.endpoint WHERE `+in.where,
		in.args, append([]column{count(&id), text(&one.Profile), text(&one.Endpoint), text(&one.Named)}, snapshotOut(&one)...), func() {
			one.Restored = true
			at[id] = len(read)
			read = append(read, one)
		})
	if err != nil || len(read) == 0 {
		return nil, err
	}
	accounts, err := s.accounts(in)
	if err != nil {
		return nil, err
	}
	for id, a := range accounts {
		if i, ok := at[id]; ok {
			read[i] = ofRows(read[i], a)
		}
	}
	if err := s.snapshotLists(in, func(id int64) *account.Snapshot {
		if i, ok := at[id]; ok {
			return &read[i]
		}
		return &account.Snapshot{} // It was written since the first query.
	}); err != nil {
		return nil, err
	}
	if err := s.recentChanges(in, time.Now(), func(id int64, c account.Change) {
		if i, ok := at[id]; ok {
			read[i].Changes = append(read[i].Changes, c)
		}
	}); err != nil {
		return nil, err
	}
	for id, i := range at {
		if snap := &read[i]; snap.Health.State.Inconclusive() && snap.Verdict.State == "" {
			if snap.History, err = s.lastConclusive(id); err != nil {
				return nil, err
			}
		}
	}
	return read, nil
}

// snapshotLists reads the lists of snapshots.
func (s *session) snapshotLists(in scope, of func(profile int64) *account.Snapshot) error {
	var id int64
	var r account.RateLimit
	err := s.each("other_limits", `l.budget, l."limit", l.remaining, l.reset_at, l.source`, in, []column{
		count(&id), text(&r.Name), numberOut{&r.Limit}, numberOut{&r.Remaining}, timeOut{&r.ResetAt}, text(&r.Source),
	}, func() {
		snap := of(id)
		snap.OtherLimits = append(snap.OtherLimits, r)
	})
	if err != nil {
		return err
	}
	var n account.Note
	var whose string
	return s.each("notes", "l.of, l.kind, l.about, l.what, l.count, l.total, l.scope, l.cause, l.remedy", in, []column{
		count(&id), text(&whose), text(&n.Kind), text(&n.About), text(&n.What), count(&n.Count), count(&n.Total), text(&n.Scope), text(&n.Cause), text(&n.Remedy),
	}, func() {
		snap := of(id)
		if whose == ofDetails {
			snap.Details.Notes = append(snap.Details.Notes, n)
		} else {
			snap.Notes = append(snap.Notes, n)
		}
	})
}
