package ui

import (
	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/ui/draw"
)

// step is a key that helps a profile, and what it does.
type step struct {
	key  key.Binding
	does string
}

// stepsFor are the keys that help a profile where somebody has to look after it, the
// one that its state asks for first.
func stepsFor(r *row, k *KeyMap, asks account.Action) []step {
	var all []step
	switch asks {
	case account.ActionRotate:
		all = []step{{k.Rotate, "put a new token in its place"}, {k.OpenLink, "its page"}}
	case account.ActionLogIn:
		all = []step{{k.Rotate, "store the secret"}}
	case account.ActionPin, account.ActionEdit:
		all = []step{{k.Edit, "edit the profile"}}
	case account.ActionOpen:
		all = []step{{k.OpenLink, "open its page"}}
	case account.ActionCopy:
		all = []step{{k.Copy, "copy what to do"}}
	case account.ActionAsk:
		all = []step{{k.Refresh, "ask again"}}
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
	for _, one := range stepsFor(p.row, p.keys, p.row.standing.Advice(p.row.snap, p.now).Action) {
		name := draw.FirstKey(one.key, p.ASCII)
		if name == "" {
			continue
		}
		w := ansi.StringWidth(name + " " + one.does)
		if used > 0 && used+3+w > p.W-2 {
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
