package client

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rollcall/client/account"
)

// faultyDetails asks as Onezone does, and fails where an answer is read beside
// the caller.
type faultyDetails struct{ onezone }

func (f faultyDetails) details(ctx context.Context, _ asker, acc account.Account, secret string) details {
	ask := func(context.Context, string, ...func(*request)) (answer, error) {
		panic("a fault")
	}
	return f.onezone.details(ctx, ask, acc, secret)
}

func TestAFaultBesideTheCallerEndsNothing(t *testing.T) {
	t.Parallel()
	c := newPlainClient(testNetwork(t), "http://127.0.0.1:1")
	c.provider = faultyDetails{}
	got := c.details(t.Context(), account.Account{}, "kt-secret")
	if !strings.Contains(got.problem, "could not make sense") {
		t.Errorf("the problem is %q", got.problem)
	}
}

func TestAWaitGroupWaitsForAll(t *testing.T) {
	t.Parallel()
	fault := errors.New("a fault")
	var g waitGroup
	done := make([]bool, 3)
	for i := range done {
		g.Go(func() {
			done[i] = true
			if i == 1 {
				panic(fault)
			}
		})
	}
	defer func() {
		if got := recover(); got != fault || !done[0] || !done[1] || !done[2] {
			t.Errorf("it told %v, with %v", got, done)
		}
	}()
	g.Wait()
}
