package talk

import (
	"io"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/query"
)

// Options are what a conversation is about, and what the program around it
// does for it.
type Options struct {
	Config *config.Config
	// Services describe those that there are.
	Services []account.ServiceInfo
	// Active is the name of the profile that is active at the beginning; empty
	// where there is none.
	Active string
	// Selected is the profile to tell all of at the beginning; empty for none.
	Selected string
	// Echoed is set where the terminal shows the line that a person types.
	Echoed bool
	Now    func() time.Time
	// Words are those that have a meaning in the filter.
	Words query.Vocabulary

	// Refresh asks for checks of profiles; of all, where none is named.
	Refresh func(names ...string)
	// Choose tells which profile is the active one.
	Choose func(*config.Config) (config.Chosen, error)
	// MakeActive makes a profile the active one. It says which one is that now,
	// and why where it is another. It is nil where no choice can be kept.
	MakeActive func(c *config.Config, name string) (active, but string, err error)

	// Sum tells in words how many profiles are how, Account all of one.
	Sum     func([]account.Snapshot) string
	Account func(*config.Config, config.Profile, account.Snapshot) string
	// Told gives a text as others may see it, Shown an answer.
	Told  func(string) string
	Shown func(account.Snapshot) account.Snapshot
	// Named gives a profile with its name and label as others may see them.
	Named func(config.Profile) config.Profile
}

// Conversation is the dashboard in sentences: it prints what there is and what
// changes, and does what a person types. It moves no cursor and repaints
// nothing.
type Conversation struct {
	Options
	out io.Writer

	// config is the configuration that is talked about, and active the name of
	// its active profile.
	config   *config.Config
	active   string
	profiles []config.Profile
	// latest has the newest snapshot of each profile, in the order of the
	// profiles. settled has the one after the last check that has ended, of
	// which the person was told.
	latest, settled []account.Snapshot
	// begun is when the conversation began: earlier changes are no news.
	begun time.Time
	// incidents are the titles of the incidents that were told.
	incidents []string
	// filter says which profiles are listed.
	filter query.Query
	wishes wishes
	// prompting is set while the prompt is the last that was printed.
	prompting bool
}

// wishes are the checks that the person asked for and waits for.
type wishes struct {
	// at is when the latest check was asked for.
	at time.Time
	// each is set where the outcome of every check is to be told, and not their
	// sum.
	each bool
	// open are the profiles, by their index, whose check is still to end.
	open []int
}

// Reload is a file that was changed; Err says why it cannot be used.
type Reload struct {
	Config *config.Config
	// Services describe those that there are.
	Services []account.ServiceInfo
	Err      error
}

// New begins a conversation that is printed to a writer.
func New(out io.Writer, o Options) *Conversation {
	c := &Conversation{Options: o, out: out, active: o.Active, begun: o.Now()}
	c.adopt(o.Config)
	return c
}

// adopt makes a configuration the one that is talked about. What is known of
// profiles that it has, too, stays.
func (c *Conversation) adopt(next *config.Config) {
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
func (c *Conversation) index(name string) int {
	return slices.IndexFunc(c.profiles, func(p config.Profile) bool { return p.Name == name })
}

// askable reports whether a service can be asked for the profile at all.
func askable(p config.Profile) bool { return !p.Disabled && len(p.Problems) == 0 }

// waitedFor reports whether the snapshot is soon to be replaced by a newer one: a
// check is under way, or the first check of this run is still to come.
func waitedFor(s account.Snapshot) bool {
	return s.Busy || s.Details.Busy || s.Health.State == account.Checking || s.Restored && s.NextAt.IsZero()
}

// sum tells how many profiles are how.
func (c *Conversation) sum() string { return c.Sum(c.latest) + "." }

// say prints lines, below the prompt where that was the last.
func (c *Conversation) say(lines ...string) {
	var b strings.Builder
	if c.prompting {
		b.WriteByte('\n')
		c.prompting = false
	}
	for _, l := range lines {
		for line := range strings.SplitSeq(l, "\n") {
			b.WriteString(text.Printable(line) + "\n")
		}
	}
	_, _ = io.WriteString(c.out, b.String())
}

// prompt asks for a line unless it does so already.
func (c *Conversation) prompt() {
	if !c.prompting {
		_, _ = io.WriteString(c.out, promptText)
		c.prompting = true
	}
}
