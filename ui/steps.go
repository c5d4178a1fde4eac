package ui

import (
	"charm.land/bubbles/v2/key"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/ui/draw"
)

// step is a key that helps a profile, and what it does.
type step struct {
	key  key.Binding
	does string
}

// stepsFor are the keys that help a profile, the one for what its state asks for
// first.
func stepsFor(r *row, k *KeyMap) []step {
	does, phrase := remedyOf(r)
	var all []step
	if does != "" {
		all = append(all, step{k.Fix, phrase})
	}
	if does == account.ActionRotate && r.own.Username == "" {
		all = append(all, step{k.TokenPage, "its page"})
	}
	if r.standing.Urgency != insight.UrgencySnoozed {
		all = append(all, step{k.Snooze, "snooze"})
	}
	return all
}

// steps are the keys that help, in as few lines as they take.
func (p *profilePen) steps() {
	switch p.row.standing.Urgency {
	case insight.UrgencyFine, insight.UrgencyOff:
		return
	}
	line, used := "", 0
	flush := func() {
		if line != "" {
			p.Add("", "", line)
		}
		line, used = "", 0
	}
	for _, one := range stepsFor(p.row, p.keys) {
		name := draw.FirstKey(one.key, p.ASCII)
		if name == "" {
			continue
		}
		w := draw.Width(name + " " + one.does)
		if lead := name + " "; w > p.W-1 {
			// The name of a file can be longer than a line.
			flush()
			lines := draw.WrapIn(p.Strong, one.does, p.W-2-draw.Width(lead))
			for i, l := range lines {
				lines[i] = draw.Spaces(draw.Width(lead)) + l
				if i == 0 {
					lines[i] = p.Accent.Render(lead) + l
				}
			}
			p.Add("", "", lines...)
			continue
		}
		if used > 0 && used+3+w > p.W-1 {
			flush()
		}
		if used > 0 {
			line, used = line+"   ", used+3
		}
		line += p.Accent.Render(name) + " " + p.Strong.Render(one.does)
		used += w
	}
	flush()
}
