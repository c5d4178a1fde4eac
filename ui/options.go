package ui

import (
	"context"
	"errors"
	"time"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
)

// Options are what a dashboard needs from outside.
type Options struct {
	Config *config.Config
	// Services describe those that a profile can be at.
	Services []account.ServiceInfo
	// TokenPage is where a person makes a new token at the service of a name and
	// an address with its parts; empty where that is not known.
	TokenPage func(service, baseURL string, parts map[string]string) string
	// Refresh asks for a check of the named profiles, or of all; it must not
	// block.
	Refresh func(names ...string)
	// InSight is told which profiles the person sees, whenever these are others than
	// before: they are asked first. It is called off the program's loop; nil where nobody
	// wants to know.
	InSight func(names []string)
	// Check is Refresh of one profile by a person who waits for it, and can be
	// asked for what its credential needs.
	Check func(name string)
	// IgnoreWait is Check although the service of the profile wants no request yet.
	IgnoreWait func(name string)
	// SetPrivate is told when stand-ins come to the screen, or go; it must not block. It is
	// nil where nobody wants to know.
	SetPrivate func(on bool)
	// History reads all that is kept of a profile, oldest first; Journal reads the
	// latest entries of all profiles, [LogSize] together. They are called off the
	// program's loop and may take their time; nil where nothing is kept beside
	// the snapshots.
	History func(profile string) account.Past
	Journal func() []account.Past
	// Arrangement is how the person had arranged the screen, by the names of its
	// parts; Arrange keeps what has changed since, and is called off the program's
	// loop. It is nil where nothing is kept.
	Arrangement map[string]string
	Arrange     func(parts map[string]string) error
	// Storage tells where secrets can be kept on this machine. It is called once, off
	// the program's loop, and may take its time; nil where all places are there.
	Storage func() StorageMsg
	// Finds looks for accounts that this machine has, and Import makes profiles of
	// them. They are called off the program's loop and may take their time; nil where
	// nobody looks.
	Finds  func(context.Context) []Find
	Import func(context.Context, []config.Draft) (said string, err error)
	// AskFind asks the service of a find whose account it is; nil where nobody can.
	AskFind func(context.Context, config.Draft) account.Snapshot
	// Manage changes the profiles; nil where nothing can be kept.
	Manage Manager
	// EditFile has a person edit the file of the configuration, at a profile where
	// one is named. It is called while the dashboard has left the terminal to it. What
	// it says is empty where nothing was changed. It is nil where there is no file.
	EditFile func(profile string) (said string, err error)
	// Programs readies programs that run for profiles; nil where none can run.
	Programs Programs
	// Export writes what is known of profiles to a file that is not there yet, as
	// JSON, with stand-ins while private mode is on: private says so. It is called off
	// the program's loop; nil where nothing can be written.
	Export func(ctx context.Context, names []string, path string, private bool) (said string, err error)
	// Avatar fetches a picture; nil where there are none.
	Avatar AvatarFunc
	// Written gives a channel that is closed when a text, which is to be written
	// from now on, was written to the terminal, or cannot be; nil where nobody
	// tells.
	Written func(text string) <-chan struct{}
	// Profile is the one selected at start; empty for the configured one.
	Profile string
	// Active is the profile that is marked as the active one; empty for none.
	Active  string
	Version string
	// Demo is set where the demo services are shown.
	Demo bool
	// Private is set where stand-ins are shown in place of names, addresses
	// and ids.
	Private bool
	// Hide gives stand-ins to what a configuration names of the person's own. It is called
	// when stand-ins come to the screen, and then with each changed configuration, within
	// Update: it must neither wait nor read anything. It is nil for nothing.
	Hide func(*privacy.Mask, *config.Config)
	// FirstRun is set where there is no configuration yet.
	FirstRun bool
	// NoShell is set where nobody would wake a program that is suspended.
	NoShell bool
	// ASCII draws without Unicode lines and marks, Console with the few that
	// the Linux console has; NoColor without colours, FewColors with 16.
	ASCII, Console, NoColor, FewColors bool
	// Now is the clock; nil for the real one.
	Now func() time.Time
}

// Manager changes the profiles for the dashboard. Its methods are called off
// the program's loop, several at a time, and may take their time.
type Manager interface {
	Changer
	Decider
	Rotator
	// OpenURL shows a page in the browser.
	OpenURL(ctx context.Context, url string) error
}

// Changer changes the file and the secrets of profiles.
type Changer interface {
	// Try asks the service as the draft says. The secret is one that is not
	// stored yet; empty for what the draft refers to.
	Try(ctx context.Context, d config.Draft, secret string) account.Snapshot
	// Apply saves a change. A secret is stored in the keyring entry that the
	// draft names, before the file is saved.
	Apply(ctx context.Context, c config.Edit, secret string) (said string, err error)
	// ApplyAll saves changes in one go, all or none, which Undo takes back together.
	// What it says is one sentence without a full stop. The error names each change
	// that cannot be made, and why.
	ApplyAll(ctx context.Context, changes []config.Edit) (said string, err error)
	// Rotate replaces the secret where the draft of a profile refers to by one
	// that was tried. The error is ErrNotKept where the present one cannot be
	// kept for Undo; lose says that this does not matter. What the person stores by
	// themselves is compared with the secret: the error is ErrNotStored where it is
	// another.
	Rotate(ctx context.Context, d config.Draft, secret string, lose bool) (said string, err error)
	// Undo takes back the last change, or brings back the secret that was
	// replaced last. Redo does again what Undo took back last. The error is a
	// [DoubtError] where another run has done that, unless the person has agreed to the
	// step that the error names; 0 for none.
	Undo(ctx context.Context, agreed int64) (said string, err error)
	Redo(ctx context.Context, agreed int64) (said string, err error)
}

// Decider keeps what a person decides about profiles.
type Decider interface {
	// Use makes a profile the active one, unless something nearer than that
	// choice names another; active is the one that it is now.
	Use(ctx context.Context, name string) (active, said string, err error)
	// Pin asks the service once more, and ties the profile to the user who answers.
	Pin(ctx context.Context, name string) (said string, err error)
	// Snooze has profiles call nobody until a time, as a person writes it: a span,
	// a date, or "off", which ends the snoozes. Undo takes it back for all of them
	// together. The error is for the person who wrote it.
	Snooze(ctx context.Context, names []string, until, note string) (said string, err error)
}

// DoubtError asks whether a step of another run is to be undone, or to be done again.
type DoubtError struct {
	Step     int64
	Question string
}

func (e *DoubtError) Error() string { return e.Question }

// ErrNotKept says that a secret was not replaced since the one before would
// have been lost.
var ErrNotKept = errors.New("the present secret cannot be kept for a return, so that it was not replaced")

// ServicesMsg describes all services that a profile can be at.
type ServicesMsg []account.ServiceInfo

// ActiveMsg tells which profile is the active one now.
type ActiveMsg struct {
	// Profile is its name; empty for none.
	Profile string
	// Problem says why there is none although there are profiles.
	Problem string
}
