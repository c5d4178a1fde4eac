package ui

import (
	"cmp"
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui/draw"
)

// fixes are what the key "fix" does, by the action that a state asks for.
func fixes() map[account.Action]func(*Model) tea.Cmd {
	return map[account.Action]func(*Model) tea.Cmd{
		account.ActionRotate: (*Model).rotateSecret,
		account.ActionLogIn:  (*Model).logIn,
		account.ActionPin:    (*Model).pinProfile,
		account.ActionEdit:   (*Model).editFile,
		account.ActionOpen:   (*Model).openTokenPage,
		account.ActionCopy:   (*Model).copyRemedy,
		account.ActionAsk:    (*Model).refreshCurrent,
	}
}

// fix does what the state of the selected profile asks for. Of several that are marked
// the secrets are rotated.
func (m *Model) fix() tea.Cmd {
	if m.marking() {
		return m.fixMarked()
	}
	r := m.current()
	does, _ := remedyOf(r)
	run := fixes()[does]
	if begun := m.rotationOf(r.name); begun.Step.Open() && begun.Written.IsZero() {
		return m.resumeRotation()
	}
	switch {
	case run != nil:
		return run(m)
	case r.own.Disabled:
		name := cmp.Or(draw.FirstKey(m.keys.Disable, m.styles.ASCII), "the command “disable”")
		return m.say(r.config.Name + " is switched off: " + name + " switches it on")
	case r.snap.Health.State == account.Checking:
		return m.say(r.config.Name + " is being checked")
	}
	if m.rotating() {
		return m.resumeRotation()
	}
	return m.say("nothing is to be fixed at " + r.config.Name)
}

// rotatedMarks are the names of the marked profiles whose states ask for another secret.
func (m *Model) rotatedMarks() (names []string) {
	for _, r := range m.targets() {
		if r.snap.Remedial() == account.ActionRotate {
			names = append(names, r.name)
		}
	}
	return names
}

// fixMarked rotates the secrets of the marked profiles whose states ask for that.
func (m *Model) fixMarked() tea.Cmd {
	names := m.rotatedMarks()
	if len(names) == 0 {
		return m.say("no marked profile asks for a new token; " + cmp.Or(draw.FirstKey(m.keys.Rotate, m.styles.ASCII), "the command “rotate”") + " rotates them all the same")
	}
	others := ""
	if n := len(m.targets()) - len(names); n > 0 {
		others = text.Plural(n, "marked profile") + " asked for something else"
	}
	return m.rotateSecrets(names, others)
}

// fixable reports whether the state of the selected profile asks for something that
// the key "fix" does. Of those that are marked it is found out when the key is pressed:
// they can be very many.
func (m *Model) fixable() bool {
	if m.marking() {
		return true
	}
	does, _ := remedyOf(m.current())
	return fixes()[does] != nil
}

// selectedProfile is the selected profile as the configuration has it. Where it is
// not there any more, or nothing can be changed, why says so.
func (m *Model) selectedProfile() (p config.Profile, why string) {
	if why := m.cannotKeep(); why != "" {
		return p, why
	}
	r := m.current()
	p, ok := m.config.Profile(r.name)
	if !ok {
		return p, r.config.Name + " is not in the configuration any more"
	}
	return p, ""
}

// logIn opens the form for a secret that goes into the keyring, where the profile
// takes it from then on. A profile with a file of its own keeps that.
func (m *Model) logIn() tea.Cmd {
	p, why := m.selectedProfile()
	if why != "" {
		return m.say(why)
	}
	d, leaves := config.DraftOf(p), ""
	switch {
	case d.Source == credential.SourceFile && d.Within.IsZero():
		return m.rotateSecret()
	case d.Source == credential.SourceLiteral:
		leaves = "The old one goes from the configuration; the backup beside that has it until the next change."
	}
	if why := m.roster.here.noKeyring; why != "" {
		// The form offers the places that work.
		return tea.Batch(m.editProfile(), m.say(why+": choose another place for the secret"))
	}
	if d.Source != credential.SourceKeyring {
		d.Source, d.Reference = credential.SourceKeyring, config.KeyringEntry(d.Name)
	}
	kept := m.toldForGood(text.Printable("keyring " + d.Reference))
	f := newSecretForm("Secret of "+m.current().config.Name, d, *m.roster.services.named(d.Provider), m.tokenPage(p), kept, m.styles)
	f.stores, f.leaves, f.stays = true, leaves, m.toldForGood(text.Printable(d.Stays()))
	m.overlays.push(f)
	return nil
}

// tokenPage is where the service of a profile gives out tokens; empty where that is
// not known, or not to be shown, and for a password.
func (m *Model) tokenPage(p config.Profile) string {
	if p.Username != "" || m.private() || m.options.TokenPage == nil {
		return ""
	}
	return text.Printable(m.options.TokenPage(p.Provider, p.BaseURL, p.Parts))
}

// store keeps the secret of a form in the keyring, and has its profile take it from
// there.
func (m *Model) store(f *secretForm) tea.Cmd {
	change, secret := config.Edit{Kind: config.EditUpdate, Profile: f.draft.Name, Draft: f.draft}, f.secret.Trimmed()
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Apply(ctx, change, secret)
		if err == nil {
			said = "stored the secret of " + change.Profile + " in the keyring; " + said
		}
		return secretReplacedMsg{form: f, said: said, err: err}
	})
}

// decisionKeptMsg is what came of a decision of the person: a pin or a snooze.
type decisionKeptMsg struct {
	said string
	err  error
	// form is the one in which it was written, if it was in any.
	form *snoozeForm
}

// pinWish is to pin a profile to the user who answers.
type pinWish struct{ profile string }

func (pinWish) wished() {}

// pinProfile asks whether the user who answers is the right one from now on.
func (m *Model) pinProfile() tea.Cmd {
	p, why := m.selectedProfile()
	if why != "" {
		return m.say(why)
	}
	r := m.current()
	if p.Identity != "" {
		return m.say(r.config.Name + " is tied to " + r.config.Identity + " by its identity in the configuration")
	}
	question := "The service is asked once more, and " + r.config.Name + " belongs to whoever answers then."
	if acc := r.snap.Account; acc != nil && acc.User.ID != "" {
		question = fmt.Sprintf("%s answers as %s.", r.config.Name, acc.User.Label())
		if wanted := r.snap.Health.Wanted; wanted != "" {
			question += " Until now it belonged to " + wanted + "."
		}
		question += " Is that the right user from now on?"
	}
	m.overlays.push(newConfirm("Pin "+r.config.Name, question, "Pin", "Cancel", m.styles, pinWish{r.name}))
	return nil
}

func (m *Model) pin(name string) tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		said, err := manage.Pin(ctx, name)
		return decisionKeptMsg{said: said, err: err}
	})
}

// openTokenPage shows where the service gives out tokens. Where something on the
// way wants a sign-in, the address of the profile leads there.
func (m *Model) openTokenPage() tea.Cmd {
	r := m.current()
	p, _ := m.config.Profile(r.name)
	page := m.tokenPage(p)
	if r.snap.Health.SignIn {
		page = cmp.Or(p.BaseURL, r.snap.Endpoint)
	}
	return m.browse(page)
}

// copyRemedy copies the command that the remedy asks for, else the remedy.
func (m *Model) copyRemedy() tea.Cmd {
	r := m.current()
	advice := r.snap.Advice(m.clock.now)
	if advice.Command != "" {
		return m.copyValue("command", advice.Command)
	}
	return m.copyValue("remedy", advice.Remedy)
}
