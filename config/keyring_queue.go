package config

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

// theKeyring is one for the whole process, as the keyring itself is one: asked
// for many credentials at once it would ask its owner as often for the
// password. Asked for one after the other, it asks for the first, and stays
// open for the rest.
var theKeyring = keyringQueue{turn: make(chan struct{}, 1)}

// keyringQueue lets one call at a time through to the keyring.
type keyringQueue struct {
	// turn holds a value while a call is at work.
	turn chan struct{}
	// answers counts the calls that came back.
	answers atomic.Int64
	// refused is the error of the last reading where the keyring stayed
	// locked. It belongs to who has the turn.
	refused error
}

// do makes a call. The library takes no context, so the call goes on when it
// is given up; it keeps its turn meanwhile, and no other is made beside it.
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

// wait takes the turn. It waits for as long as the keyring answers others.
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

// get reads an entry; it is for [keyringQueue.do]. Who did not open the keyring
// when asked to is not asked again, for each profile and at each check, as long
// as it stays locked.
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
