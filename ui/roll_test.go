package ui

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// TestRollMadeAhead shows that it makes no difference whether what a changed file says was
// made ready before, against whatever configuration that was.
func TestRollMadeAhead(t *testing.T) {
	t.Parallel()
	shuffled := func(c *config.Config) *config.Config {
		out := renamed(c, 1)
		for i := range out.Profiles {
			if i%3 > 0 {
				out.Profiles[i] = c.Profiles[i]
			}
		}
		slices.Reverse(out.Profiles[10:200])
		out.Profiles = slices.Delete(out.Profiles, 40, 60)
		out.Profiles[5].Disabled, out.Profiles[6].Label = true, "a\x1b[31mb"
		return out
	}
	for name, ahead := range map[string]func(was, is *config.Config) tea.Msg{
		"against the one before": func(was, is *config.Config) tea.Msg { return NewConfigMsg(was, is, sampleServices) },
		"against none":           func(_, is *config.Config) tea.Msg { return NewConfigMsg(&config.Config{}, is, sampleServices) },
		"against itself":         func(_, is *config.Config) tea.Msg { return NewConfigMsg(is, is, sampleServices) },
	} {
		for _, private := range []bool{false, true} {
			var screens [2]string
			for i, how := range []func(was, is *config.Config) tea.Msg{
				ahead, func(_, is *config.Config) tea.Msg { return ConfigMsg{Config: is, Services: sampleServices} },
			} {
				d, all := crowd(300)
				if private {
					d.press("P")
				}
				d.send(how(d.config, shuffled(d.config)), account.Event{Snapshots: all})
				s := d.selection
				if len(d.roster.rows) != 280 || len(s.sorted) != 280 || d.roster.named(d.config.Profiles[70].Name) != d.roster.rows[70] {
					t.Fatalf("%s: %d rows, %d sorted", name, len(d.roster.rows), len(s.sorted))
				}
				for _, r := range d.roster.rows {
					if r.own.Name != r.name || r.own != d.roster.roll.profiles[r.index] {
						t.Fatalf("%s: %s has the profile of %s", name, r.name, r.own.Name)
					}
				}
				d.press("o")
				screens[i] = d.View().Content
				d.press("esc", "end")
				screens[i] += d.View().Content
			}
			if screens[0] != screens[1] {
				t.Errorf("%s, private %v:\n%s\ninstead of\n%s", name, private, screens[0], screens[1])
			}
		}
	}
}
