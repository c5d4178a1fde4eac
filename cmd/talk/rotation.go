package talk

import (
	"context"
	"fmt"
	"slices"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// rotateCommand rotates the secrets of the profiles that are named, one after another,
// or goes on with the rotation that was left.
func (c *Conversation) rotateCommand(ctx context.Context, which string) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	if which == "" {
		return c.resumeRotation(ctx)
	}
	picked, rest, wrong := c.picked(which)
	switch {
	case wrong != "":
		return []string{wrong}
	case rest != "":
		return []string{noProfile(rest, len(c.profiles))}
	case len(picked) == 1:
		return c.rotate(ctx, picked[0])
	}
	var names []string
	for _, i := range picked {
		names = append(names, c.profiles[i].Name)
	}
	can, left := c.config.Rotatable(names)
	if len(left) > 0 {
		c.say(text.Sentence(config.LeftOutWords(left, c.shownName)))
	}
	if len(can) == 0 {
		return []string{"Nothing is to be rotated."}
	}
	if _, err := c.Manage.BeginRotation(can); err != nil {
		return c.failed(err)
	}
	return c.tour(ctx, can)
}

// shownName is the name of a profile as others may see it.
func (c *Conversation) shownName(name string) string {
	if i := c.index(name); i >= 0 {
		return c.name(i)
	}
	return c.Told(name)
}

// resumeRotation goes on with what was begun.
func (c *Conversation) resumeRotation(ctx context.Context) []string {
	all, err := c.Manage.Rotations()
	if err != nil {
		return c.failed(err)
	}
	for _, r := range all {
		if r.Step.Open() && c.index(r.Profile) >= 0 {
			return c.tour(ctx, nil)
		}
	}
	return []string{"No rotation was begun. Type for example rotate 1 3-5, or rotate marked."}
}

// touring is what has come of the rotations that are gone through.
type touring struct {
	// names are the profiles that they are of; nil for all.
	names                     []string
	written, skipped, refused int
	// pending are those whose new secret waits for rollcall to be started anew.
	pending int
}

// has reports whether it goes through a rotation.
func (t *touring) has(r account.Rotation) bool {
	return t.names == nil || slices.Contains(t.names, r.Profile)
}

// tour takes the rotations of profiles one after another, or all that were begun where
// none is named, then asks about the old secrets, and sums up. What the person leaves is
// gone on with by rotate alone.
func (c *Conversation) tour(ctx context.Context, names []string) []string {
	t := &touring{names: names}
	here, _, err := c.toDo(t)
	if err != nil {
		return c.failed(err)
	}
	for n, r := range here {
		c.say(fmt.Sprintf("%d of %d: %s.", n+1, len(here), c.shownName(r.Profile)))
		if !c.goOn(ctx, t, r.Profile) {
			if ctx.Err() != nil {
				return nil
			}
			return []string{c.tourSum(t)}
		}
	}
	c.askOld(ctx, t)
	return []string{c.tourSum(t)}
}

// toDo parts the rotations with a secret still to be given into those that are gone
// through, and others that were left before.
func (c *Conversation) toDo(t *touring) (here, before []account.Rotation, err error) {
	all, err := c.Manage.Rotations()
	for _, r := range all {
		switch {
		case !r.Step.ToDo() || c.index(r.Profile) < 0:
		case t.has(r):
			here = append(here, r)
		default:
			before = append(before, r)
		}
	}
	return here, before, err
}

// goOn rotates the secret of a profile, again and again until it is written or the person
// leaves it. It reports whether they go on with the next.
func (c *Conversation) goOn(ctx context.Context, t *touring, name string) bool {
	for {
		i := c.index(name)
		if i < 0 {
			return true // It was removed meanwhile.
		}
		done, lines := c.replaced(ctx, i)
		c.say(lines...)
		switch {
		case done:
			t.written++
			return true
		case ctx.Err() != nil:
			return false
		case c.Manage.WaitsForRestart(name):
			t.pending++
			return true
		case len(lines) == 0:
			// No secret came: that is how to leave all.
			if !c.confirm(ctx, "Go on with the next, and leave this one as it is?") {
				return false
			}
		case c.confirm(ctx, "Try once more? No leaves it as it is."):
			continue
		}
		if ctx.Err() != nil {
			return false
		}
		t.skipped++
		if err := c.Manage.StepRotation(name, account.RotationSkipped); err != nil {
			c.say(c.failed(err)...)
		}
		return true
	}
}

// askOld has the services asked about the old secrets that the person has deleted there,
// and counts those that are refused.
func (c *Conversation) askOld(ctx context.Context, t *touring) {
	all, _ := c.Manage.Rotations()
	for _, r := range all {
		i := c.index(r.Profile)
		if r.Step != account.RotationOld || i < 0 || !t.has(r) {
			continue
		}
		p := c.profiles[i]
		if c.TokenPage != nil && c.OpenURL != nil && p.Username == "" {
			if page := c.TokenPage(p.Provider, p.BaseURL, p.Parts); page != "" {
				c.say("The old token of " + c.name(i) + " is deleted at " + c.Told(page))
			}
		}
		if !c.confirm(ctx, "Is the old secret of "+c.name(i)+" deleted at the service?") {
			continue
		}
		switch answer, err := c.Manage.AskOld(ctx, r.Profile); {
		case err != nil:
			c.say(c.failed(err)...)
		case answer.Refused:
			t.refused++
			c.say("The service refuses it; what was kept of it is deleted.")
		default:
			c.say("The service did not refuse it: " + answer.Health.State.Word() + ".")
		}
	}
}

// tourSum says what came of a tour, and how to go on with the rest.
func (c *Conversation) tourSum(t *touring) string {
	said := counted(t.written, "secret") + " replaced."
	if t.skipped > 0 {
		said = sentences(said, ofMany(t.skipped, "is left as it is", "are left as they are"))
	}
	if t.refused > 0 {
		said = sentences(said, ofMany(t.refused, "old one is refused", "old ones are refused"))
	}
	if t.pending > 0 {
		said = sentences(said, ofMany(t.pending, "waits for a restart", "wait for a restart"))
	}
	here, before, _ := c.toDo(t)
	if n := len(here); n > 0 {
		said = sentences(said, ofMany(n, "is to do: rotate goes on with it", "are to do: rotate goes on with them"))
	}
	if n := len(before); n > 0 {
		said = sentences(said, ofMany(n, "is left from before: rotate goes on with it", "are left from before: rotate goes on with them"))
	}
	return said
}

// rotationLeft tells of a rotation that an earlier conversation has left, if there is one
// with a secret still to be given.
func (c *Conversation) rotationLeft() []string {
	if c.Manage == nil {
		return nil
	}
	here, _, _ := c.toDo(&touring{})
	if len(here) == 0 {
		return nil
	}
	return []string{"A rotation was left, with " + counted(len(here), "profile") + " to do: type rotate to go on with it."}
}
