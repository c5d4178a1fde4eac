package ui

import (
	"context"
	"errors"
	"fmt"

	"rollcall/client/account"
	"rollcall/config"
)

// Rotator keeps how far the rotations of profiles have come, so that one that is left
// is taken up again.
type Rotator interface {
	// Rotations are those that were begun and not called off.
	Rotations(ctx context.Context) ([]account.Rotation, error)
	// BeginRotation begins rotations of profiles besides those, and gives all.
	BeginRotation(ctx context.Context, names []string) ([]account.Rotation, error)
	// StepRotation notes the step that the rotation of a profile is at.
	StepRotation(ctx context.Context, name string, step account.RotationStep) error
	// EndRotation calls off those of profiles; all, where none is named. What is written
	// stays so.
	EndRotation(ctx context.Context, names []string) error
	// HasSecret reports whether a secret is the one that a profile has already, where that
	// is known.
	HasSecret(ctx context.Context, d config.Draft, secret string) bool
	// AskOld asks the service whether it takes the secret of a profile still that was
	// replaced. Where it is refused, what was kept of it is gone.
	AskOld(ctx context.Context, name string) (s account.Snapshot, refused bool, err error)
}

// ErrNotStored says that the credential of a profile does not give the new secret yet,
// which the person stores by themselves. ErrRestart is one that says that it will not
// before rollcall is started anew.
var (
	ErrNotStored = errors.New("the new secret is not stored yet")
	ErrRestart   = fmt.Errorf("%w", ErrNotStored)
)

// RotationsMsg tells how far the rotations have come.
type RotationsMsg struct {
	All []account.Rotation
	// Said is what has become of one by itself; empty for nothing.
	Said string
	// Resumed is set at the start of the dashboard, where the person may not know of
	// them.
	Resumed bool
}
