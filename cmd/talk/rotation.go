package talk

import (
	"context"
	"fmt"

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
	return c.tour(ctx)
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
			return c.tour(ctx)
		}
	}
	return []string{"No rotation was begun. Type for example rotate 1 3-5, or rotate marked."}
}

// tour takes the rotations that were begun one after another, then asks about the old
// secrets, and sums up. What the person leaves is gone on with by rotate alone.
func (c *Conversation) tour(ctx context.Context) []string {
	all, err := c.Manage.Rotations()
	if err != nil {
		return c.failed(err)
	}
	written, skipped, refused := 0, 0, 0
	for n, r := range all {
		i := c.index(r.Profile)
		if i < 0 || !r.Step.Open() || !r.Written.IsZero() {
			continue
		}
		c.say(fmt.Sprintf("%d of %d: %s.", n+1, len(all), c.name(i)))
		done, lines := c.replaced(ctx, i)
		c.say(lines...)
		if done {
			written++
			continue
		}
		if ctx.Err() != nil {
			return nil
		}
		if !c.confirm(ctx, "Go on with the next, and leave this one as it is?") {
			return []string{c.tourSum(written, skipped, refused)}
		}
		skipped++
		if err := c.Manage.StepRotation(r.Profile, account.RotationSkipped); err != nil {
			c.say(c.failed(err)...)
		}
	}
	refused = c.askOld(ctx)
	return []string{c.tourSum(written, skipped, refused)}
}

// askOld has the services asked about the old secrets that the person has deleted there,
// and counts those that are refused.
func (c *Conversation) askOld(ctx context.Context) (refused int) {
	all, _ := c.Manage.Rotations()
	for _, r := range all {
		i := c.index(r.Profile)
		if r.Step != account.RotationOld || i < 0 {
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
			refused++
			c.say("The service refuses it; what was kept of it is deleted.")
		default:
			c.say("The service did not refuse it: " + answer.Health.State.Word() + ".")
		}
	}
	return refused
}

// tourSum says what came of a tour, and how to go on with the rest.
func (c *Conversation) tourSum(written, skipped, refused int) string {
	said := counted(written, "secret") + " replaced."
	if skipped > 0 {
		said = sentences(said, ofMany(skipped, "is left as it is", "are left as they are"))
	}
	if refused > 0 {
		said = sentences(said, ofMany(refused, "old one is refused", "old ones are refused"))
	}
	all, _ := c.Manage.Rotations()
	open := 0
	for _, r := range all {
		if r.Step.Open() && r.Written.IsZero() {
			open++
		}
	}
	if open > 0 {
		said = sentences(said, ofMany(open, "is to do: rotate goes on with it", "are to do: rotate goes on with them"))
	}
	return said
}

// rotationLeft tells of a rotation that an earlier conversation has left, if there is one.
func (c *Conversation) rotationLeft() []string {
	if c.Manage == nil {
		return nil
	}
	all, _ := c.Manage.Rotations()
	open := 0
	for _, r := range all {
		if r.Step.Open() {
			open++
		}
	}
	if open == 0 {
		return nil
	}
	return []string{"A rotation was left, with " + counted(open, "profile") + " to do: type rotate to go on with it."}
}
