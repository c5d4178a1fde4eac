package talk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/config"
)

// nothingKept is the answer where there is no manager.
const nothingKept = "Nothing can be kept here, so that there is nothing to change."

// nothingChanged is the answer where a person says no.
const nothingChanged = "Nothing was changed."

// makeActive makes a profile the active one, and says where that shows nothing
// yet.
func (c *Conversation) makeActive(i int) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	active, but, err := c.Manage.MakeActive(c.config, c.profiles[i].Name)
	if err != nil {
		return c.failed(err)
	}
	c.active = active
	said := []string{activeSentence(c.numbered(i))}
	if active != c.profiles[i].Name {
		said[0] = "Made " + c.numbered(i) + " the active profile."
	}
	if but != "" {
		said = append(said, text.Sentence(c.Told(but)))
	}
	return said
}

// pin ties a profile to the user who answers now.
func (c *Conversation) pin(ctx context.Context, i int) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	c.say("Asking who answers for " + c.name(i) + ".")
	done, err := c.Manage.Pin(ctx, c.config, c.profiles[i])
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return c.failed(err)
	}
	answer := c.Shown(done.Answer)
	if !done.Done() {
		a := answer.Advice(c.Now())
		return []string{sentences(c.name(i)+" cannot be pinned: "+answer.Health.State.Word()+".", a.Explanation, a.Remedy)}
	}
	who := answer.Account.User.Label()
	switch done.Before {
	case done.Answer.Account.User.ID:
		return []string{fmt.Sprintf("%s is pinned to %s already.", c.numbered(i), who)}
	case "":
		return []string{fmt.Sprintf("%s is now pinned to %s.", c.numbered(i), who)}
	}
	before := c.Shown(account.Snapshot{Account: &account.Account{User: account.User{ID: done.Before}}}).Account.User.ID
	return []string{fmt.Sprintf("%s is now pinned to %s. It was pinned to %s.", c.numbered(i), who, before)}
}

// snooze has profiles not called until a time, or ends that: "7d", "7d NOTE",
// "off".
func (c *Conversation) snooze(ctx context.Context, all []int, rest string) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	when, note, _ := strings.Cut(rest, " ")
	if when == "" {
		n := all[0] + 1
		return []string{fmt.Sprintf("For how long? Type for example snooze %d 7d, or snooze %d off.", n, n)}
	}
	z, err := manage.NewSnooze(strings.ToLower(when), note, c.Now())
	if err != nil {
		return c.failed(err)
	}
	if !c.meansHidden(ctx, all) {
		return []string{nothingChanged}
	}
	was := slices.ContainsFunc(all, func(i int) bool { return insight.Snoozed(&c.latest[i], c.Now()) })
	var profiles []config.Profile
	for _, i := range all {
		profiles = append(profiles, c.profiles[i])
	}
	kept, err := c.Manage.SnoozeAll(profiles, z)
	if err != nil {
		return c.failed(err)
	}
	for n, i := range all {
		c.latest[i].Snooze, c.settled[i].Snooze = kept[n], kept[n]
	}
	c.pass()
	who, is := c.numbered(all[0]), "is"
	if len(all) > 1 {
		who, is = counted(len(all), "profile"), "are"
	}
	switch {
	case z.Until.IsZero() && was:
		return []string{fmt.Sprintf("%s %s no longer snoozed.", who, is)}
	case z.Until.IsZero():
		return []string{fmt.Sprintf("%s %s not snoozed.", who, is)}
	case len(all) > 1:
		return []string{fmt.Sprintf("%s are snoozed until %s: %s. It ends sooner for each whose service says something else.", who, c.moment(z.Until), c.names(all))}
	case kept[0].Verdict == "":
		return []string{fmt.Sprintf("%s is snoozed until %s. It ends sooner when the service first judges the token.", who, c.moment(z.Until))}
	}
	return []string{fmt.Sprintf("%s is snoozed until %s. It ends sooner when the service says something else than %s.", who, c.moment(z.Until), kept[0].Verdict.Word())}
}

// undo takes the last change back, after a question where a person may not expect
// which.
func (c *Conversation) undo(ctx context.Context) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	next, err := c.Manage.Next()
	if err != nil {
		lines := c.failed(err)
		if nothing, ok := errors.AsType[*manage.NothingError](err); ok && nothing.Undone != "" {
			lines = append(lines, "Type redo to do again what was taken back last: "+c.Told(nothing.Undone)+".")
		}
		return lines
	}
	take := c.Manage.Undo
	if !next.Last || !next.Own {
		if !c.confirm(ctx, c.Told(next.Question(c.Now()))) {
			return []string{nothingChanged}
		}
		take = c.Manage.UndoEarlier
	}
	said, err := take(ctx)
	if errors.Is(err, manage.ErrNotLast) {
		// Something was done between the question and now.
		return []string{"The last change cannot be taken back. Type undo again to hear of the one before it."}
	}
	if err != nil {
		return c.failed(err)
	}
	c.chooseAnew()
	for _, name := range next.Secrets {
		if i := c.index(name); i >= 0 && askable(c.profiles[i]) {
			c.await(i) // They hear what the next check says.
		}
	}
	return []string{text.Sentence(c.Told(said))}
}

// redo does again what undo took back last.
func (c *Conversation) redo(ctx context.Context) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	next, err := c.Manage.NextAgain()
	if err != nil {
		return c.failed(err)
	}
	if !next.Own && !c.confirm(ctx, c.Told(next.Question(c.Now()))) {
		return []string{nothingChanged}
	}
	said, err := c.Manage.Redo(ctx)
	if err != nil {
		return c.failed(err)
	}
	c.chooseAnew()
	return []string{text.Sentence(c.Told(said))}
}
