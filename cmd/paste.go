package cmd

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"time"
)

// pastePause is how long a terminal may be silent within a paste. One that lost the
// end of it, over a bad line or in a multiplexer, would never say anything else
// again: whatever is typed is a part of the paste until it ends.
const pastePause = time.Second

// interruption is the key that interrupts, in the ways that terminals send it, by
// itself: nobody pastes that. The numbers are ctrl with and without the two locks.
var interruption = regexp.MustCompile(`^(?:\x03|\x1b\[99(?::\d*)*;(?:5|69|133|197)(?::1)?u|\x1b\[27;5;99~)+$`)

// pasteGuard reads from a terminal, and ends a paste whose own end does not come.
type pasteGuard struct {
	*os.File
	// more reports whether there is more to read, and waits for that.
	more func(wait time.Duration) bool
	// pasting is set within a paste, and tail is the end of what was read, in
	// which the mark of the other state may have begun.
	pasting bool
	tail    []byte
}

// Read reads what there is, with the end of a paste where that was lost.
func (g *pasteGuard) Read(p []byte) (int, error) {
	return g.read(g.File, p)
}

func (g *pasteGuard) read(from io.Reader, p []byte) (int, error) {
	room := len(p) - len(pasteEnd)
	if room <= 0 {
		return from.Read(p)
	}
	n, err := from.Read(p[:room])
	if g.pasting && interruption.Match(p[:n]) {
		return g.end(p, 0, n), err
	}
	g.follow(p[:n])
	if !g.pasting || err != nil || g.more(pastePause) {
		return n, err
	}
	typed := bytes.TrimRight(p[:n], string(rune(keyInterrupt)))
	return g.end(p, len(typed), n), nil
}

// end puts the end of the paste at a place among the n bytes that were read, and
// gives how many there are then.
func (g *pasteGuard) end(p []byte, at, n int) int {
	copy(p[at+len(pasteEnd):], p[at:n])
	copy(p[at:], pasteEnd)
	g.pasting, g.tail = false, nil
	return n + len(pasteEnd)
}

// follow finds out whether what was read ends within a paste.
func (g *pasteGuard) follow(read []byte) {
	seen := append(g.tail, read...)
	for {
		mark := pasteStart
		if g.pasting {
			mark = pasteEnd
		}
		i := bytes.Index(seen, []byte(mark))
		if i < 0 {
			break
		}
		g.pasting, seen = !g.pasting, seen[i+len(mark):]
	}
	g.tail = bytes.Clone(seen[max(0, len(seen)-len(pasteEnd)+1):])
}
