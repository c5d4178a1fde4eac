package ui

import (
	"slices"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// faults are what is wrong with the configuration.
type faults struct {
	// path is the file of the configuration; the demo has none.
	path string
	demo bool
	// problems are those that were found in it, keys those of its keys.
	problems []config.Problem
	keys     []string
	// broken says why the file as it is now cannot be used; empty where it is.
	broken string
	// hooks are those whose last run went wrong.
	hooks []HookMsg
}

// take takes in the problems of a configuration that can be used.
func (f *faults) take(c *config.Config, keys []string) {
	f.path, f.problems, f.keys, f.broken = c.Path, c.Problems, keys, ""
	f.hooks = slices.DeleteFunc(f.hooks, func(m HookMsg) bool { return !slices.ContainsFunc(c.Hooks, m.Hook.Same) })
}

// ended takes in how a hook has ended, and reports whether that changes what is wrong.
func (f *faults) ended(m HookMsg) bool {
	before := len(f.hooks)
	f.hooks = slices.DeleteFunc(f.hooks, func(o HookMsg) bool { return o.Hook.Same(m.Hook) })
	if m.Wrong != "" {
		f.hooks = append(f.hooks, m)
	}
	return before > 0 || len(f.hooks) > 0
}

// found is how many the configuration in use has.
func (f *faults) found() int { return len(f.problems) + len(f.keys) }

// count is how many there are.
func (f *faults) count() int {
	n := f.found() + len(f.hooks)
	if f.broken != "" {
		n++
	}
	return n
}

// lines tell of all of them, in lines of w cells.
func (f *faults) lines(s *theme.Styles, w int, c *cover) []string {
	if f.count() == 0 {
		none := "None."
		if !f.demo {
			none += " " + c.text(text.Printable(f.path)) + " is fine."
		}
		return draw.WrapIn(s.Text, none, w)
	}
	var out []string
	add := func(what, remedy string) {
		if len(out) > 0 {
			out = append(out, "")
		}
		lead := s.Warn.Render(s.Glyphs.Warn) + " "
		for _, l := range draw.Advice(s, what, remedy, w-2) {
			out = append(out, lead+l)
			lead = "  "
		}
	}
	if f.broken != "" {
		add(c.text(f.broken), "Until it is mended, the last good configuration is used.")
	}
	for _, p := range f.problems {
		add(c.text(text.Printable(p.Error())), c.text(text.Printable(p.Remedy)))
	}
	for _, t := range f.keys {
		add(text.Printable(t), "")
	}
	for _, m := range f.hooks {
		add(c.text(text.Printable(m.Wrong)), m.Remedy)
	}
	return out
}
