package ui

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// Programs readies programs that run for profiles. Its methods are called off the
// program's loop, and may take their time. Their errors say why nothing runs.
type Programs interface {
	// Shell readies a shell as a profile.
	Shell(ctx context.Context, profile string) (Program, error)
	// Command readies a command of the person's own for profiles, one after another.
	Command(ctx context.Context, profiles []string, name string) (Program, error)
}

// Program is ready to run.
type Program struct {
	// Behind is set where it runs behind the screen; else it has the terminal.
	Behind bool
	// Run runs it to its end, or to that of the context.
	Run func(context.Context) Ran
}

// Ran is what came of a program.
type Ran struct {
	// Said tells how it ended.
	Said string
	// Printed is the last of what it printed behind the screen; Cut is set where there
	// was more before that.
	Printed string
	Cut     bool
	// Notes are what there is to say of it before that.
	Notes []string
	// Err is why it did not run.
	Err error
}

// ownCommands are the commands of the person's own, and what runs of them.
type ownCommands struct {
	all []config.Command
	// waiting is what is being readied; empty for nothing. running are those that run
	// behind the screen, with what calls them off.
	waiting string
	running map[string]context.CancelFunc
	// ended are those of which a person has to be told once nothing is in the way.
	ended []programEndedMsg
}

// programReadyMsg brings a program that can run, or why it cannot.
type programReadyMsg struct {
	name    string
	program Program
	err     error
}

// programEndedMsg brings what came of a program.
type programEndedMsg struct {
	name   string
	behind bool
	ran    Ran
}

// callOffWish is to end a command that runs behind the screen.
type callOffWish struct{ name string }

func (callOffWish) wished() {}

// shellName is what waits where a shell is readied: no command is called so.
const shellName = " shell"

// ownGroup are the commands of the person's own as actions. Their keys are those of
// keys, in the same order.
func ownGroup(all []config.Command) (group actionGroup, run map[string]func(*Model) tea.Cmd) {
	group, run = actionGroup{title: "Commands of your own", own: true}, make(map[string]func(*Model) tea.Cmd)
	for _, c := range all {
		group.actions = append(group.actions, action{name: c.Name, keys: new(key.Binding), areas: anywhere, profile: true, changes: true, own: true})
		run[c.Name] = func(m *Model) tea.Cmd { return m.runOwn(c.Name) }
	}
	return group, run
}

// bindKeys gives all actions the keys that the configuration wants for them, and makes
// its commands actions, too. It returns what is wrong with these wishes.
func (m *Model) bindKeys() (problems []string) {
	k := &m.commands
	k.groups = slices.DeleteFunc(k.groups, func(g actionGroup) bool { return g.own })
	k.all = slices.DeleteFunc(k.all, func(a action) bool { return a.own })
	for _, gone := range k.own.all {
		delete(k.run, gone.Name)
	}
	problems = rebind(k.all, m.config.UI.Keys)
	if k.own.all = m.config.Commands; len(k.own.all) == 0 {
		return problems
	}
	group, run := ownGroup(k.own.all)
	for i, a := range group.actions {
		wish := k.own.all[i].Key
		if wish == "" {
			continue
		}
		if why := cannotHave(wish, k.all); why != "" {
			problems = append(problems, "commands: "+a.name+": "+why)
			continue
		}
		a.keys.SetKeys(wish)
	}
	maps.Copy(k.run, run)
	k.groups, k.all = append(k.groups, group), append(k.all, group.actions...)
	m.tellPrograms()
	return problems
}

