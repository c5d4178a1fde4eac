package hook

import (
	"bytes"
	"context"
	"errors"
	"time"

	"rollcall/cmd/child"
	"rollcall/config"
)

const (
	// Limit is how long a run lasts at most, in all.
	Limit = 10 * time.Second
	// patience is how long of that a program has to end by itself after it was asked to, and
	// how long then whatever holds its input open, and then its output, is waited for.
	patience = time.Second / 4
	// mostKept is how many bytes are kept of what a hook complains of.
	mostKept = 16 << 10
)

// Run is how a hook was told of events.
type Run struct {
	Hook config.Hook
	// Events is how many it was told of.
	Events int
	// Err says why it could not be run. Where it is nil, Ending is how it ended, and
	// Complaint the last of what it printed as errors; that may hold anything.
	Err       error
	Ending    child.Ending
	Complaint child.Printed
	// Late is set where it ran for longer than a hook may, and Left where it was ended or
	// did not begin since rollcall itself ended.
	Late, Left bool
}

// Good reports whether all went well.
func (r Run) Good() bool { return r.Err == nil && r.Ending.Good() && !r.Left }

// errLate and errLeft are why a run is called off.
var (
	errLate = errors.New("it took too long")
	errLeft = errors.New("rollcall has ended")
)

// run tells a hook of events, and waits for it.
func (r *Runner) run(h config.Hook, lines [][]byte) Run {
	done := Run{Hook: h, Events: len(lines)}
	if r.ending.Err() != nil {
		done.Left = true
		return done
	}
	program, err := r.options.Ready(h)
	if err != nil {
		done.Err = err
		return done
	}
	ctx, cancel := context.WithTimeoutCause(r.ending, r.limit()-3*r.patience(), errLate)
	defer cancel()
	done.Complaint, done.Ending, done.Err = child.Feed(ctx, program, bytes.Join(lines, nil), r.patience(), mostKept)
	if done.Ending.CalledOff {
		done.Late, done.Left = context.Cause(ctx) == errLate, context.Cause(ctx) == errLeft
	}
	return done
}

func (r *Runner) limit() time.Duration {
	if r.options.Limit > 0 {
		return r.options.Limit
	}
	return Limit
}

func (r *Runner) patience() time.Duration {
	if r.options.Patience > 0 {
		return r.options.Patience
	}
	return patience
}
