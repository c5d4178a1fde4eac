package client

import (
	"context"
	"rollcall/client/account"
	"strings"
	"testing"
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
