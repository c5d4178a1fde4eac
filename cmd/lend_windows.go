package cmd

import (
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// terminalDevice is the input of the console.
const terminalDevice = "CONIN$"

// inFront reports whether what is typed comes to the process: a console knows no
// background.
func inFront(*os.File) bool { return true }

// keyboard is the input of a console, with the modes that it had.
type keyboard struct {
	console windows.Handle
	before  uint32
	known   bool
}

func takeKeyboard(f *os.File) keyboard {
	k := keyboard{console: windows.Handle(f.Fd())}
	k.known = windows.GetConsoleMode(k.console, &k.before) == nil
	return k
}

// give readies the keyboard for a command.
func (k keyboard) give() { k.takeBack() }

// takeBack sets the modes that were, and discards what was typed and not read.
func (k keyboard) takeBack() {
	if k.known {
		_ = windows.SetConsoleMode(k.console, k.before)
		_ = windows.FlushConsoleInputBuffer(k.console)
	}
}

// drain discards what is typed for a while.
func (k keyboard) drain(quiet time.Duration) {
	time.Sleep(quiet)
	k.takeBack()
}
