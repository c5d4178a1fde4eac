package client

import (
	"context"
	"time"

	"rollcall/client/account"
)

// stage is where a profile is in the care of a scheduler.
type stage int

// The stages. The zero value is that of a profile that is not looked after.
const (
	stageNone stage = iota
	// stageResting: nothing is to be done before its time has come.
	stageResting
	// stageWaiting: it stands in the line of its origin.
	stageWaiting
	// stageBusy: a worker, or the scheduler itself, has it, to whom all fields of the
	// watch belong.
	stageBusy
)

// care is what a scheduler knows of a watch, guarded by the scheduler's lock.
type care struct {
	stage stage
	// at is when to look at the profile again by the time that passes, while it rests.
	// rank puts it in its place while it waits: the earliest goes first. index is where
	// it is in the heap of either; negative where it is in none.
	at, rank time.Time
	index    int
	// moment is when the coming end of the token is to be told otherwise, by the clock; zero
	// for none. The watch knows only of one that is still to come.
	moment time.Time
	// line is the one in which it stands.
	line *line
	// asked is set where someone wants the next check, seen while a person has the
	// profile before their eyes, and heard where there is news of its rate limit.
	asked, seen, heard bool
	// left is the check whose details are still to be asked for; nil for none. checked
	// is set once a check has ended.
	left    *pending
	checked bool
	// stop ends what is under way; nil for nothing that waits. ended is closed when it
	// has, and then it is not looked after any more; nil until somebody wants that.
	stop  context.CancelFunc
	ended chan struct{}
}

// pending is a check whose details are still to be asked for.
type pending struct {
	// found is the snapshot that the check left, before the one that there was, and
	// out has the account as the answer told it.
	found, before account.Snapshot
	out           outcome
	// changes are those that the check found.
	changes []account.Change
}

// wish is that someone wants a check; attended is set where a person waits for it,
// who can be asked for what the credential needs, and impatient where they want no wait of
// the service to be heeded.
type wish struct{ attended, impatient bool }

// attend gives the context of the check that serves the wish.
func (w wish) attend(ctx context.Context) context.Context {
	if w.impatient {
		ctx = Impatient(ctx)
	}
	if !w.attended {
		return ctx
	}
	return Attended(ctx)
}
