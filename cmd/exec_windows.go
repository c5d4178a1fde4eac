package cmd

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
)

// become runs a program in place of the process, as near as Windows comes to
// that: it ends with the exit status of the program. It returns only where the
// program cannot be started.
func become(path string, args, environ []string) error {
	c := exec.Command(path, args[1:]...)
	c.Args[0], c.Env = args[0], environ
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	// The console gives ctrl+c to the program, too, which decides what to do.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	err := c.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		return err
	}
	os.Exit(c.ProcessState.ExitCode())
	return nil
}
