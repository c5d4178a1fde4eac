package talk

import (
	"context"
	"fmt"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/query"
)

// views tells which saved views there are, and how many profiles each has.
func (c *Conversation) views() []string {
	if len(c.config.Views) == 0 {
		return []string{"There are no saved views. keep view NAME makes one of the filter and the order of the list."}
	}
	lines := []string{counted(len(c.config.Views), "saved view") + ":"}
	for _, v := range c.config.Views {
		name := c.viewName(v.Name)
		if len(v.Problems) > 0 {
			lines = append(lines, name+" cannot be shown: "+c.Told(text.Sentence(v.Problems[0].Error())))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s, %s, sorted by %s.", name, c.asks(v), counted(c.held(v), "profile"), orderOf(v)))
	}
	return append(lines, "Type view and a name to keep the list to one; view alone ends that.")
}

// viewOf is the name in the file of a view that a person calls so, or as it is shown.
func (c *Conversation) viewOf(called string) string {
	for _, v := range c.config.Views {
		if c.viewName(v.Name) == called {
			return v.Name
		}
	}
	return called
}

// asks is the query of a view in words.
func (c *Conversation) asks(v config.View) string {
	q, _ := query.Parse(v.Query, c.Words)
	if q.Empty() {
		return "all"
	}
	return q.Told(c.Own)
}

// held is how many profiles are in a view.
func (c *Conversation) held(v config.View) (n int) {
	q, _ := query.Parse(v.Query, c.Words)
	for i := range c.profiles {
		if c.matches(i, q) {
			n++
		}
	}
	return n
}

// view keeps the list to a saved view, in its order; without a name, to none.
func (c *Conversation) view(name string) []string {
	if name == "" {
		if !c.within.on() {
			return c.views()
		}
		c.leaveView()
		return c.list()
	}
	name = c.viewOf(name)
	v, ok := c.config.View(name)
	switch {
	case !ok:
		return []string{c.noView(name)}
	case len(v.Problems) > 0:
		return []string{c.viewName(name) + " cannot be shown: " + c.Told(text.Sentence(v.Problems[0].Error()))}
	}
	c.enter(v)
	return c.list()
}

// enter keeps the list to a view, in its order.
func (c *Conversation) enter(v config.View) {
	c.leaveView()
	c.within = inView{View: v, outside: c.order}
	c.within.asked, _ = query.Parse(v.Query, c.Words)
	c.order = orderOf(v)
}

// noView says that there is no such view.
func (c *Conversation) noView(name string) string {
	names := c.config.ViewNames()
	for i := range names {
		names[i] = c.viewName(names[i])
	}
	return sentences(fmt.Sprintf("There is no view %q.", name), didYouMean(name, names), "Type views to hear of all.")
}

// keepView writes what the list shows as a saved view into the configuration.
func (c *Conversation) keepView(ctx context.Context, name string) []string {
	name = c.viewOf(name)
	v := config.View{Name: name, Query: c.within.asked.And(c.filter).String(), Columns: c.within.Columns}
	if !c.order.usual() {
		v.Sort = c.order.String()
	}
	if wrong := config.WrongViewName(name); wrong != "" {
		return []string{"A view's name " + wrong + ". Type for example keep view clients."}
	}
	if _, there := c.config.View(name); there && !c.confirm(ctx, "There is a view "+c.viewName(name)+" already. Replace it?") {
		return []string{nothingChanged}
	}
	return c.editView(ctx, config.Edit{Kind: config.EditKeepView, View: v})
}

// enterKept keeps the list to a view that was made of it just now, whose query has the
// filter from then on.
func (c *Conversation) enterKept(v config.View) []string {
	c.filter = query.Query{}
	c.enter(v)
	return []string{"The list is kept to it, with " + counted(c.held(v), "profile") + "; view alone ends that."}
}

// renameView gives a saved view another name: "clients to customers".
func (c *Conversation) renameView(ctx context.Context, words string) []string {
	i := strings.Index(words, " to ")
	if i < 0 {
		return []string{"To which name? Type for example rename view clients to customers."}
	}
	name, to := c.viewOf(strings.TrimSpace(words[:i])), strings.TrimSpace(words[i+len(" to "):])
	if _, ok := c.config.View(name); !ok {
		return []string{c.noView(name)}
	}
	return c.editView(ctx, config.Edit{Kind: config.EditRenameView, Profile: name, To: to})
}

// removeView takes a saved view out of the configuration.
func (c *Conversation) removeView(ctx context.Context, name string) []string {
	name = c.viewOf(name)
	if _, ok := c.config.View(name); !ok {
		return []string{c.noView(name)}
	}
	if !c.confirm(ctx, "Remove the view "+c.viewName(name)+"? The profiles in it are left alone.") {
		return []string{nothingChanged}
	}
	return c.editView(ctx, config.Edit{Kind: config.EditRemoveView, Profile: name})
}

// editView saves an edit of a saved view, and knows the views that there are then.
func (c *Conversation) editView(ctx context.Context, e config.Edit) []string {
	if c.Manage == nil {
		return []string{nothingKept}
	}
	said, err := c.Manage.Apply(ctx, e, "")
	if err != nil {
		return c.failed(err)
	}
	lines := []string{text.Sentence(c.Told(said))}
	if now, err := c.Manage.Load(); err == nil {
		next := *c.config
		next.Views = now.Views
		c.config = &next
		if e.Kind == config.EditRenameView && c.within.Name == e.Profile {
			c.within.Name = e.To
		}
		lines = append(lines, c.reviewed()...)
		if v, ok := c.config.View(e.View.Name); ok && e.Kind == config.EditKeepView && len(v.Problems) == 0 {
			lines = append(lines, c.enterKept(v)...)
		}
	}
	return lines
}
