package talk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
)

// rotate puts another secret in place of that of a profile: it takes the new one,
// proves it, tells old and new side by side, and asks before it writes.
func (c *Conversation) rotate(ctx context.Context, i int) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	p := c.profiles[i]
	d := config.DraftOf(p)
	if err := manage.Rotatable(d); err != nil {
		return append(c.failed(err), c.instead(i, d)...)
	}
	c.begin(i)
	_, lines := c.replaced(ctx, i)
	if _, before, _ := c.toDo(&touring{names: []string{p.Name}}); len(before) > 0 {
		lines = append(lines, ofMany(len(before), "is left from before: rotate goes on with it", "are left from before: rotate goes on with them"))
	}
	return lines
}

// begin notes that the secret of a profile is rotated, so that this can be taken up
// again. Where it cannot be noted, it is done all the same.
func (c *Conversation) begin(i int) {
	name := c.profiles[i].Name
	all, _ := c.Manage.Rotations()
	for _, r := range all {
		if r.Profile == name && r.Step.Open() && r.Written.IsZero() {
			return
		}
	}
	_, _ = c.Manage.BeginRotation([]string{name})
}

// replaced takes, proves and writes another secret of a profile. written reports
// whether it did, and the lines say what came of it.
func (c *Conversation) replaced(ctx context.Context, i int) (written bool, lines []string) {
	p := c.profiles[i]
	d, way := config.DraftOf(p), config.DraftOf(p).Replacement()
	old, err := c.Manage.PresentSecret(ctx, p)
	if err != nil {
		return false, c.failed(err)
	}
	if way.First != "" {
		c.say(c.Told(way.First))
	}
	c.tellStays(d)
	var before account.Snapshot
	if old != "" {
		before = c.Manage.Present(ctx, c.config, p)
	}
	c.tokenPage(ctx, d)
	secret, ok := c.proposed(ctx, "New secret of "+c.name(i), d)
	switch {
	case !ok:
		return false, nil
	case secret == old && way.By == credential.ByRollcall:
		return false, c.failed(manage.AlreadyIts(d))
	case secret == old && way.By == credential.ByRestart && !c.Manage.WaitsForRestart(p.Name):
		return false, c.failed(manage.GivenAlready(p, way))
	}
	c.say("Testing it.")
	after := c.Manage.TryProfile(ctx, manage.Trial{Config: c.config, Profile: p, Secret: secret})
	if ctx.Err() != nil {
		return false, nil
	}
	if !c.compared(before, after) {
		return false, []string{"The new secret was not taken; the old one stays."}
	}
	return c.putSecret(ctx, i, d, secret)
}

// tellStays tells of a second secret, which is not replaced.
func (c *Conversation) tellStays(d config.Draft) {
	if stays := d.Stays(); stays != "" {
		c.say(c.Told(stays))
	}
}

// putSecret has another secret in the place of that of a profile, once the person says yes.
func (c *Conversation) putSecret(ctx context.Context, i int, d config.Draft, secret string) (written bool, lines []string) {
	way, where := d.Replacement(), c.Told(c.profiles[i].Credential().Source())
	if way.By != credential.ByRollcall {
		return c.stored(ctx, i, d, secret)
	}
	if !c.confirm(ctx, fmt.Sprintf("Replace the secret of %s, in %s?", c.name(i), where)) {
		return false, []string{nothingChanged}
	}
	r, err := c.Manage.Exchange(ctx, d, secret, false)
	if errors.Is(err, manage.ErrNotKept) {
		c.say(c.failed(err)...)
		if !c.confirm(ctx, "Replace it all the same, so that the present one is lost?") {
			return false, []string{nothingChanged}
		}
		r, err = c.Manage.Exchange(ctx, d, secret, true)
		return err == nil, c.kept(i, r.Said, err, "")
	}
	more := "The old one is good until you delete it at the service."
	switch {
	case r.Refused:
		more = ""
	case r.Kept:
		more = "The old one is good until you delete it at the service; undo puts it back."
	}
	return err == nil, c.kept(i, r.Said, err, more)
}

// stored looks whether the person has stored the new secret where the profile takes it
// from, as often as they say so.
func (c *Conversation) stored(ctx context.Context, i int, d config.Draft, secret string) (written bool, lines []string) {
	for {
		said, err := c.Manage.Rotate(ctx, d, secret, false)
		if !errors.Is(err, manage.ErrNotStored) {
			return err == nil, c.kept(i, said, err, "The old one is good until you delete it at the service.")
		}
		c.say(text.Sentence(c.Told(d.Replacement().Todo)))
		if errors.Is(err, manage.ErrRestart) || !c.confirm(ctx, "Is it stored?") {
			return false, []string{"Then rotate this profile again, and give the new secret once more: rollcall compares."}
		}
	}
}

