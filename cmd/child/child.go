package child

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"

	"rollcall/client/together"
)

// Program is what is to run.
type Program struct {
	// Path is the program, which was found already, and Args are its arguments, the name
	// that it was called by first. Nothing takes them apart.
	Path string
	Args []string
	Env  []string
	// Dir is the folder that it starts in; empty for that of rollcall.
	Dir string
	// Pack is what a program of [Feed] runs among; nil for nothing.
	Pack *Pack
	// Shell is set for a shell for a person: that ends when its terminal is hung up, and
	// not when it is asked to.
	Shell bool
}

// grace is how long a program has to end after it was asked to.
const grace = time.Second

// Ending is how a program ended.
type Ending struct {
	// Code is its exit status, Signal the name of the signal that ended it; empty for
	// none.
	Code   int
	Signal string
	// CalledOff is set where it was asked to end.
	CalledOff bool
}

// Good reports whether the program says that all went well.
func (e Ending) Good() bool { return e == Ending{} }

// String is how it ended, to follow what it was: "ended with 3".
func (e Ending) String() string {
	switch {
	case e.CalledOff:
		return "was called off"
	case e.Signal != "":
		return "was killed by " + e.Signal
	case e.Code != 0:
		return fmt.Sprintf("ended with %d", e.Code)
	}
	return "ended"
}

// OnTerminal runs a program on a terminal, to its end or that of ctx. Nobody else reads
// from the terminal or writes to it meanwhile.
func OnTerminal(ctx context.Context, p Program, in, out *os.File) (Ending, error) {
	cmd := p.command()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, out
	defer keepForeground(in)()
	if err := cmd.Start(); err != nil {
		return Ending{}, err
	}
	return p.ended(ctx, cmd, grace, func(hard bool) { endOn(in, cmd.Process, p.Shell, hard) })
}

// Behind runs a program without a terminal and without input, to its end or that of ctx,
// and gives the last of what it printed, at most so many bytes of it. What it starts and
// leaves behind is left alone, unless it was called off.
func Behind(ctx context.Context, p Program, most int) (printed Printed, e Ending, err error) {
	cmd := p.command()
	out := &tail{most: most}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.WaitDelay = grace
	alone(cmd)
	if err := cmd.Start(); err != nil {
		return Printed{}, Ending{}, err
	}
	e, err = p.ended(ctx, cmd, grace, func(hard bool) { endGroup(cmd.Process, hard) })
	return out.printed(), e, err
}

// Feed runs a program without a terminal that reads input, to its end or that of ctx, and
// gives the last of what it complained of, at most so many bytes; what else it prints is
// dropped. A program need not take its input: who only wants to know that something happened
// does not read what, and says by how it ends whether all went well. Once ctx has ended it
// has the span of patience to end by itself. Nothing that it started is left behind, unless
// that has left its group, and what then holds its input or its output open is waited for no
// longer than that, each.
func Feed(ctx context.Context, p Program, input []byte, patience time.Duration, most int) (complaint Printed, e Ending, err error) {
	out, in, err := os.Pipe()
	if err != nil {
		return Printed{}, Ending{}, err
	}
	defer out.Close()
	cmd := p.command()
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), in
	cmd.WaitDelay = patience
	alone(cmd)
	err = p.Pack.start(cmd)
	in.Close()
	if err != nil {
		return Printed{}, Ending{}, err
	}
	// What it left behind is ended before its last words are waited for: the end of all
	// that can print is the end of what was printed.
	said := &tail{most: most}
	drained := together.Start(func() error { _, err := io.Copy(said, out); return err })
	e, err = p.ended(ctx, cmd, patience, func(hard bool) { endGroup(cmd.Process, hard) })
	endLeft(cmd.Process)
	p.Pack.leave(cmd.Process)
	select {
	case o := <-drained:
		// What cannot be read is missing from the complaint, and says nothing of the program.
		_ = o.Value()
	case <-time.After(patience):
	}
	return said.printed(), e, err
}

func (p Program) command() *exec.Cmd {
	cmd := &exec.Cmd{Path: p.Path, Args: p.Args, Env: p.Env, Dir: p.Dir}
	if p.Dir != "" {
		cmd.Env = append(slices.Clip(cmd.Env), "PWD="+p.Dir)
	}
	return cmd
}

// ended waits for the end of a program, which end asks for once ctx has ended, first
// kindly and, after a span of patience, hard.
func (p Program) ended(ctx context.Context, cmd *exec.Cmd, patience time.Duration, end func(hard bool)) (e Ending, err error) {
	over := make(chan struct{})
	asked := together.Start(func() bool {
		select {
		case <-over:
			return false
		case <-ctx.Done():
		}
		end(false)
		select {
		case <-over:
		case <-time.After(patience):
			end(true)
		}
		return true
	})
	err = cmd.Wait()
	close(over)
	e.CalledOff = (<-asked).Value()
	if _, failed := errors.AsType[*exec.ExitError](err); failed || errors.Is(err, exec.ErrWaitDelay) {
		err = nil
	}
	if cmd.ProcessState != nil {
		e.Code, e.Signal = status(cmd.ProcessState)
	}
	return e, err
}
