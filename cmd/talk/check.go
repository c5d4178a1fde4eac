package talk

import (
	"context"
	"fmt"
)

// refreshOne checks a profile for the person, who waits for the outcome.
func (c *Conversation) refreshOne(i int) []string {
	if !askable(c.profiles[i]) {
		return []string{c.one(i, c.standing(i))}
	}
	c.await(i)
	c.Check(c.profiles[i].Name)
	return []string{"Checking " + c.name(i) + "."}
}

// ignoreWait checks a profile although its service wants no request yet, once the person,
// who is told what it said, says yes.
func (c *Conversation) ignoreWait(ctx context.Context, i int) []string {
	question := c.latest[i].WaitQuestion(c.Now())
	if question == "" || !askable(c.profiles[i]) {
		return c.refreshOne(i)
	}
	if !c.confirm(ctx, c.numbered(i)+": "+question) {
		return []string{"It was not asked."}
	}
	c.await(i)
	c.IgnoreWait(c.profiles[i].Name)
	return []string{"Checking " + c.name(i) + "."}
}

// refreshSome checks profiles, and tells the outcome of each or, of many, their sum.
func (c *Conversation) refreshSome(all []int) (lines []string) {
	var asked []int
	var names []string
	for _, i := range all {
		if !askable(c.profiles[i]) {
			lines = append(lines, c.one(i, c.standing(i)))
			continue
		}
		asked, names = append(asked, i), append(names, c.profiles[i].Name)
	}
	switch len(asked) {
	case 0:
		return lines
	case 1:
		return append(lines, c.refreshOne(asked[0])...)
	}
	for _, i := range asked {
		c.await(i)
	}
	// Nobody listens to the outcomes of many: their sum is told.
	c.wishes.each = c.wishes.each && len(asked) <= mostNamed
	c.Refresh(names...)
	return append(lines, fmt.Sprintf("Checking %s: %s.", counted(len(asked), "profile"), c.names(asked)))
}

// refreshAll checks all profiles, whose sum is told.
func (c *Conversation) refreshAll() []string {
	c.wishes = wishes{at: c.Now()}
	for i, p := range c.profiles {
		if askable(p) {
			c.wishes.open = append(c.wishes.open, i)
		}
	}
	if len(c.wishes.open) == 0 {
		c.wishes = wishes{}
		return []string{"There is no profile that could be checked."}
	}
	c.Refresh()
	return []string{"Checking " + counted(len(c.wishes.open), "profile") + "."}
}
