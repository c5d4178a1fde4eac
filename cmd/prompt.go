package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"rollcall/client/text"
	"rollcall/client/together"
	"rollcall/config/credential"
)

// maxSecret is more than the longest token that a service gives out.
const maxSecret = 1 << 20

// errNoAnswer says that a question was left open.
var errNoAnswer = errors.New("no answer came; nothing was changed")

// errNoSecret says that an answer was empty where a secret was wanted.
var errNoSecret = errors.New("no secret came; type it when asked, or pipe it in")

// interactive reports whether there is a person to ask.
func (c *console) interactive() bool {
	return term.IsTerminal(c.stdin.Fd()) && term.IsTerminal(c.stderr.Fd())
}

// ask puts a question on the terminal. An empty answer means the preset, which
// is shown.
func (c *console) ask(ctx context.Context, question, preset string) (string, error) {
	if preset != "" {
		question += " [" + preset + "]"
	}
	fmt.Fprintf(c.stderr, "%s: ", text.Printable(question))
	answer, err := await(ctx, func() (string, error) { return readLine(c.stdin) })
	if err != nil {
		fmt.Fprintln(c.stderr)
		return "", err
	}
	if answer = strings.TrimSpace(answer); answer == "" {
		return preset, nil
	}
	return answer, nil
}

// confirm asks a question whose answer is yes or no; an empty answer means the
// preset.
func (c *console) confirm(ctx context.Context, question string, preset bool) (bool, error) {
	choice := " [y/N]"
	if preset {
		choice = " [Y/n]"
	}
	for {
		answer, err := c.ask(ctx, question+choice, "")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "":
			return preset, nil
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
		fmt.Fprintln(c.stderr, "Answer y or n.")
	}
}

// readSecret takes a secret from the terminal, without echo, or from what is
// piped in.
func (c *console) readSecret(ctx context.Context, question string) (string, error) {
	var secret string
	var err error
	if term.IsTerminal(c.stdin.Fd()) {
		secret, err = c.typedSecret(ctx, c.stderr, question)
	} else {
		secret, err = await(ctx, func() (string, error) { return readAll(c.stdin) })
	}
	if err != nil {
		return "", err
	}
	secret = strings.TrimSpace(strings.TrimPrefix(secret, "\ufeff"))
	switch {
	case secret == "":
		return "", configError(errNoSecret)
	case strings.ContainsFunc(secret, unicode.IsControl):
		return "", configError(errors.New("the secret has a line break or control character in it; give it alone, on one line"))
	}
	return secret, nil
}

// doubt warns of what is wrong with the text of a secret, before it is sent or
// stored. It may be right all the same.
func (c *console) doubt(secret string, password bool) {
	if flaw := credential.Examine(secret, password); flaw != "" {
		c.warn(flawWords(flaw, password) + "; " + flaw.Remedy())
	}
}

// flawWords tell what is wrong with a secret.
func flawWords(flaw credential.Flaw, password bool) string {
	word := "token"
	if password {
		word = "password"
	}
	return "the " + word + " " + flaw.Cause()
}

// typedSecret reads a line that nobody sees. The terminal gives its bytes as
// they are typed: in its own line mode it would cut a long token.
func (c *console) typedSecret(ctx context.Context, out io.Writer, question string) (string, error) {
	before, err := term.MakeRaw(c.stdin.Fd())
	if err != nil {
		return "", configError(fmt.Errorf("the terminal cannot hide what you type: %w; pipe the secret in", err))
	}
	begin, end := ansi.SetModeBracketedPaste, ansi.ResetModeBracketedPaste
	if dumb(c.getenv) {
		begin, end = "", ""
	}
	// Not before: who sees the question may answer at once.
	c.crashes.screenIs(end)
	defer c.crashes.screenIs("")
	fmt.Fprintf(out, "%s%s (not shown): ", begin, text.Printable(question))
	secret, err := await(ctx, func() (string, error) { return readHidden(c.stdin) })
	_ = term.Restore(c.stdin.Fd(), before)
	fmt.Fprintln(out, end)
	return secret, err
}

// await waits for a reading, or for the end of ctx: a read of a terminal cannot
// be called off, so it is left behind.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	type reading struct {
		text string
		err  error
	}
	came := together.Start(func() reading {
		text, err := read()
		return reading{text, err}
	})
	select {
	case o := <-came:
		r := o.Value()
		if errors.Is(r.err, io.EOF) {
			r.err = configError(errNoAnswer)
		}
		return r.text, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// readLine reads a line and not a byte more, so that what follows is there for
// the next question.
func readLine(f *os.File) (string, error) {
	var line []byte
	var b [1]byte
	for len(line) < maxSecret {
		n, err := f.Read(b[:])
		switch {
		case n == 1 && b[0] == '\n':
			return strings.TrimSuffix(string(line), "\r"), nil
		case n == 1:
			line = append(line, b[0])
		case err == nil:
		case errors.Is(err, io.EOF) && len(line) > 0:
			return string(line), nil
		default:
			return "", err
		}
	}
	return "", configError(errors.New("the answer is too long"))
}

// The keys that mean something while a secret is typed.
const (
	keyInterrupt = 0x03
	keyEnd       = 0x04
	keyBackspace = 0x08
	keyErase     = 0x15
	keyDelete    = 0x7f
)

// What a terminal puts around a text that is pasted, once it was asked to.
const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// readHidden reads a line from a terminal that passes every key on. What is
// pasted stays together where the terminal says that it was pasted: the second
// line of a secret that was broken in two must not be taken by the shell for a
// command, which it would show and remember.
func readHidden(f *os.File) (string, error) {
	var line []byte
	var b [1]byte
	pasting := false
	for len(line) < maxSecret {
		if n, err := f.Read(b[:]); err != nil {
			return "", err
		} else if n == 0 {
			continue
		}
		if pasting {
			var ended bool
			line, ended = bytes.CutSuffix(append(line, b[0]), []byte(pasteEnd))
			pasting = !ended
			continue
		}
		switch b[0] {
		case '\r', '\n':
			return string(line), nil
		case keyInterrupt:
			return "", &exitError{code: exitInterrupted}
		case keyEnd:
			if len(line) == 0 {
				return "", io.EOF
			}
		case keyBackspace, keyDelete:
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		case keyErase:
			line = line[:0]
		default:
			line, pasting = bytes.CutSuffix(append(line, b[0]), []byte(pasteStart))
		}
	}
	return "", configError(errors.New("the secret is too long to be one"))
}

// readAll reads what is piped in.
func readAll(f *os.File) (string, error) {
	data, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if len(data) > maxSecret {
		return "", configError(errors.New("what was piped in is too long to be a secret"))
	}
	return string(data), err
}
