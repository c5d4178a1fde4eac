package talk

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode"

	"rollcall/client/text"
	"rollcall/config"
)

// ask puts a question, and gives the line that answers it. It is not ok where none
// comes.
func (c *Conversation) ask(ctx context.Context, question string) (answer string, ok bool) {
	c.put(question)
	select {
	case <-ctx.Done():
		return "", false
	case l, more := <-c.lines.next():
		c.heardLine(more)
		return strings.TrimSpace(l.text), more
	}
}

// heardLine notes that a line came. Where the terminal shows what is typed, the
// cursor is below the prompt by that.
func (c *Conversation) heardLine(more bool) {
	if !more {
		c.lines.over()
		return
	}
	c.lines.came()
	if c.Echoed {
		c.prompting = false
	}
}

// confirm asks a question whose answer is yes or no. No answer means no.
func (c *Conversation) confirm(ctx context.Context, question string) bool {
	for {
		answer, ok := c.ask(ctx, question+" Type yes or no:")
		switch strings.ToLower(answer) {
		case "y", "yes":
			return ok
		case "", "n", "no":
			return false
		}
		c.say("That is neither yes nor no.")
	}
}

// secret asks for a secret, which nothing shows. Where there is none that could be
// one, it says so; then it is not ok.
func (c *Conversation) secret(ctx context.Context, question string) (secret string, ok bool) {
	var err error
	if c.Secret == nil || c.lines.ahead() {
		if secret, ok = c.ask(ctx, question+":"); !ok {
			err = io.EOF
		}
	} else {
		c.say()
		secret, err = c.Secret(ctx, question)
	}
	secret = strings.TrimSpace(strings.TrimPrefix(secret, "\ufeff"))
	switch {
	case ctx.Err() != nil:
		return "", false
	case err != nil && !errors.Is(err, io.EOF):
		c.say(c.failed(err)...)
		return "", false
	case secret == "":
		c.say("No secret came. Nothing was changed.")
		return "", false
	case strings.ContainsFunc(secret, unicode.IsControl):
		c.say("That has a line break or another control character in it, so that it is no secret. Nothing was changed.")
		return "", false
	}
	return secret, true
}

// failed tells of an error, with what to do about it where it knows that.
func (c *Conversation) failed(err error) []string {
	sentence := text.Stopped(c.Told(err.Error()))
	if _, named := errors.AsType[*config.NotRunError](err); !named {
		sentence = text.Capitalized(sentence)
	}
	hint, ok := errors.AsType[interface {
		error
		Remedy() string
	}](err)
	if ok && hint.Remedy() != "" {
		sentence += " " + text.Sentence(c.Told(hint.Remedy()))
	}
	return []string{sentence}
}
