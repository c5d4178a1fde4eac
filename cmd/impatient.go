package cmd

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rollcall/client"
	"rollcall/client/account"
)

// howToAsk is what a command line says of how the services are asked.
type howToAsk struct {
	// offline asks nobody.
	offline bool
	// impatient asks although a service wants no request yet, once the person says so, and
	// yes without a question.
	impatient, yes bool
}

// fits is an error where that cannot be done to the profiles that were named.
func (h howToAsk) fits(names []string) error {
	switch {
	case h.impatient && len(names) == 0:
		return configError(errors.New("--ignore-wait is for profiles that you name, as in: rollcall status NAME --ignore-wait"))
	case h.yes && !h.impatient:
		return configError(errors.New("--yes goes with --ignore-wait: nothing else here is asked"))
	}
	return nil
}

// askAllTheSame puts the answers of services that wanted no request yet in their places
// among the snapshots, where the person wants them to be asked all the same. begun is when
// the checks began.
func (a *app) askAllTheSame(ctx context.Context, s *session, snapshots []account.Snapshot, begun time.Time, yes bool) error {
	var names []string
	places := map[string]int{}
	for i, snap := range snapshots {
		question := a.shown(snap).WaitQuestion(a.now())
		if question == "" || !snap.Health.CheckedAt.Before(begun) {
			continue // It does not wait, or was asked just now.
		}
		if !yes && !a.interactive() {
			return configError(fmt.Errorf("the service of %s wants no request yet, and nobody can be asked here; add --yes to ask it all the same",
				a.told(snap.Profile)))
		}
		sure := yes
		if !sure {
			var err error
			if sure, err = a.confirm(ctx, a.told(snap.Profile)+": "+question, false); err != nil {
				return err
			}
		}
		if sure {
			names, places[snap.Profile] = append(names, snap.Profile), i
		}
	}
	if len(names) == 0 {
		return nil
	}
	for _, snap := range s.poller.Once(client.Impatient(ctx), names...) {
		snapshots[places[snap.Profile]] = snap
	}
	return nil
}
