package talk

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"rollcall/config"
	"rollcall/config/credential"
)

func TestNumbered(t *testing.T) {
	for _, tt := range []struct {
		answer string
		want   []int
		ok     bool
	}{
		{"all", []int{0, 1, 2, 3, 4}, true}, {"None", nil, true}, {"1", []int{0}, true}, {"5, 2-3 2", []int{1, 2, 4}, true},
		{"", nil, false}, {"0", nil, false}, {"6", nil, false}, {"3-2", nil, false}, {"1 x", nil, false}, {"-1", nil, false}, {"2-", nil, false},
	} {
		if got, ok := Numbered(tt.answer, 5); !slices.Equal(got, tt.want) || ok != tt.ok {
			t.Errorf("%q: %v, %v", tt.answer, got, ok)
		}
	}
}

// TestImport tells what the machine has, and adds what is named.
func TestImport(t *testing.T) {
	w := newWorld(t, settings("work"))
	o := w.options()
	o.Finds = func(context.Context) []Find {
		find := func(name string) Find {
			return Find{"the account " + name, config.Draft{Name: name, Provider: "katapult", Source: credential.SourceEnv, Reference: "A"}}
		}
		return []Find{find("first"), find("second")}
	}
	c := New(t.Context(), strings.NewReader(""), io.Discard, o)
	for _, step := range []struct{ line, want string }{
		{"import", "2 accounts found on this machine:\n1: the account first\n2: the account second\nType import all, or import with the numbers of those to add, such as import 1 3-5."},
		{"import 3", "Name them with numbers from 1 to 2, such as import 1 3-5, or type import all."},
		{"import none", "Nothing was changed."},
		{"import 2", "Added second."},
	} {
		if got := strings.Join(c.do(t.Context(), step.line), "\n"); got != step.want {
			t.Errorf("%s: %q", step.line, got)
		}
	}
	after, err := config.Load(w.from.Path, w.providers())
	if err != nil || !slices.Equal(after.Names(), []string{"work", "second"}) {
		t.Errorf("%q, %v", after.Names(), err)
	}
	o.Finds = func(context.Context) []Find { return nil }
	if got := New(t.Context(), strings.NewReader(""), io.Discard, o).do(t.Context(), "import"); len(got) != 1 || !strings.HasPrefix(got[0], "No account") {
		t.Errorf("%q", got)
	}
}
