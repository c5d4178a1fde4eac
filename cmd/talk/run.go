package talk

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

const (
	// firstRound is how long to wait for the first answers: who is late is
	// told of when the answer comes.
	firstRound = 5 * time.Second
	// breath is how long changes gather, so that those that come together are
	// told together.
	breath = 300 * time.Millisecond
)

// Run talks until the person leaves, the input ends or ctx does. events is closed
// when no more can come.
func (c *Conversation) Run(ctx context.Context, in io.Reader, events <-chan account.Event, reloads <-chan Reload) {
	lines := readLines(ctx, in)
	c.say(opening(len(c.profiles)))
	events = c.listen(ctx, events)
	c.say(c.list()...)
	copy(c.settled, c.latest)
	if c.Selected != "" {
		c.say(c.with(c.Selected, c.account)...)
	}
	var news []string
	var tell <-chan time.Time
	for {
		c.prompt()
		select {
		case <-ctx.Done():
			c.say()
			return
		case line, more := <-lines:
			if more && c.Echoed {
				c.prompting = false
			}
			c.say(news...)
			news, tell = nil, nil
			if !more || leaving(line) {
				return
			}
			c.say(c.do(line)...)
		case e, more := <-events:
			if !more {
				events = nil
				continue
			}
			news = append(news, c.take(e)...)
			if tell == nil && len(news) > 0 {
				tell = time.After(breath)
			}
		case r := <-reloads:
			c.say(c.reload(r)...)
		case <-tell:
			c.say(news...)
			news, tell = nil, nil
		}
	}
}

// listen waits until every profile was checked, for a while.
func (c *Conversation) listen(ctx context.Context, events <-chan account.Event) <-chan account.Event {
	enough := time.After(firstRound)
	for c.unchecked() {
		select {
		case <-ctx.Done():
			return events
		case <-enough:
			return events
		case e, more := <-events:
			if !more {
				return nil
			}
			// The list tells the rest.
			if c.take(e); e.Notice != "" {
				c.say(c.Told(e.Notice))
			}
		}
	}
	return events
}

// unchecked reports whether the first check of a profile is still to end.
func (c *Conversation) unchecked() bool {
	for i, s := range c.latest {
		if askable(c.profiles[i]) && waitedFor(s) {
			return true
		}
	}
	return false
}

// leaving reports whether the person wants to go.
func leaving(line string) bool {
	return slices.Contains([]string{"q", "quit", "exit"}, strings.ToLower(strings.TrimSpace(line)))
}

// readLines gives the lines of a file until its end. Nothing can end a read of
// a terminal, so that the goroutine may outlive ctx by one line.
func readLines(ctx context.Context, f io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(f); s.Scan(); {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}
