package cmd

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui"
)

// Rotate replaces the secret of a profile; its error is one that the dashboard
// knows where the present secret would be lost, and where a person has not stored the
// new one. A command that gives the secret may ask them.
func (d dashboardManager) Rotate(ctx context.Context, draft config.Draft, secret string, lose bool) (said string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.ends, cancel)()
	d.background.during(func() {
		said, err = d.Manager.Rotate(credential.WithLender(client.Attended(ctx), d.lender), draft, secret, lose)
	})
	switch {
	case errors.Is(err, manage.ErrNotKept):
		err = byName{err, ui.ErrNotKept}
	case errors.Is(err, manage.ErrRestart):
		err = byName{err, ui.ErrRestart}
	case errors.Is(err, manage.ErrNotStored):
		err = byName{err, ui.ErrNotStored}
	}
	return said, err
}

// byName is an error by the name that the dashboard has for it.
type byName struct {
	error
	name error
}

func (k byName) Is(target error) bool { return errors.Is(k.name, target) }
func (k byName) Unwrap() error        { return k.error }

// Rotations are those that were begun and not called off.
func (d dashboardManager) Rotations(context.Context) ([]account.Rotation, error) {
	return d.Manager.Rotations()
}

// BeginRotation begins rotations besides those.
func (d dashboardManager) BeginRotation(_ context.Context, names []string) ([]account.Rotation, error) {
	return d.Manager.BeginRotation(names)
}

// StepRotation notes the step that a rotation is at.
func (d dashboardManager) StepRotation(_ context.Context, name string, step account.RotationStep) error {
	return d.Manager.StepRotation(name, step)
}

// EndRotation calls off those of profiles.
func (d dashboardManager) EndRotation(_ context.Context, names []string) error {
	return d.Manager.EndRotation(names...)
}

// HasSecret reports whether a secret is the one that a profile has already.
func (d dashboardManager) HasSecret(ctx context.Context, draft config.Draft, secret string) bool {
	return d.Manager.HasSecret(ctx, draft, secret)
}

// AskOld asks the service whether it takes a replaced secret still. It ends with the
// dashboard.
func (d dashboardManager) AskOld(ctx context.Context, name string) (s account.Snapshot, refused bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.ends, cancel)()
	d.background.during(func() {
		var a manage.OldAnswer
		a, err = d.Manager.AskOld(ctx, name)
		s, refused = a.Snapshot, a.Refused
	})
	return s, refused, err
}

// tendPause is how often to look whether a replaced secret is to be asked about, or to
// be deleted.
const tendPause = time.Minute

// tendRotations tells the screen of the rotations that were left, and sees to replaced
// secrets until ctx ends: those that are refused, or kept for long enough, go.
func (d dashboardManager) tendRotations(ctx context.Context, send func(tea.Msg)) {
	if all, err := d.Manager.Rotations(); err == nil && len(all) > 0 {
		send(ui.RotationsMsg{All: all, Resumed: true})
	}
	tend(ctx, d.Manager, func(said string) {
		all, err := d.Manager.Rotations()
		if err == nil {
			send(ui.RotationsMsg{All: all, Said: said})
		}
	})
}

// tend sees to replaced secrets until ctx ends, and tells what has become of them.
func tend(ctx context.Context, m *manage.Manager, tell func(said string)) {
	for again := time.NewTicker(tendPause); ; {
		if said := tended(m.Sweep(ctx), m.Tend(ctx)); said != "" {
			tell(said)
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			again.Stop()
			return
		}
	}
}

// tended tells of replaced secrets that were kept for long enough, and of those that
// are refused.
func tended(gone, refused []string) string {
	var all []string
	if len(refused) > 0 {
		all = append(all, "the old secret of "+strings.Join(refused, ", ")+" is refused; what was kept of it is deleted")
	}
	if len(gone) > 0 {
		all = append(all, "the old secret of "+strings.Join(gone, ", ")+" was kept for a week and is deleted")
	}
	return strings.Join(all, "; ")
}
