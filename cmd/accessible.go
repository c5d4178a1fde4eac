package cmd

import (
	"bufio"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/config"
)

// wantsAccessible reports whether the dashboard is to be a conversation.
func (a *app) wantsAccessible() bool {
	v := a.getenv("ROLLCALL_ACCESSIBLE")
	// Whoever says yes in a word of their own is to be understood.
	on, err := strconv.ParseBool(v)
	return a.accessible || on || v != "" && err != nil
}

// runAccessible is the dashboard as a conversation in plain lines, for those
// who listen to a screen and for what is no screen.
func (a *app) runAccessible(ctx context.Context) error {
	l, err := a.load()
	if err != nil {
		return err
	}
	defer l.close()
	if l.firstRun {
		return configError(errors.New(noConfiguration(l.Path)))
	}
	if a.profileFlag != "" && l.choiceErr != nil {
		return configError(l.choiceErr)
	}
	if err := l.unclear(); err != nil {
		a.warn(err.Error())
	}
	// It ends the conversation, and all that goes on beside it.
	talking, cancel := context.WithCancel(ctx)
	b := newBackground(cancel)
	c := newConversation(a, l)
	c.refresh = b.refresh

	events := make(chan client.Event)
	b.start(func() {
		defer close(events)
		b.run(talking, a, l, func(e client.Event) {
			select {
			case events <- e:
			case <-talking.Done():
			}
		})
	})
	reloads := make(chan reload)
	if !a.demo {
		b.start(func() {
			b.watch(talking, l.Config, func(c *config.Config, err error) {
				select {
				case reloads <- reload{c, err}:
				case <-talking.Done():
				}
			})
		})
	}
	c.run(talking, readLines(talking, a.stdin), events, reloads)
	cancel()
	if err := b.wait(); err != nil {
		return err
	}
	return a.dashboardOutcome(b.config(l.Config))
}

// reload is a file that was changed; err says why it cannot be used.
type reload struct {
	config *config.Config
	err    error
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

// conversation is the dashboard in sentences: it prints what there is and what
// changes, and does what a person types. It moves no cursor and repaints
// nothing.
type conversation struct {
	app      *app
	out      io.Writer
	config   *config.Config
	profiles []config.Profile
	refresh  func(names ...string)
	active   string

	// latest is what is known of each profile, in the order of the profiles;
	// settled what it was when its last check had ended, of which the person
	// knows.
	latest, settled []account.Snapshot
	// begun is when the conversation began: earlier changes are no news.
	begun time.Time
	// incidents are the titles of those that were told.
	incidents []string
	filter    string
	wishes    wishes
	// prompting is set while the prompt is the last that was printed; echoed
	// where the terminal shows the line that a person types after it.
	prompting, echoed bool
}

func newConversation(a *app, l *loaded) *conversation {
	c := &conversation{
		app: a, out: a.stdout, active: l.active(), begun: a.now(), echoed: term.IsTerminal(a.stdin.Fd()),
	}
	c.adopt(l.Config)
	return c
}

// adopt makes a configuration the one that is talked about. What is known of
// profiles that it has, too, stays.
func (c *conversation) adopt(next *config.Config) {
	var latest, settled []account.Snapshot
	for _, p := range next.Profiles {
		s := account.Snapshot{Profile: p.Name, Health: account.Health{State: account.Checking}}
		was := s
		if i := c.index(p.Name); i >= 0 {
			s, was = c.latest[i], c.settled[i]
		}
		latest, settled = append(latest, s), append(settled, was)
	}
	c.config, c.profiles, c.latest, c.settled = next, next.Profiles, latest, settled
	c.wishes = wishes{}
}

// index is the place of a profile; negative for none of that name.
func (c *conversation) index(name string) int {
	return slices.IndexFunc(c.profiles, func(p config.Profile) bool { return p.Name == name })
}

// reload takes in a changed file, and gives what the person should hear of it.
func (c *conversation) reload(r reload) []string {
	if r.err != nil {
		return []string{c.app.told(unusableSentence(r.err))}
	}
	before := c.config
	c.adopt(r.config)
	if now, err := c.app.chooseActive(r.config); err == nil {
		c.active = now.Profile
	}
	return []string{reloadedSentence(before, r.config)}
}

const (
	// firstRound is how long to wait for the first answers: who is late is
	// told of when the answer comes.
	firstRound = 5 * time.Second
	// breath is how long changes gather, so that those that come together are
	// told together.
	breath = 300 * time.Millisecond
)

// run talks until the person leaves, lines end or ctx does. events is closed
// when no more can come.
func (c *conversation) run(ctx context.Context, lines <-chan string, events <-chan client.Event, reloads <-chan reload) {
	c.say(opening(len(c.profiles)))
	events = c.listen(ctx, events)
	c.say(c.list()...)
	copy(c.settled, c.latest)
	if c.app.profileFlag != "" {
		c.say(c.with(c.app.profileFlag, c.account)...)
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
			if more && c.echoed {
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
func (c *conversation) listen(ctx context.Context, events <-chan client.Event) <-chan client.Event {
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
				c.say(c.app.told(e.Notice))
			}
		}
	}
	return events
}

// unchecked reports whether the first check of a profile is still to end.
func (c *conversation) unchecked() bool {
	for i, s := range c.latest {
		if askable(c.profiles[i]) && waitedFor(s) {
			return true
		}
	}
	return false
}

// askable reports whether a service can be asked for the profile at all.
func askable(p config.Profile) bool { return !p.Disabled && len(p.Problems) == 0 }

// waitedFor reports whether a profile is about to be another than this, since a
// check is under way or the first one of this run is still to come.
func waitedFor(s account.Snapshot) bool {
	return s.Busy || s.Details.Busy || s.Health.State == account.Checking || s.Restored && s.NextAt.IsZero()
}

// say prints lines, below the prompt where that was the last.
func (c *conversation) say(lines ...string) {
	var b strings.Builder
	if c.prompting {
		b.WriteByte('\n')
		c.prompting = false
	}
	for _, l := range lines {
		b.WriteString(printableLines(l) + "\n")
	}
	_, _ = io.WriteString(c.out, b.String())
}

// prompt asks for a line unless it does so already.
func (c *conversation) prompt() {
	if !c.prompting {
		_, _ = io.WriteString(c.out, promptText)
		c.prompting = true
	}
}
