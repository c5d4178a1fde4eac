package talk

// refreshOne checks a profile for the person, who waits for the outcome.
func (c *Conversation) refreshOne(i int) []string {
	if !askable(c.profiles[i]) {
		return []string{c.one(i, c.standing(i))}
	}
	c.await(i)
	c.Check(c.profiles[i].Name)
	return []string{"Checking " + c.name(i) + "."}
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
