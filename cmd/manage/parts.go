package manage

import (
	"reflect"
	"slices"
	"strings"

	"rollcall/client/store"
	"rollcall/config"
)

// move is a profile that got another name; it is gone where it has none now.
type move struct{ from, to string }

// renamed are the profiles that have another name afterwards: those of the same
// account in the same place of the file.
func renamed(before, after *config.Config) []move {
	if len(before.Profiles) != len(after.Profiles) {
		return nil
	}
	var all []move
	for i, p := range before.Profiles {
		q := after.Profiles[i]
		_, still := after.Profile(p.Name)
		_, already := before.Profile(q.Name)
		if !still && !already && p.Provider == q.Provider && p.BaseURL == q.BaseURL && p.Username == q.Username {
			all = append(all, move{p.Name, q.Name})
		}
	}
	return all
}

// fileParts are what a change of the file was about: which profiles, and what of them.
func fileParts(before, after *config.Config) (all []store.Part) {
	moves := renamed(before, after)
	part := func(was, became string, what store.What) {
		all = append(all, store.Part{Kind: store.PartFile, Was: was, Became: became, What: what})
	}
	for _, p := range before.Profiles {
		name := p.Name
		if i := slices.IndexFunc(moves, func(v move) bool { return v.from == name }); i >= 0 {
			name = moves[i].to
		}
		q, there := after.Profile(name)
		switch {
		case !there:
			part(p.Name, "", "")
			continue
		case name != p.Name:
			part(p.Name, name, "")
		}
		for _, what := range differences(p, q) {
			if part(name, name, what); what == store.WhatTags {
				all[len(all)-1].Tags = signs(p.Tags, q.Tags)
			}
		}
	}
	for _, q := range after.Profiles {
		_, there := before.Profile(q.Name)
		if !there && !slices.ContainsFunc(moves, func(v move) bool { return v.to == q.Name }) {
			part("", q.Name, "")
		}
	}
	all = append(all, viewParts(before, after)...)
	switch {
	case len(all) > 0:
	case !slices.Equal(before.Names(), after.Names()):
		part("", "", store.WhatOrder)
	default:
		part("", "", "")
	}
	return all
}

// differences are what of a profile is not as it was, but for its name.
func differences(p, q config.Profile) (all []store.What) {
	switch {
	case !p.Disabled && q.Disabled:
		all = append(all, store.WhatOff)
	case p.Disabled && !q.Disabled:
		all = append(all, store.WhatOn)
	}
	if !slices.Equal(p.Tags, q.Tags) {
		all = append(all, store.WhatTags)
	}
	for _, r := range []*config.Profile{&p, &q} {
		r.Name, r.Tags, r.Disabled, r.Line, r.Problems = "", nil, false, 0, nil
		r.RefreshInterval, r.RequestTimeout = 0, 0 // They can be those of the file.
	}
	if !reflect.DeepEqual(p, q) {
		all = append(all, "")
	}
	return all
}

// signs are the tags that were added and those that were taken away, a line each, as a
// person types them.
func signs(before, after []string) string {
	var lines []string
	for _, tag := range after {
		if !slices.Contains(before, tag) {
			lines = append(lines, "+"+tag)
		}
	}
	for _, tag := range before {
		if !slices.Contains(after, tag) {
			lines = append(lines, "-"+tag)
		}
	}
	return strings.Join(lines, "\n")
}
