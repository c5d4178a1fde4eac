package talk

import (
	"strings"

	"rollcall/client/insight"
	"rollcall/config"
	"rollcall/config/query"
)

// inView is the saved view that the list is kept to; the zero value for none.
type inView struct {
	config.View
	// asked is the query of the view, outside the order of the list without it.
	asked   query.Query
	outside order
}

// on reports whether the list is kept to a view.
func (v *inView) on() bool { return v.Name != "" }

// orderOf is the order of a view.
func orderOf(v config.View) order {
	word, reversed := strings.CutPrefix(v.Sort, "-")
	if word == "" {
		return order{by: insight.OrderUrgency}
	}
	return order{insight.Order(word), reversed}
}

// leaveView keeps the list to no view any more.
func (c *Conversation) leaveView() {
	if c.within.on() {
		c.order = c.within.outside
	}
	c.within = inView{}
}

// reviewed has the list follow the saved view as the file has it now, and says where
// there is none any more.
func (c *Conversation) reviewed() (said []string) {
	name := c.within.Name
	if name == "" {
		return nil
	}
	v, ok := c.config.View(name)
	if !ok || len(v.Problems) > 0 {
		c.leaveView()
		return []string{"The view " + c.viewName(name) + " cannot be shown any more, so that all are listed again."}
	}
	if v.Query != c.within.Query || v.Sort != c.within.Sort {
		c.within.asked, _ = query.Parse(v.Query, c.Words)
		c.order = orderOf(v)
	}
	c.within.View = v
	return nil
}
