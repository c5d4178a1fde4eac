package talk

import (
	"context"

	"rollcall/client/account"
	"rollcall/client/text"
)

// remedies say what fix does for each action, as the key does on the screen.
func remedies() map[account.Action]func(c *Conversation, ctx context.Context, i int) []string {
	return map[account.Action]func(*Conversation, context.Context, int) []string{
		account.ActionRotate: (*Conversation).rotate,
		account.ActionLogIn:  (*Conversation).login,
		account.ActionPin:    (*Conversation).pin,
		account.ActionEdit:   (*Conversation).edit,
		account.ActionOpen:   func(c *Conversation, ctx context.Context, i int) []string { return c.openPage(ctx, i, true) },
		account.ActionCopy:   func(c *Conversation, _ context.Context, i int) []string { return c.command(i) },
		account.ActionAsk:    func(c *Conversation, _ context.Context, i int) []string { return c.refreshOne(i) },
	}
}

// fix does what the state of a profile asks for.
func (c *Conversation) fix(ctx context.Context, i int) []string {
	action := c.standing(i).Advice(c.latest[i], c.Now()).Action
	do, ok := remedies()[action]
	if !ok {
		return []string{c.brief(i, c.standing(i)) + " There is nothing to fix."}
	}
	return do(c, ctx, i)
}

// command gives the command that a remedy asks for alone on a line, or the remedy.
func (c *Conversation) command(i int) []string {
	a := c.standing(i).Advice(c.latest[i], c.Now())
	if a.Command != "" {
		return []string{"The command, on the next line:", c.Told(a.Command)}
	}
	return []string{sentences(a.Explanation, a.Remedy)}
}

// edit has the person edit the file at a profile.
func (c *Conversation) edit(ctx context.Context, i int) []string {
	if c.Edit == nil {
		return []string{nothingKept}
	}
	c.say()
	said, err := c.Edit(ctx, c.profiles[i].Name)
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return c.failed(err)
	case said == "":
		return []string{nothingChanged}
	}
	return []string{text.Sentence(c.Told(said))}
}

// openPage shows a page of a profile in the browser: that of its user or, where a
// token is wanted or the user has none, that where the service gives out tokens.
func (c *Conversation) openPage(ctx context.Context, i int, token bool) []string {
	if c.OpenURL == nil {
		return []string{"No page is opened while others look on."}
	}
	p, s := c.profiles[i], c.latest[i]
	page := c.TokenPage(p.Provider, p.BaseURL, p.Parts)
	switch a := s.Account; {
	case token && s.Health.SignIn && s.Origin != "":
		// The network answers in place of the service.
		page = s.Origin
	case page == "" || !token && a != nil && a.User.URL != "":
		page = ""
		if a != nil {
			page = a.User.URL
		}
	}
	if page == "" {
		return []string{"No page is known of " + c.name(i) + "."}
	}
	if err := c.OpenURL(ctx, page); err != nil {
		return c.failed(err)
	}
	return []string{"Opening " + c.Told(page)}
}
