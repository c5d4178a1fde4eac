//go:build !unix || darwin

package credential

import (
	"context"
	"errors"
	"os/exec"
)

// findKeyring finds the keyring of a system that always has one.
func findKeyring() error { return nil }

// findKeyringService finds the keyring of a system that always has one.
func findKeyringService(context.Context) error { return nil }

// keyringAbsent reports whether an error says that there is no keyring.
func keyringAbsent(error) bool { return false }

// keyringStillLocked is for systems that tell without asking.
func keyringStillLocked() bool { return false }

// keyringLocked reports whether an error says that the keyring is locked. The
// program security of macOS says so by its exit status: it may not ask, the
// password was wrong, the question was dismissed.
func keyringLocked(err error) bool {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return false
	}
	switch exit.ExitCode() {
	case 36, 51, 128:
		return true
	}
	return false
}
