package client

import (
	"context"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/onezone"
)

// faultyDetails asks as Onezone does, and fails where an answer is read beside
// the caller.
type faultyDetails struct{ onezone.Service }

func (f faultyDetails) Details(ctx context.Context, _ service.Ask, q service.Asked, acc account.Account) service.Details {
	ask := func(context.Context, service.Request) (service.Answer, error) {
		panic("a fault")
	}
	return f.Service.Details(ctx, ask, q, acc)
}

func TestAFaultBesideTheCallerEndsNothing(t *testing.T) {
	t.Parallel()
	c := newPlainClient(testNetwork(t), "http://127.0.0.1:1")
	c.service = faultyDetails{}
	got := c.details(t.Context(), account.Account{}, c.bearer("kt-secret", ""))
	if !strings.Contains(got.Notes.String(), "could not make sense") {
		t.Errorf("the notes are %q", got.Notes)
	}
}
