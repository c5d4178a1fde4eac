package config

import (
	"testing"

	"rollcall/plainfile/documenttest"
)

// TestDocumentOfKeys holds the tables of the reference to the keys that are read.
func TestDocumentOfKeys(t *testing.T) {
	whole, wrong := read("config.toml", nil)
	if wrong != nil {
		t.Fatal(wrong)
	}
	whole.config()
	asked := func(ask func(*table), values map[string]any) []string {
		one := &table{dec: whole.dec, values: values, report: &report{}}
		ask(one)
		return one.known
	}
	for name, known := range map[string][]string{
		"file":       whole.known,
		"ui":         asked(func(t *table) { t.ui(&UI{}) }, nil),
		"profile":    asked(func(t *table) { t.fill(&Profile{}) }, nil),
		"credential": asked(func(t *table) { t.reference("token") }, map[string]any{"file": "secret"}),
		"view":       asked(func(t *table) { t.fillView(&View{}) }, nil),
		"command":    asked(func(t *table) { t.command(nil) }, nil),
		"theme":      append([]string{"base"}, ThemeRoles()...),
	} {
		documenttest.Table(t, "../.github/docs/configuration.md", name, known)
	}
	documenttest.Table(t, "../.github/docs/hooks.md", "hook", asked(func(t *table) { t.hook(1) }, nil))
}
