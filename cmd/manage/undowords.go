package manage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/store"
	"rollcall/client/text"
)

// told says what a step has done: "removed a, b and 3 more". Undone is one that undo
// has done, of which is told what that took back.
func told(parts []store.Part, undone bool) string {
	type act struct{ verb, how string }
	var acts []act
	names := map[act][]string{}
	inFile := slices.ContainsFunc(parts, func(p store.Part) bool { return p.Kind == store.PartFile })
	for _, p := range parts {
		if inFile && p.Kind != store.PartFile && p.Kind != store.PartSecret {
			continue // It went along with the profiles.
		}
		if undone {
			p = p.Turned()
		}
		verb, name := deed(p)
		a := act{verb, strings.ReplaceAll(p.Tags, "\n", " ")}
		if names[a] == nil {
			acts = append(acts, a)
		}
		names[a] = append(names[a], name)
	}
	var all []string
	for _, a := range acts {
		all = append(all, strings.TrimSpace(a.verb+" "+text.AllOf(names[a])+" "+a.how))
	}
	return strings.Join(all, "; ")
}

// deed is what a part has done, as a verb with the name that it was done to.
func deed(p store.Part) (verb, name string) {
	switch p.Kind {
	case store.PartFile:
		return fileDeed(p)
	case store.PartSecret:
		return "replaced the secret of", p.Profile
	case store.PartPin:
		if p.Became == "" {
			return "pinned", p.Profile + " to nobody"
		}
		return "pinned", p.Profile + " to " + p.Became
	case store.PartPlace:
		if p.Became == "" {
			return "forgot the address of", p.Profile
		}
		return "let", p.Profile + " be asked at " + p.Became
	case store.PartSnooze:
		if p.Snoozes.Until.IsZero() {
			return "ended the snooze of", p.Profile
		}
		return "snoozed", p.Profile
	case store.PartOther:
		if p.What == store.WhatSecret {
			return "removed the secret of", p.Profile
		}
		return "replaced the secret of", p.Profile
	}
	switch {
	case p.Folder != "" && p.Became != "":
		return "tied", p.Folder + " to " + p.Became
	case p.Folder != "":
		return "untied", p.Folder + " from " + p.Was
	case p.Became != "":
		return "made", p.Became + " the active profile"
	}
	return "forgot", p.Was + " as the active profile"
}

func fileDeed(p store.Part) (verb, name string) {
	switch {
	case p.What == store.WhatView:
		return viewDeed(p)
	case p.What == store.WhatOrder:
		return "changed the order of the profiles", ""
	case p.Was == "" && p.Became == "":
		return "changed the configuration", ""
	case p.Was == "":
		return "added", p.Became
	case p.Became == "":
		return "removed", p.Was
	case p.Was != p.Became:
		return "renamed", p.Was + " to " + p.Became
	}
	switch p.What {
	case store.WhatOff:
		return "switched off", p.Became
	case store.WhatOn:
		return "switched on", p.Became
	case store.WhatTags:
		if p.Tags == "" {
			return "changed the tags of", p.Became // Their order, it may be.
		}
		return "tagged", p.Became
	}
	return "changed", p.Became
}

// viewDeed is what has become of a saved view, as a verb with its name.
func viewDeed(p store.Part) (verb, name string) {
	switch {
	case p.Was == "":
		return "kept the view", p.Became
	case p.Became == "":
		return "removed the view", p.Was
	case p.Was != p.Became:
		return "renamed the view", p.Was + " to " + p.Became
	}
	return "changed the view", p.Became
}

// noReturn says that a step cannot be taken back, or be done again where undo took it
// back, and why.
func noReturn(s store.Step, why string) string {
	for _, p := range s.Parts {
		switch {
		case p.Kind != store.PartOther || p.Profile == "":
		case p.What == store.WhatSecret:
			why = cmp.Or(why, "it is not kept")
		default:
			why = cmp.Or(why, "the one before is not kept")
		}
	}
	if why == "" {
		return "what was done last has changed nothing"
	}
	done := "taken back"
	if s.Undone {
		done = "done again"
	}
	return "this cannot be " + done + " any more: " + told(s.Parts, s.Undone) + "; " + why
}

// again says what is so again once a part was taken back; empty where what was done
// says that.
func again(p store.Part) string {
	switch p.Kind {
	case store.PartFile, store.PartOther:
		return ""
	case store.PartSecret:
		return "its former secret is back"
	case store.PartPin:
		if p.Was == "" {
			return p.Profile + " is pinned to nobody again"
		}
		return fmt.Sprintf("%s is pinned to %s again", p.Profile, p.Was)
	case store.PartPlace:
		if p.Was == "" {
			return p.Profile + " may be asked wherever its service says first"
		}
		return fmt.Sprintf("%s is asked at %s alone again", p.Profile, p.Was)
	case store.PartSnooze:
		if p.Snoozed.Until.IsZero() {
			return p.Profile + " is no longer snoozed"
		}
		return p.Profile + " is snoozed again"
	}
	switch {
	case p.Folder != "" && p.Was != "":
		return fmt.Sprintf("%s is tied to %s again", p.Folder, p.Was)
	case p.Folder != "":
		return p.Folder + " is tied to no profile again"
	case p.Was != "":
		return p.Was + " is chosen as the active profile again"
	}
	return "no profile is chosen as the active one again"
}
