package cmd

import (
	"context"
	"fmt"
	"io"

	"github.com/muesli/cancelreader"

	"rollcall/client/text"
	"rollcall/cmd/child"
	"rollcall/config/credential"
)

// tidied takes from a terminal what a program may have left there: reports of the mouse,
// of the focus and of keys, pasting in brackets, colours, a part of the screen that
// scrolls alone, another character set, a hidden cursor.
const tidied = "\x1b[?9;1000;1002;1003;1005;1006;1015l\x1b[?1004l\x1b[?2004l\x1b[?2026l\x1b[=0;1u\x1b[>4;0m" +
	"\x1b[0m\x1b[?1l\x1b>\x1b[4l\x1b(B\x0f\x1b7\x1b[r\x1b8\x1b[?7h\x1b[?25h"

// runOn runs a program on a terminal that was left to it. The keys that interrupt are
// its own meanwhile; it ends when ctx does. The terminal is as it was after that,
// whatever the program leaves; tidied takes from it what is not a mode of the keyboard.
func (r readied) runOn(ctx context.Context, t credential.Terminal, tidied string) (child.Ending, error) {
	k := takeKeyboard(t.In)
	for _, note := range r.notes {
		fmt.Fprintln(t.Out, text.Printable(note))
	}
	defer yieldInterrupts(ctx)()
	e, err := child.OnTerminal(ctx, r.Program, t.In, t.Out)
	k.takeBack()
	_, _ = io.WriteString(t.Out, tidied)
	return e, err
}

// runBehind runs a program behind the screen, and gives what it printed as it can be
// shown.
func (r readied) runBehind(ctx context.Context) (printed child.Printed, e child.Ending, err error) {
	printed, e, err = child.Behind(ctx, r.Program, mostPrinted)
	return shownOutput(printed, r.secrets), e, err
}

// awaitKey says something below what a program left on a terminal, and waits for a key.
// It reports whether that is another one than q.
func awaitKey(ctx context.Context, t credential.Terminal, words string) (on bool) {
	fmt.Fprintln(t.Out, text.Printable(words))
	keys, err := cancelreader.NewReader(t.In)
	if err != nil {
		return true
	}
	defer keys.Close()
	k := takeKeyboard(t.In)
	k.give()
	defer k.takeBack()
	defer context.AfterFunc(ctx, func() { keys.Cancel() })()
	var key [32]byte
	n, err := keys.Read(key[:])
	return err == nil && n > 0 && key[0] != 'q' && key[0] != '\x1b' && key[0] != '\x03'
}
