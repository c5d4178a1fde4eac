package cmd

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestClock ends a command in time, and what does not end after that a moment later.
func TestClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, expire := context.WithCancelCause(t.Context())
		k := clock{expire: expire}
		if err := k.limit.Set("1m"); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		late := make(chan time.Duration, 1)
		k.start(func(timeUp) { late <- time.Since(begun) })
		<-ctx.Done()
		if up, is := timeUpOf(ctx); !is || up.limit != "1m" || time.Since(begun) != time.Minute {
			t.Errorf("it ended after %v: %v", time.Since(begun), context.Cause(ctx))
		}
		if k.done() {
			t.Error("there was time enough")
		}
		if got := <-late; got != time.Minute+endingTime {
			t.Errorf("given up after %v", got)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, expire := context.WithCancelCause(t.Context())
		defer expire(nil)
		k := clock{expire: expire}
		_ = k.limit.Set("1m")
		k.start(func(timeUp) { t.Error("it was given up") })
		if !k.done() {
			t.Error("there was no time")
		}
		time.Sleep(time.Hour)
		if ctx.Err() != nil {
			t.Error("it ended after it was done")
		}
	})
}

// TestInTime tells what counts of an error after the time was up.
func TestInTime(t *testing.T) {
	t.Parallel()
	over, expire := context.WithCancelCause(t.Context())
	expire(timeUp{"5s"})
	told := &exitError{code: exitBad}
	for _, tt := range []struct {
		name string
		ctx  context.Context
		err  error
		code int
		text string
	}{
		{"time enough", t.Context(), configError(errors.New("wrong")), exitUsage, "wrong"},
		{"what is told already", over, told, exitBad, ""},
		{"ended by it", over, configError(context.Canceled), exitUnchecked, timeUp{"5s"}.Error()},
		{"failed by it", over, configError(errors.New("wrong")), exitUnchecked, timeUp{"5s"}.Error() + "\nwrong"},
	} {
		var got *exitError
		if !errors.As(inTime(tt.ctx, tt.err), &got) || got.code != tt.code || tt.text != "" && got.err.Error() != tt.text {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	if err := inTime(over, nil); err != nil {
		t.Errorf("what went well: %v", err)
	}
}
