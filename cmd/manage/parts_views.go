package manage

import (
	"slices"

	"rollcall/client/store"
	"rollcall/config"
)

// viewParts are what has become of the saved views from one configuration to another.
func viewParts(before, after *config.Config) (all []store.Part) {
	part := func(was, became string) {
		all = append(all, store.Part{Kind: store.PartFile, Was: was, Became: became, What: store.WhatView})
	}
	moved := map[string]string{}
	for i, v := range before.Views {
		if _, still := after.View(v.Name); !still && len(before.Views) == len(after.Views) {
			if _, already := before.View(after.Views[i].Name); !already {
				moved[after.Views[i].Name] = v.Name
				part(v.Name, after.Views[i].Name)
				continue
			}
		}
		w, still := after.View(v.Name)
		switch {
		case !still:
			part(v.Name, "")
		case v.Query != w.Query || v.Sort != w.Sort || !slices.Equal(v.Columns, w.Columns):
			part(v.Name, v.Name)
		}
	}
	for _, v := range after.Views {
		if _, already := before.View(v.Name); !already && moved[v.Name] == "" {
			part("", v.Name)
		}
	}
	return all
}
