package config

import (
	"slices"

	"rollcall/config/spelling"
)

// config reads the whole document, of which t is the table. Whatever is wrong
// is reported and skipped, so that the rest can be used.
func (t *table) config() *Config {
	c := defaults(t.dec.file)
	t.dec.outside = t.report
	t.text(schemaKey, "./schema.json")
	c.DefaultProfile, _ = t.text("default_profile", "work")
	c.RefreshInterval = t.refreshInterval(c.RefreshInterval)
	c.RequestTimeout = t.requestTimeout(c.RequestTimeout)
	if v, ok := t.duration("expiry_warning", "14d"); ok {
		c.ExpiryWarning = v
	}
	t.dec.top = slices.Clone(t.known)
	if ui, ok := t.table("ui", "a table: [ui]"); ok {
		ui.ui(&c.UI)
	}
	reports := []*report{t.report}
	c.Declarations, c.PassedOver = t.services()
	if profiles, ok := t.table("profiles", "a table: [profiles.NAME]"); ok {
		for _, name := range t.dec.positions.order(profiles.path, profiles.values) {
			profiles.report = &report{profile: name}
			c.Profiles = append(c.Profiles, profiles.profile(name, c))
			reports = append(reports, profiles.report)
		}
	}
	c.keepApart()
	c.Commands, c.Hooks = t.commands(c.UI.Keys), t.hooks()
	c.Views = t.views()
	t.checkDefault(c)
	t.unknown()
	c.Problems = problems(reports...)
	c.versions, c.services = t.dec.versions, t.dec.services
	return c
}

// checkDefault reports a default profile that does not exist.
func (t *table) checkDefault(c *Config) {
	names := c.Names()
	if c.DefaultProfile == "" || slices.Contains(names, c.DefaultProfile) {
		return
	}
	t.problem("default_profile", "default_profile: there is no profile %s%s",
		quote(c.DefaultProfile), spelling.DidYouMean(c.DefaultProfile, names))
}

func (t *table) ui(ui *UI) {
	t.theme(ui)
	ui.Mouse = t.boolean("mouse", ui.Mouse)
	ui.Avatars = t.boolean("avatars", ui.Avatars)
	ui.Remember = t.boolean("remember", ui.Remember)
	ui.Notify = t.boolean("notify", ui.Notify)
	if keys, ok := t.table("keys", "a table: [ui.keys]"); ok {
		ui.Keys = keys.keys()
	}
	t.unknown()
}

// Actions are what keys can be given to, as the help screen names them.
func Actions() []string {
	return []string{
		"up", "down", "page_up", "page_down", "top", "bottom", "jump", "next_pane", "prev_pane", "fold", "unfold", "open", "back",
		"filter", "sort", "mark", "mark_range", "mark_all", "refresh", "refresh_all", "copy", "open_link",
		"use", "add", "edit", "rotate", "rotation", "rename", "duplicate", "disable", "remove", "move_down", "move_up", "undo", "redo",
		"dashboard", "overview", "timeline", "activity", "people", "incidents", "next_tab", "prev_tab", "last_view", "keep_view", "grow", "shrink",
		"earlier", "later", "now",
		"next_column", "prev_column", "reverse", "group", "columns", "changes_only",
		"person", "differences", "more_left", "more_right",
		"fix", "log_in", "pin", "ignore_wait", "snooze", "tag", "export", "token_page", "copy_remedy", "edit_file", "shell",
		"palette", "help", "problems", "mouse", "privacy", "import", "demo", "redraw", "suspend", "quit",
	}
}

// keys reads which keys an action has. Which keys there are is known to the
// screen alone.
func (t *table) keys() map[string][]string {
	bound := map[string][]string{}
	for _, action := range Actions() {
		if key, ok := t.values[action].(string); ok {
			t.known = append(t.known, action)
			bound[action] = []string{key}
			continue
		}
		if keys, ok := t.texts(action, `a list of keys, such as ["r", "ctrl+r"]`); ok {
			bound[action] = keys
		}
	}
	t.unknown()
	return bound
}

// profile reads one of the profiles; t is the table of all of them.
func (t *table) profile(name string, c *Config) Profile {
	p := Profile{
		Name:            name,
		RefreshInterval: c.RefreshInterval,
		RequestTimeout:  c.RequestTimeout,
		Line:            t.dec.positions.find(below(t.path, name)).line,
	}
	if wrong := wrongName(name); wrong != "" {
		t.problem(name, "a profile's name %s; rename %s", wrong, quote(name))
	}
	if own, ok := t.table(name, "a table: [profiles."+shown(name)+"]"); ok {
		own.fill(&p)
	}
	p.Problems = problems(t.report)
	return p
}