// tellPrograms has the commands of the person's own tell what they run, as it can be shown.
func (m *Model) tellPrograms() {
	k := &m.commands
	for i, c := range k.own.all {
		does := "run " + c.Name
		if program := c.Run[0]; program != c.Name {
			program = m.roster.cover.named(program)
			does += ": " + text.Printable(program[strings.LastIndexAny(program, `/\`)+1:])
		}
		k.groups[len(k.groups)-1].actions[i].keys.SetHelp("", does)
	}
}

// CommandKey says why a command of the person's own cannot have a key, where the actions
// have the keys that the configuration wants for them; empty where it can.
func CommandKey(wish string, wishes map[string][]string) string {
	keys := DefaultKeyMap()
	all := newCommands(&keys).all
	rebind(all, wishes)
	return cannotHave(wish, all)
}

// cannotHave says why a command cannot have a key; empty where it can.
func cannotHave(wish string, all []action) string {
	if !draw.IsKey(wish) {
		return "no key is called " + strconv.Quote(wish) + "; write it as esc, enter, space, pgup, f5 or ctrl+r"
	}
	for _, a := range all {
		if a.areas&anywhere != 0 && slices.Contains(a.keys.Keys(), wish) {
			return strconv.Quote(wish) + " is the key of " + a.name + "; choose another, or give " + a.name + " another under [ui.keys]"
		}
	}
	return ""
}

// cannotRun says why no program can run for the selected profile; empty where it can.
func (m *Model) cannotRun() string {
	switch {
	case m.options.Programs == nil:
		return "no program can be run here"
	case m.private():
		return "a program shows real names: leave private mode first"
	case m.commands.own.waiting != "":
		return "another program is about to begin"
	}
	return ""
}

// switchedOff says that all of some profiles are, so that nothing gets their credential;
// empty where one of them is not.
func (m *Model) switchedOff(rows []*row) string {
	if slices.ContainsFunc(rows, func(r *row) bool { return !r.own.Disabled }) {
		return ""
	}
	words, them := " is switched off; ", "it"
	if len(rows) > 1 {
		words, them = " are switched off; ", "them"
	}
	return calledTogether(rows) + words + cmp.Or(draw.FirstKey(m.keys.Disable, m.styles.ASCII), "the command “disable”") + " switches " + them + " on"
}

// openShell leaves the terminal to a shell as the selected profile.
func (m *Model) openShell() tea.Cmd {
	if why := m.cannotRun(); why != "" {
		return m.say(why)
	}
	if why := m.switchedOff([]*row{m.current()}); why != "" {
		return m.say(why)
	}
	profile, programs := m.current().name, m.options.Programs
	return m.ready(shellName, func(ctx context.Context) (Program, error) { return programs.Shell(ctx, profile) })
}

// runOwn runs a command of the person's own. One that runs behind the screen runs once at
// a time: its key then asks whether to call it off.
func (m *Model) runOwn(name string) tea.Cmd {
	if m.commands.own.running[name] != nil {
		m.overlays.push(newConfirm(name+" runs", name+" has not ended yet. Call it off?", "Call it off", "Let it run", m.styles, callOffWish{name}))
		return nil
	}
	if why := m.cannotRun(); why != "" {
		return m.say(why)
	}
	rows := m.targets()
	if why := m.switchedOff(rows); why != "" && slices.ContainsFunc(m.commands.own.all, func(c config.Command) bool { return c.Name == name && c.Credential }) {
		return m.say(why)
	}
	var profiles []string
	for _, r := range rows {
		profiles = append(profiles, r.name)
	}
	programs := m.options.Programs
	return m.ready(name, func(ctx context.Context) (Program, error) { return programs.Command(ctx, profiles, name) })
}

// ready readies a program, which may have to ask for a credential.
func (m *Model) ready(name string, do func(context.Context) (Program, error)) tea.Cmd {
	m.commands.own.waiting = name
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), tryTime)
		defer cancel()
		p, err := do(ctx)
		return programReadyMsg{name, p, err}
	}
}

// handleProgram takes in what there is of programs.
func (m *Model) handleProgram(msg tea.Msg) tea.Cmd {
	own := &m.commands.own
	switch msg := msg.(type) {
	case programReadyMsg:
		own.waiting = ""
		if msg.err != nil {
			m.overlays.push(newFailure(msg.err, &m.roster.cover, m.styles))
			return nil
		}
		return m.begin(msg)
	case programEndedMsg:
		return m.handleEnded(msg)
	}
	return nil
}

// begin runs a program. Who writes something by now would write it into that.
func (m *Model) begin(msg programReadyMsg) tea.Cmd {
	own, run := &m.commands.own, msg.program.Run
	switch {
	case msg.program.Behind:
		ctx, cancel := context.WithCancel(context.Background())
		if own.running == nil {
			own.running = make(map[string]context.CancelFunc)
		}
		own.running[msg.name] = cancel
		return tea.Batch(m.say(msg.name+" runs behind the screen"), func() tea.Msg {
			defer cancel()
			return programEndedMsg{msg.name, true, run(ctx)}
		})
	case m.busyWriting():
		return m.say(strings.TrimSpace(msg.name) + " did not begin, since you write something")
	}
	ended := programEndedMsg{name: msg.name}
	return tea.Exec(lent(func() { ended.ran = run(context.Background()) }), func(err error) tea.Msg {
		if err != nil {
			ended.ran = Ran{Err: err}
		}
		return ended
	})
}

// busyWriting reports whether the person writes something.
func (m *Model) busyWriting() bool {
	return m.overlays.writing() || m.overlays.top() == nil && m.selection.filter.editing
}

// handleEnded tells how a program ended. The terminal is as after a suspension where it
// had that.
func (m *Model) handleEnded(msg programEndedMsg) tea.Cmd {
	if msg.behind {
		delete(m.commands.own.running, msg.name)
		m.commands.own.ended = append(m.commands.own.ended, msg)
		if msg.ran.Err == nil {
			return m.sayTold(text.Printable(msg.ran.Said))
		}
		return nil
	}
	back := m.handleTerminal(tea.ResumeMsg{})
	return tea.Batch(back, m.managed(msg.ran.Said, msg.ran.Err))
}

// showEnded shows what a command printed behind the screen, once nothing is in the way.
func (m *Model) showEnded() {
	own := &m.commands.own
	if len(own.ended) == 0 || m.overlays.top() != nil || m.selection.filter.editing {
		return
	}
	first := own.ended[0]
	own.ended = own.ended[1:]
	if first.ran.Err != nil {
		m.overlays.push(newFailure(first.ran.Err, &m.roster.cover, m.styles))
		return
	}
	m.overlays.push(newPrinted(first, &m.roster.cover, m.styles))
}

// newPrinted is the overlay with how a command ended and what it printed.
func newPrinted(msg programEndedMsg, c *cover, s *theme.Styles) *textOverlay {
	return newText(msg.name, s, nil, func(s *theme.Styles, w int) []string {
		lines := draw.WrapIn(s.Strong, c.text(text.Printable(msg.ran.Said+".")), w)
		for _, note := range msg.ran.Notes {
			lines = append(lines, draw.WrapIn(s.Muted, c.text(note), w)...)
		}
		lines = append(lines, "")
		if msg.ran.Cut {
			lines = append(lines, draw.WrapIn(s.Muted, "What it printed before this is left out.", w)...)
		}
		if msg.ran.Printed == "" {
			return append(lines, draw.WrapIn(s.Muted, "It printed nothing.", w)...)
		}
		for line := range strings.SplitSeq(strings.TrimRight(msg.ran.Printed, "\n"), "\n") {
			for part := range strings.SplitSeq(ansi.Wrap(c.text(line), w, ""), "\n") {
				lines = append(lines, s.Text.Render(part))
			}
		}
		return lines
	})
}

// callOff ends a command that runs behind the screen.
func (m *Model) callOff(name string) tea.Cmd {
	cancel := m.commands.own.running[name]
	if cancel == nil {
		return m.say(name + " has ended already")
	}
	cancel()
	return nil
}
