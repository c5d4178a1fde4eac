package account

import "time"

// RotationStep is a step in the rotation of a profile's secret.
type RotationStep string

// The steps that a rotation is left at and taken up again from, in their order.
// What lies between RotationPaste and RotationOld, the proof of a new secret and
// its writing, needs that secret, which is in memory only.
const (
	// RotationPage: the page is to be opened, where the service gives out tokens.
	RotationPage RotationStep = "page"
	// RotationPaste: the new secret is to be given.
	RotationPaste RotationStep = "paste"
	// RotationRestart: the new secret is proved, and the person sets it where rollcall
	// finds it once it is started anew. There it is given once more, to be compared.
	RotationRestart RotationStep = "restart"
	// RotationOld: the new secret is written, and the old one is to be deleted at the
	// service, which then refuses it.
	RotationOld RotationStep = "old"
	// RotationDone: there is nothing more to do.
	RotationDone RotationStep = "done"
	// RotationSkipped: the person has left the profile out.
	RotationSkipped RotationStep = "skipped"
)

// Open reports whether there is something to do still.
func (s RotationStep) Open() bool { return s != RotationDone && s != RotationSkipped }

// ToDo reports whether a secret is still to be given. One that waits for the old secret
// to be refused is open, too, but there is nothing to do in rollcall.
func (s RotationStep) ToDo() bool {
	return s == RotationPage || s == RotationPaste || s == RotationRestart
}

// Rotation is how far the rotation of the secret of one profile has come. There
// is nothing secret in it.
type Rotation struct {
	Profile string
	// Step is the one to take next.
	Step RotationStep
	// Begun is when the person began, Written when the new secret took its place; zero
	// where it has not.
	Begun, Written time.Time
	// Until is how long the old secret is kept for undo at most; zero where it is
	// not kept. Asked is when the service was last asked whether it takes it still.
	Until, Asked time.Time
	// Refused is set where the service has refused the old secret.
	Refused bool
}
