package child

import (
	"errors"
	"os"
	"os/exec"
	"sync"
	"time"

	"rollcall/client/together"
)

// Pack is the programs that run alone at a time, each with what it has started, so that none
// is left behind where the process ends the hard way. The zero value has none; nil keeps
// none.
type Pack struct {
	mu      sync.Mutex
	running map[*os.Process]bool
	killed  bool
}

// errKilled is why a program does not begin.
var errKilled = errors.New("rollcall has ended")

// start begins a program of the pack.
func (k *Pack) start(cmd *exec.Cmd) error {
	if k == nil {
		return cmd.Start()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.killed {
		return errKilled
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	if k.running == nil {
		k.running = map[*os.Process]bool{}
	}
	k.running[cmd.Process] = true
	return nil
}

// leave takes out a program that has ended.
func (k *Pack) leave(p *os.Process) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.running, p)
}

// Kill ends all that run, at once, and has no other begin. One that is just beginning, which
// a disk can hold up, is waited for no longer than that.
func (k *Pack) Kill(wait time.Duration) {
	if k == nil {
		return
	}
	killed := together.Start(func() bool {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.killed = true
		for p := range k.running {
			killAlone(p)
		}
		return true
	})
	select {
	case <-killed:
	case <-time.After(wait):
	}
}
