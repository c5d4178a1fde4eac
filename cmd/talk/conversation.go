package talk

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/cmd/manage"
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
	// Check is Refresh of one profile by a person who waits for it, and can be
	// asked for what its credential needs.
	Check func(name string)
	// IgnoreWait is Check although the service of the profile wants no request yet.
	IgnoreWait func(name string)
	// Choose tells which profile is the active one.
	Choose func(*config.Config) (config.Chosen, error)
	// Manage changes the profiles; nil where nothing can be kept.
	Manage *manage.Manager
	// Secret asks for a text that the terminal does not show; nil where the input is
	// no terminal, so that nothing shows what is typed. It is an error where the
	// person gives none.
	Secret func(ctx context.Context, question string) (string, error)
	// Edit has the person edit the file from the line of a profile. What it says is
	// empty where nothing was changed.
	Edit func(ctx context.Context, profile string) (said string, err error)
	// Shell leaves the terminal to a shell as a profile; nil where there is none. Program
	// runs a command of the person's own for profiles, one after another, and gives what
	// it printed where that runs without a terminal. Both tell how it ended.
	Shell   func(ctx context.Context, profile string) (said string, err error)
	Program func(ctx context.Context, profiles []string, command string) (said, printed string, err error)
	// Finds are the accounts that this machine has and no profile refers to; nil where
	// nobody looks.
	Finds func(context.Context) []Find
	// TokenPage is where a person makes a new token at the service of a name and an
	// address; empty where that is not known. OpenURL shows a page in the browser; nil
	// where others look on.
	TokenPage func(service, baseURL string, parts map[string]string) string
	OpenURL   func(ctx context.Context, address string) error
	// History is all that is kept of a profile, oldest first; Journal has the latest
	// entries of all profiles. Both may be shown.
	History func(profile string) account.Past
	Journal func() []account.Past

	// Export writes what is known of profiles to a file that is not there yet; nil where
	// nothing can be written.
	Export func(ctx context.Context, names []string, path string) (said string, err error)

	// Account tells all of a profile in words.
	Account func(*config.Config, config.Profile, account.Snapshot) string
	// Told gives a text as others may see it, Own one that the person has chosen, such as
	// the name of a view, which is what kind says; Shown an answer.
	Told  func(string) string
	Own   func(kind, text string) string
	Shown func(account.Snapshot) account.Snapshot
	// Hide has what a changed configuration names told with stand-ins from now on; nil for
	// nothing.
	Hide func(*config.Config)
	// Named gives a profile with its name and label as others may see them.
	Named func(config.Profile) config.Profile
}

// Find is an account that this machine has and no profile refers to yet.
type Find struct {
	// Words say what it is and where it lies.
	Words string
	// Draft is the profile that would refer to it.
	Draft config.Draft
}

// Conversation is the dashboard in sentences: it prints what there is and what
// changes, and does what a person types. It moves no cursor and repaints
// nothing.
type Conversation struct {
	Options
	out   io.Writer
	lines *lineReader

	// config is the configuration that is talked about, and active the name of
	// its active profile.
	config   *config.Config
	active   string
	profiles []config.Profile
	// latest has the newest snapshot of each profile, in the order of the
	// profiles. settled has the one after the last check that has ended, which is
	// what news are about. Both have the profile's own name.
	latest, settled []account.Snapshot
	// real has what is really known of the profiles in latest, without stand-ins, by
	// their names. It is for queries alone.
	real map[string]account.Snapshot
	// begun is when the conversation began: earlier changes are no news.
	begun time.Time
	// marks are the names of the profiles that the person has marked.
	marks map[string]bool
	// filter says which profiles are listed, order in which order.
	filter query.Query
	order  order
	// within is the saved view that the list is kept to, below the filter.
	within inView
	news   news
	wishes wishes
	// prompting is set while a prompt or question is the last that was printed.
	prompting bool
	// over is set when the person leaves.
	over bool
}

// New begins a conversation that reads lines and prints others. Reading ends with
// ctx.
func New(ctx context.Context, in io.Reader, out io.Writer, o Options) *Conversation {
	c := &Conversation{Options: o, out: out, lines: readLines(ctx, in), active: o.Active, begun: o.Now(), marks: map[string]bool{}, real: map[string]account.Snapshot{}, order: order{by: insight.OrderUrgency}}
	c.adopt(o.Config)
	return c
}

// adopt makes a configuration the one that is talked about. What is known of
// profiles that it has, too, stays. It gives the profiles that are new.
func (c *Conversation) adopt(next *config.Config) (fresh []int) {
	var latest, settled []account.Snapshot
	for i, p := range next.Profiles {
		s := account.Snapshot{Profile: p.Name, Health: account.Health{State: account.Checking}}
		was := s
		if at := c.index(p.Name); at >= 0 {
			s, was = c.latest[at], c.settled[at]
		} else {
			fresh = append(fresh, i)
		}
		latest, settled = append(latest, s), append(settled, was)
	}
	c.config, c.profiles, c.latest, c.settled = next, next.Profiles, latest, settled
	c.wishes, c.news.checked = wishes{}, nil
	maps.DeleteFunc(c.marks, func(name string, _ bool) bool { return c.index(name) < 0 })
	return fresh
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
		c.put(promptText)
	}
}

// put prints a question, behind which the answer is typed.
func (c *Conversation) put(question string) {
	c.say()
	_, _ = io.WriteString(c.out, text.Printable(question)+" ")
	c.prompting = true
}