// instead says which command does what rotate cannot.
func (c *Conversation) instead(i int, d config.Draft) []string {
	if d.Source == credential.SourceLiteral || d.Source == "" {
		return []string{fmt.Sprintf("Here that is login %d.", i+1)}
	}
	return nil
}

// login stores the secret of a profile in the keyring, and has the profile take it
// from there. One with a file of its own keeps that.
func (c *Conversation) login(ctx context.Context, i int) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	p := c.profiles[i]
	d := config.DraftOf(p)
	leaves := ""
	switch {
	case d.Source == credential.SourceFile && d.Within.IsZero():
		return c.rotate(ctx, i) // A file is a place for a secret, too.
	case d.Source == credential.SourceLiteral:
		leaves = "The old one goes from the configuration; the backup beside that has it until the next change."
	}
	if d.Source != credential.SourceKeyring {
		d.Source, d.Reference = credential.SourceKeyring, config.KeyringEntry(p.Name)
	}
	c.tellStays(d)
	c.tokenPage(ctx, d)
	secret, ok := c.proposed(ctx, "Secret of "+c.name(i), d)
	if !ok {
		return nil
	}
	c.say("Testing it.")
	after := c.Manage.Try(ctx, d, secret)
	if ctx.Err() != nil {
		return nil
	}
	question := fmt.Sprintf("Store it in the entry %s of the keyring?", c.Told(d.Reference))
	if c.say("It is " + c.result(after) + "."); !after.Health.State.Accepted() {
		a := c.Shown(after).Advice(c.Now())
		c.say(sentences(a.Explanation, a.Remedy))
		question = "Store it all the same?"
	}
	if !c.confirm(ctx, question) {
		return []string{nothingChanged}
	}
	said, err := c.Manage.Apply(ctx, config.Edit{Kind: config.EditUpdate, Profile: p.Name, Draft: d}, secret)
	return c.kept(i, said, err, sentences("Its secret is in the entry "+c.Told(d.Reference)+" of the keyring.", leaves))
}

// kept tells what came of writing a secret, and has the person hear what the next
// check says.
func (c *Conversation) kept(i int, said string, err error, more string) []string {
	if err != nil {
		return c.failed(err)
	}
	if askable(c.profiles[i]) {
		c.await(i)
		c.Refresh(c.profiles[i].Name)
	}
	return []string{sentences(text.Sentence(c.Told(said)), more)}
}

// tokenPage says where the service gives out tokens, and shows that page.
func (c *Conversation) tokenPage(ctx context.Context, d config.Draft) {
	if d.Username != "" || c.OpenURL == nil {
		return
	}
	if page := c.TokenPage(d.Provider, d.BaseURL, d.Parts); page != "" {
		c.say("Make a new token at " + c.Told(page))
		if err := c.OpenURL(ctx, page); err == nil {
			c.say("The page was opened in the browser.")
		}
	}
}

// proposed asks for a secret, and says where it does not look like one.
func (c *Conversation) proposed(ctx context.Context, question string, d config.Draft) (secret string, ok bool) {
	secret, ok = c.secret(ctx, question)
	if flaw := credential.Examine(secret, d.Username != ""); ok && flaw != "" {
		c.say(text.Sentence("what you gave " + flaw.Cause() + ": " + flaw.Remedy()))
	}
	return secret, ok
}

// compared tells the old and the new secret side by side, and reports whether the
// new one may take the place of the old one.
func (c *Conversation) compared(before, after account.Snapshot) bool {
	was, is := c.Shown(before), c.Shown(after)
	if before.Profile != "" {
		c.say("Old: " + c.result(before) + ".")
	}
	c.say("New: " + c.result(after) + ".")
	fine := after.Health.State.Accepted()
	if !fine && after.Health.State != account.WrongAccount {
		a := is.Advice(c.Now())
		c.say(sentences(a.Explanation, a.Remedy))
		return false
	}
	for _, one := range insight.Compare(was, is, c.Now()) {
		c.say(text.Capitalized(one.About) + ": " + one.Text + ".")
		fine = fine && one.Severity != account.SeverityFail
	}
	return fine
}

// scopeCount is how many scopes a token has; without one it is not restricted.
func scopeCount(n int) string {
	if n == 0 {
		return "not restricted"
	}
	return counted(n, "scope")
}

// result is what the service says of a secret, in a few words.
func (c *Conversation) result(s account.Snapshot) string {
	s = c.Shown(s)
	words := []string{s.Health.State.Word()}
	if a := s.Account; a != nil {
		if name := a.User.Label(); name != "" {
			words = append(words, name)
		}
		if a.Token.Scopes != nil {
			words = append(words, scopeCount(a.Token.CountScopes()))
		}
		switch e := a.Token.Expiry; e.KindOrUnknown() {
		case account.ExpiryDate:
			words = append(words, insight.Due{Kind: insight.DueEnd, At: e.At}.Phrase(c.Now()))
		case account.ExpiryNever:
			words = append(words, "never ends")
		}
	}
	return strings.Join(words, ", ")
}
