package ui

import (
	"slices"

	"rollcall/ui/draw"
)

// paneContent is what a pane holds, written by a profilePen: its items run in as
// many columns as it takes to have them all in sight, and as there is width for.
type paneContent struct {
	draw.Content
	// opens are what lies behind items, by their indexes.
	opens map[int]*entry
	// portrait is the size of the user's picture; none where it is not shown.
	portrait draw.Size
	// columns are the first items of the columns after the first one; each column is
	// w cells wide.
	columns []int
	w       int
}

const (
	// leastColumn is the width below which a column tells too little, pageColumn the
	// same on a page that is read from top to bottom.
	leastColumn, pageColumn = 38, 72
)

// writeFitting has a pane written in one column, and in more of them while it has
// more lines than there is room for and each is least cells wide.
func writeFitting(w, h, least int, write func(w int) *profilePen) paneContent {
	c := newContent(write(w), w)
	for n := 2; c.lines() > h && w/n >= least; n++ {
		c = newContent(write(w/n), w/n)
		c.fold(n, h)
	}
	return c
}

func newContent(p *profilePen, w int) paneContent {
	return paneContent{Content: p.Content, opens: p.opens, portrait: p.picture, w: w}
}

// fold lays the items in n columns: each is filled before the next one is begun,
// and none is taller than it has to be.
func (c *paneContent) fold(n, h int) {
	total := 0
	for i := range c.Items {
		total += c.Items[i].Height()
	}
	tall, used := max(h, (total+n-1)/n), 0
	items := c.Items[:0:0]
	for i, it := range c.Items {
		if used > 0 && used+it.Height() > tall && len(c.columns) < n-1 {
			c.columns, used = append(c.columns, len(items)), 0
		}
		blank := it.What == "" && it.Height() == 1 && it.Lines()[0] == draw.Spaces(c.w)
		if blank && used == 0 && len(items) > 0 {
			// Nothing is to be kept apart at the top of a column.
			c.closeUp(i, len(items))
			continue
		}
		used += it.Height()
		c.closeUp(i, len(items))
		items = append(items, it)
	}
	c.Items = items
}

// closeUp moves what lies behind an item to another index.
func (c *paneContent) closeUp(from, to int) {
	if e, ok := c.opens[from]; ok && from != to {
		delete(c.opens, from)
		c.opens[to] = e
	}
}

// lines is the height of the tallest column.
func (c *paneContent) lines() int {
	most, n := 0, 0
	for i, it := range c.Items {
		if slices.Contains(c.columns, i) {
			n = 0
		}
		n += it.Height()
		most = max(most, n)
	}
	return most
}

// span is where an item is: its first line and the one after its last.
func (c *paneContent) span(item int) (from, to int) {
	for i, it := range c.Items {
		if slices.Contains(c.columns, i) {
			to = 0
		}
		from, to = to, to+it.Height()
		if i == item {
			return from, to
		}
	}
	return to, to
}

// at is the item at a cell; negative for none.
func (c *paneContent) at(x, line int) int {
	column, n := 0, 0
	for i, it := range c.Items {
		if slices.Contains(c.columns, i) {
			column, n = column+1, 0
		}
		if line >= n && line < n+it.Height() && (column == x/max(1, c.w) || len(c.columns) == 0) {
			return i
		}
		n += it.Height()
	}
	return -1
}

// place says which of the items that can be pointed at one is, and how many there
// are.
func (c *paneContent) place(item int) (at, n int) {
	for i, it := range c.Items {
		if it.What == "" {
			continue
		}
		n++
		if i <= item {
			at = n
		}
	}
	return max(1, at), n
}
