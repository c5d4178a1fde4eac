package talk

import (
	"context"
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
func (c *Conversation) Run(ctx context.Context, events <-chan account.Event, reloads <-chan Reload) {
	c.say(opening(len(c.profiles)))
	events = c.listen(ctx, events)
	c.say(c.list()...)
	c.say(c.rotationLeft()...)
	c.heardAll()
	if c.Selected != "" {
		c.say(c.do(ctx, "show "+c.Selected)...)
	}
	var tell, turn <-chan time.Time
	for !c.over && ctx.Err() == nil {
		c.prompt()
		if tell == nil && turn == nil && !c.news.turns.IsZero() {
			turn = time.After(c.news.turns.Sub(c.Now()))
		}
		select {
		case <-ctx.Done():
			c.say()
		case l, more := <-c.lines.next():
			c.heardLine(more)
			c.tellNews()
			tell, turn = nil, nil
			if !more {
				c.over = true
				continue
			}
			c.hearLine(ctx, l)
		case e, more := <-events:
			if !more {
				events = nil
				continue
			}
			c.take(e)
			if tell == nil {
				tell = time.After(breath)
			}
		case r := <-reloads:
			c.say(c.reload(r)...)
		case <-tell:
			c.tellNews()
			tell, turn = nil, nil
		case <-turn:
			c.tellNews()
			turn = nil
		}
	}
}

// tellNews prints what is new, if anything is.
func (c *Conversation) tellNews() {
	if lines := c.tell(); len(lines) > 0 {
		c.say(lines...)
	}
}

// hearLine does what a line says, and prints the answer.
func (c *Conversation) hearLine(ctx context.Context, l line) {
	if l.tooLong {
		c.say("That line is too long. Nothing was done.")
		return
	}
	c.say(c.do(ctx, l.text)...)
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
