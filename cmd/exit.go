package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// The exit statuses, the same for every output format.
const (
	exitOK          = 0
	exitBad         = 1 // a profile is bad for certain
	exitUsage       = 2 // bad usage or configuration
	exitUnchecked   = 3 // a profile could not be checked
	exitSignalBase  = 128
	exitInterrupted = exitSignalBase + int(syscall.SIGINT)
)

// exitError ends the process with a status; err is nil where everything was
// said already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// configError is an error in the configuration or the set-up.
func configError(err error) *exitError { return &exitError{exitUsage, err} }

// exitStatus is the status for the outcome of checks: of those that hold, the
// first of 2, 1, 3, 0. bad says which profiles are bad for certain.
func exitStatus(badConfig bool, bad func(account.Snapshot) bool, snapshots []account.Snapshot) int {
	if badConfig {
		return exitUsage
	}
	status := exitOK
	for _, s := range snapshots {
		switch {
		case bad(s):
			return exitBad
		case uncheckable(s.Health.State):
			status = exitUnchecked
		}
	}
	return status
}

// snapshotStatus is the exit status that one profile asks for.
func snapshotStatus(s account.Snapshot) int {
	return exitStatus(false, isBad, []account.Snapshot{s})
}

// stateStatus is the exit status that a state asks for by itself.
func stateStatus(s account.State) int {
	return snapshotStatus(account.Snapshot{Health: account.Health{State: s}})
}

// stateError says that something cannot be done because of what a check found.
// Its exit status is the one that the profile asks for, or the other one where it
// is fine by itself.
func stateError(what string, s account.Snapshot, now time.Time, otherwise int) *exitError {
	said, advice := what+": "+s.Health.State.Word()+".", s.Advice(now)
	if last := s.Verdict.State; s.Health.State.Inconclusive() && last != "" {
		said += " The service last said: " + last.Word() + "."
	}
	for _, more := range []string{advice.Explanation, advice.Remedy} {
		if more != "" {
			said += " " + more
		}
	}
	return &exitError{cmp.Or(snapshotStatus(s), otherwise), errors.New(said)}
}

// isBad reports whether something is wrong with the profile for certain: the
// service last refused its credential, or the check found what no service needs to
// say. What was said of a profile before it was switched off does not count.
func isBad(s account.Snapshot) bool {
	return slices.Contains(severitiesOf(s), account.SeverityFail)
}

// isDoubtful reports whether a profile is bad, or there is something to warn of.
func isDoubtful(s account.Snapshot) bool {
	return isBad(s) || slices.Contains(severitiesOf(s), account.SeverityWarn)
}

// severitiesOf are those that count in the exit status.
func severitiesOf(s account.Snapshot) []account.Severity {
	state, verdict := s.Health.State, s.Verdict.State
	if state == account.Disabled {
		return nil
	}
	severities := []account.Severity{state.Severity()}
	if uncheckable(state) && state.Severity() == account.SeverityFail {
		severities = nil
	}
	if verdict != "" {
		severities = append(severities, verdict.Severity())
	}
	return severities
}

// uncheckable reports whether the state says that the profile could not be
// checked, for a reason that is not its own.
func uncheckable(s account.State) bool {
	switch s {
	case account.Unreachable, account.ServerError, account.Unavailable, account.BadResponse:
		return true
	}
	return false
}

// unsnoozed are the snapshots of profiles that nobody has snoozed.
func unsnoozed(all []account.Snapshot, now time.Time) []account.Snapshot {
	return slices.DeleteFunc(slices.Clone(all), func(s account.Snapshot) bool { return insight.Snoozed(&s, now) })
}

// caughtSignal is why a context ended that a signal has ended.
type caughtSignal struct{ os.Signal }

func (s caughtSignal) Error() string { return s.String() }

// notifyContext gives a context that ends with the first signal that asks the
// process to end; signalOf says which one came.
func notifyContext(parent context.Context) (ctx context.Context, stop func()) {
	signals := make(chan os.Signal, 8)
	y := &yielded{signals: signals, settled: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancelCause(context.WithValue(parent, yieldedKey{}, y))
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		// What the caller has switched off, as nohup does, stays off.
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	go func() {
		for {
			select {
			case s := <-signals:
				if isMarker(s) {
					y.settle()
					continue
				}
				if s == os.Interrupt && y.programs.Load() > 0 {
					continue
				}
				if heard := y.hangups.Load(); heard != nil && s == syscall.SIGHUP {
					select {
					case *heard <- struct{}{}:
					default: // One is to be acted on already.
					}
					continue
				}
				// A second signal ends the process the hard way.
				signal.Stop(signals)
				cancel(caughtSignal{s})
			case <-ctx.Done():
			}
			return
		}
	}()
	return ctx, func() { signal.Stop(signals); cancel(nil) }
}

// yielded counts the programs that have the terminal, to which the key that
// interrupts belongs, and knows who hears of hangups.
type yielded struct {
	programs atomic.Int32
	// signals are those that the process hears; settled tells that it has heard
	// all that came before a marker.
	signals chan os.Signal
	settled chan struct{}
	// hangups hears of a hangup where that is not to end the process; nil where it is.
	hangups atomic.Pointer[chan struct{}]
}

func (y *yielded) settle() {
	select {
	case y.settled <- struct{}{}:
	default:
	}
}

// yieldedKey is where a context has it.
type yieldedKey struct{}

// takeHangups has the signal of a hangup, which otherwise ends the process, tell of itself
// alone: a program without a terminal is asked by it to read its configuration anew.
// So it does where the caller has switched the signal off, as nohup does. Nothing comes
// where the system has none. The context is one of notifyContext.
func takeHangups(ctx context.Context) <-chan struct{} {
	y, ok := ctx.Value(yieldedKey{}).(*yielded)
	if !ok {
		return nil
	}
	heard := make(chan struct{}, 1)
	y.hangups.Store(&heard)
	signal.Notify(y.signals, syscall.SIGHUP)
	return heard
}

// yieldInterrupts leaves the key that interrupts to a program that is given the
// terminal, until back is called. The context is one of notifyContext.
func yieldInterrupts(ctx context.Context) (back func()) {
	y, ok := ctx.Value(yieldedKey{}).(*yielded)
	if !ok {
		return func() {}
	}
	y.programs.Add(1)
	return func() {
		// The key reaches both programs at once, and one that it ends may be gone
		// before it is heard here.
		y.hearAll()
		y.programs.Add(-1)
	}
}

// terminalYielded reports whether a program has the terminal.
func terminalYielded(ctx context.Context) bool {
	y, ok := ctx.Value(yieldedKey{}).(*yielded)
	return ok && y.programs.Load() > 0
}

// signalOf is the signal that ended the context; nil where none did.
func signalOf(ctx context.Context) os.Signal {
	var caught caughtSignal
	if errors.As(context.Cause(ctx), &caught) {
		return caught.Signal
	}
	return nil
}

// exitSignal is the status by which a shell tells of a signal.
func exitSignal(s os.Signal) int {
	if n, ok := s.(syscall.Signal); ok {
		return exitSignalBase + int(n)
	}
	return exitInterrupted
}

// run is the function of a command for cobra. It gives each error of the command
// an exit status. Errors without one are then those of cobra itself (an unknown
// command, a wrong argument), to which a hint is added at the end.
func run(f func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		err := f(c, args)
		var status *exitError
		if err == nil || errors.As(err, &status) {
			return err
		}
		return configError(err)
	}
}
