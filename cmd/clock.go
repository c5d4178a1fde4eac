package cmd

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const timeoutFlag = "timeout"

// timeLimit is a [period] of some length.
type timeLimit struct{ period }

// Set implements [pflag.Value].
func (l *timeLimit) Set(s string) error {
	if err := l.set(s, "30s, 5m or 1h"); err != nil {
		return err
	}
	if l.length <= 0 {
		return fmt.Errorf("%q leaves no time; use one such as 30s, or leave it out for any time", s)
	}
	return nil
}

// clock ends a command whose time is up.
type clock struct {
	limit timeLimit
	// expire ends the context of the command.
	expire context.CancelCauseFunc
	// stop keeps that from happening, and is false where it has happened; nil where no
	// clock runs.
	stop func() bool
}

// start begins to count. late is called where the command has not ended within
// endingTime after that.
func (k *clock) start(late func(timeUp)) {
	if k.limit.length <= 0 {
		return
	}
	up := timeUp{k.limit.text}
	k.stop = time.AfterFunc(k.limit.length, func() {
		k.expire(up)
		time.AfterFunc(endingTime, func() { late(up) })
	}).Stop
}

// done ends the count, and reports whether there was time enough.
func (k *clock) done() bool { return k.stop == nil || k.stop() }

// timeUp is why a context ended that --timeout has ended.
type timeUp struct{ limit string }

func (t timeUp) Error() string {
	return "the command was not done within the " + t.limit + " of --" + timeoutFlag + "\n" +
		"Give it longer; 'rollcall doctor NAME' tells what a profile waits for"
}

// timeUpOf is why the context ended, where --timeout has ended it.
func timeUpOf(ctx context.Context) (up timeUp, is bool) {
	is = errors.As(context.Cause(ctx), &up)
	return up, is
}

// inTime is the error of a command as it counts: what failed because its time was up was
// not checked, whatever else may be wrong.
func inTime(ctx context.Context, err error) error {
	up, is := timeUpOf(ctx)
	status, _ := errors.AsType[*exitError](err)
	switch {
	case !is || err == nil, status != nil && status.err == nil:
		return err
	case errors.Is(err, context.Canceled):
		return &exitError{exitUnchecked, up}
	}
	return &exitError{exitUnchecked, errors.Join(up, err)}
}
