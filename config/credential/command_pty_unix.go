//go:build unix

package credential

import (
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/creack/pty"
	"github.com/muesli/cancelreader"
)

// give has a command run on a terminal of its own, whose other end is the one that
// is lent. So what the command leaves behind, and what another program asks for it,
// as the agent of GnuPG does, can never read the keyboard of rollcall: back ends
// that terminal.
func (t Terminal) give(cmd *exec.Cmd) (back func(), err error) {
	ours, its, err := pty.Open()
	if err != nil {
		return nil, err
	}
	typed, err := cancelreader.NewReader(t.In)
	if err != nil {
		_, _ = ours.Close(), its.Close()
		return nil, err
	}
	said, err := cancelreader.NewReader(ours)
	if err != nil {
		_, _, _ = typed.Close(), ours.Close(), its.Close()
		return nil, err
	}
	cmd.Stdin, cmd.Stderr = its, its
	cmd.Env = append(cmd.Environ(), asksOn(its.Name()))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	cmd.Cancel = func() error { return endGroup(cmd.Process) }
	sized, following := t.keepSize(ours)
	// It ends when nobody has the terminal open any more.
	shown := begin(func() { _, _ = io.Copy(t.Out, said) })
	read := begin(func() { _, _ = io.Copy(ours, typed) })
	return func() {
		if typed.Cancel() {
			<-read.ended
		}
		_ = typed.Close()
		_ = its.Close()
		dismiss(ours, shown.ended)
		sized()
		if said.Cancel() {
			<-shown.ended
		}
		_, _ = said.Close(), ours.Close()
		// All is given back by now.
		for _, w := range []*work{read, shown, following} {
			w.tell()
		}
	}, nil
}

// work is done beside a command that has a terminal. A fault in it, which is most likely
// one of a library, must not end the program while that has the terminal of a person.
type work struct {
	ended chan struct{}
	fault any
}

func begin(do func()) *work {
	w := &work{ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		defer func() { w.fault = recover() }()
		do()
	}()
	return w
}

// tell panics where the work did that has ended.
func (w *work) tell() {
	select {
	case <-w.ended:
		if w.fault != nil {
			panic(w.fault)
		}
	default:
	}
}

// goodbye is what somebody types to leave a question open, and how long after that
// who asks it may take to end.
type goodbye struct {
	keys string
	wait time.Duration
}

// goodbyes are nothing at first, since the end of a command is heard of a little
// later; then the end of the input (ctrl+d), which pinentry-tty takes as a refusal,
// and the key that is one for pinentry-curses (ctrl+e).
func goodbyes() []goodbye {
	return []goodbye{{"", 200 * time.Millisecond}, {"\x04", time.Second}, {"\x05", time.Second}}
}

// dismiss ends the questions of whoever still has the terminal open after the
// command has ended: the agent of GnuPG goes on for a minute, and asks nothing else
// until then. ended is closed when nobody has it.
func dismiss(terminal *os.File, ended <-chan struct{}) {
	for _, g := range goodbyes() {
		_, _ = terminal.WriteString(g.keys)
		select {
		case <-ended:
			return
		case <-time.After(g.wait):
		}
	}
}

// keepSize gives a terminal the size of the one that is lent, until stop is called.
func (t Terminal) keepSize(terminal *os.File) (stop func(), following *work) {
	_ = pty.InheritSize(t.In, terminal)
	resized := make(chan os.Signal, 1)
	signal.Notify(resized, syscall.SIGWINCH)
	done := make(chan struct{})
	following = begin(func() {
		for {
			select {
			case <-resized:
				_ = pty.InheritSize(t.In, terminal)
			case <-done:
				return
			}
		}
	})
	return func() { signal.Stop(resized); close(done); <-following.ended }, following
}
