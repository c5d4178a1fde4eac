package transport

import (
	"context"
	"time"
)

// timeLimit is a context that ends after a time, which stands still while the service is
// kept waiting: it is not its fault when nobody has room for its answer.
type timeLimit struct {
	context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	// left is what is left of the time since began.
	left  time.Duration
	began time.Time
	// waited is for how long it has stood still.
	waited time.Duration
}

// newTimeLimit begins a time limit. Whoever calls it calls end.
func newTimeLimit(parent context.Context, limit time.Duration) *timeLimit {
	ctx, cancel := context.WithCancelCause(parent)
	return &timeLimit{
		Context: ctx, cancel: cancel, left: limit, began: time.Now(),
		timer: time.AfterFunc(limit, func() { cancel(context.DeadlineExceeded) }),
	}
}

// Deadline is when the time ends if it does not stand still, which shares it out among
// the addresses of a host.
func (l *timeLimit) Deadline() (time.Time, bool) {
	at := l.began.Add(l.left)
	if parents, ok := l.Context.Deadline(); ok && parents.Before(at) {
		return parents, true
	}
	return at, true
}

// pause has the time stand still while wait waits. Nobody waits once the time is up: the
// answer would come too late for whatever room there is then.
func (l *timeLimit) pause(wait func() error) error {
	if !l.timer.Stop() {
		// The timer ends the context in a goroutine of its own.
		<-l.Done()
		return context.Cause(l.Context)
	}
	stopped := time.Now()
	l.left -= stopped.Sub(l.began)
	err := wait()
	l.began = time.Now()
	l.waited += l.began.Sub(stopped)
	l.timer.Reset(max(0, l.left))
	return err
}

// over is an error that says so where the time has ended, and err where it has not.
func (l *timeLimit) over(err error) error {
	if err != nil && context.Cause(l.Context) == context.DeadlineExceeded {
		return &lateError{err}
	}
	return err
}

// end ends the context.
func (l *timeLimit) end() {
	l.timer.Stop()
	l.cancel(nil)
}

// lateError is what a request ended with when its time did.
type lateError struct{ err error }

func (e *lateError) Error() string { return e.err.Error() }

func (e *lateError) Unwrap() []error { return []error{context.DeadlineExceeded, e.err} }
