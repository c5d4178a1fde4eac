package credential

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/zalando/go-keyring"
)

var (
	errKeyringSilent = errors.New("no answer")
	errKeyringBroken = errors.New("it gave an answer that makes no sense")
)

// theKeyring is the queue for the keyring of the system. There is one queue in
// the process, as there is one keyring: a locked keyring that is asked for many
// credentials at once would ask its owner as often for the password. Asked for
// one after the other, it asks its owner for the first, and is open for the
// rest.
var theKeyring = keyringQueue{turn: make(chan struct{}, 1)}

// keyringQueue lets one call at a time through to the keyring.
type keyringQueue struct {
	// turn is a mutex that can be waited for with a limit: it holds a value
	// while a call is at work.
	turn chan struct{}
	// answers counts the calls that came back.
	answers atomic.Int64
	// refused is the error of the last call that found the keyring locked,
	// if it has not been opened since. Only the call that has the turn uses
	// it.
	refused error
}

// do makes a call when it is its turn, and waits for its answer up to the
// limit. The library takes no context, so that a call that is given up goes on.
// It keeps the turn until it comes back: no other call is made beside it.
func (q *keyringQueue) do(
	ctx context.Context, limit time.Duration, call func() (string, error),
) (string, error) {
	if err := q.wait(ctx, limit); err != nil {
		return "", err
	}
	type answer struct {
		secret string
		err    error
	}
	came := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if recover() != nil {
				a = answer{err: errKeyringBroken}
			}
			q.answers.Add(1)
			<-q.turn
			came <- a
		}()
		a.secret, a.err = call()
	}()
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case a := <-came:
		return a.secret, a.err
	case <-late.C:
		return "", errKeyringSilent
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// wait takes the turn. It gives up when no call comes back for as long as the
// limit; while the keyring answers the calls before this one, it waits on.
func (q *keyringQueue) wait(ctx context.Context, limit time.Duration) error {
	late := time.NewTicker(limit)
	defer late.Stop()
	for before := q.answers.Load(); ; before = q.answers.Load() {
		select {
		case q.turn <- struct{}{}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			if q.answers.Load() == before {
				return errKeyringSilent
			}
		}
	}
}

// get reads an entry; it is a call for [keyringQueue.do]. A person who was
// asked to open the keyring and did not is not asked again for each profile and
// at each check. While the keyring stays locked, get returns the error of that
// time.
func (q *keyringQueue) get(service, user string) (string, error) {
	if q.refused != nil && keyringStillLocked() {
		return "", q.refused
	}
	secret, err := keyring.Get(service, user)
	q.refused = nil
	if err != nil && keyringLocked(err) {
		q.refused = err
	}
	return secret, err
}
