package manage

import (
	"fmt"

	"rollcall/client/store"
	"rollcall/config"
)

// done says what a part of a step has done.
func done(p store.Part) string {
	switch p.Kind {
	case store.PartSecret:
		return "replaced the secret of " + p.Profile
	case store.PartPin:
		return fmt.Sprintf("pinned %s to %s", p.Profile, p.Became)
	case store.PartPlace:
		return fmt.Sprintf("let %s be asked at %s", p.Profile, p.Became)
	case store.PartSnooze:
		if p.Snoozes.Until.IsZero() {
			return "ended the snooze of " + p.Profile
		}
		return "snoozed " + p.Profile
	}
	switch {
	case p.Folder != "" && p.Became != "":
		return fmt.Sprintf("tied %s to %s", p.Folder, p.Became)
	case p.Folder != "":
		return fmt.Sprintf("untied %s from %s", p.Folder, p.Was)
	case p.Became != "":
		return "made " + p.Became + " the active profile"
	}
	return "forgot the choice of " + p.Was + " as the active profile"
}

// again says what is so again once a part was taken back.
func again(p store.Part) string {
	switch p.Kind {
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

// changed says what a change has made of the file.
func changed(before, after *config.Config) string {
	if moves := renamed(before, after); len(moves) > 0 {
		return fmt.Sprintf("renamed %s to %s", moves[0].from, moves[0].to)
	}
	for _, p := range before.Profiles {
		if _, still := after.Profile(p.Name); !still {
			return "removed " + p.Name
		}
	}
	for _, p := range after.Profiles {
		if _, already := before.Profile(p.Name); !already {
			return "added " + p.Name
		}
	}
	if _, said := viewsChanged(before, after); said != "" {
		return said
	}
	return "changed the configuration"
}

// takenBack tells what a person has again after a change was taken back.
func takenBack(before, after *config.Config) string {
	if moves := renamed(before, after); len(moves) > 0 {
		return fmt.Sprintf("took back the last change: %s is called %s again", moves[0].to, moves[0].from)
	}
	for _, p := range before.Profiles {
		if _, still := after.Profile(p.Name); !still {
			return fmt.Sprintf("took back the last change: %s is there again", p.Name)
		}
	}
	for _, p := range after.Profiles {
		if _, already := before.Profile(p.Name); !already {
			return fmt.Sprintf("took back the last change: %s is gone again", p.Name)
		}
	}
	if again, _ := viewsChanged(after, before); again != "" {
		return "took back the last change: " + again
	}
	return "took back the last change"
}
