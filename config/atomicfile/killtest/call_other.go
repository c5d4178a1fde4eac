//go:build !(linux && amd64)

package killtest

import (
	"errors"
	"os/exec"
)

// AtCall is for Linux on the processors that tests run on.
func AtCall(*exec.Cmd, int) (killed bool, err error) { return false, errors.ErrUnsupported }
