package discover_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"rollcall/cmd/discover"
	"rollcall/config/credential"
)

// FuzzFiles puts anything into the files of tools: nothing that is found there then is
// a profile whose path does not lead to a text.
func FuzzFiles(f *testing.F) {
	all := fixtures()
	names := slices.Sorted(maps.Keys(all))
	for i, name := range names {
		f.Add(i, all[name].text)
	}
	f.Fuzz(func(t *testing.T, i int, text string) {
		tool := all[names[uint(i)%uint(len(names))]]
		m := home{files: map[string]string{tool.path: text}, env: tool.env, programs: tool.programs}.machine(t)
		for _, find := range discover.Accounts(t.Context(), m, everyService()) {
			d := find.Draft
			if find.Name == "" || find.Where == "" || find.Tool == "" {
				t.Errorf("%+v", find)
			}
			if find.Problem != "" || d.Source != credential.SourceFile {
				continue
			}
			if err := d.Within.Check(); !d.Within.IsZero() && err != nil {
				t.Errorf("%s: %v", d.Within.Path, err)
			}
			c := credential.File(filepath.Join(m.Home, filepath.FromSlash(d.Reference[2:]))).In(d.Within)
			if secret, _, err := c.Resolve(t.Context()); err != nil || secret == "" {
				t.Errorf("%+v: %v", d.Within, err)
			}
		}
		_ = os.RemoveAll(m.Home)
	})
}
