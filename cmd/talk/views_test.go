package talk

import (
	"os"
	"strings"
	"testing"

	"rollcall/client/insight"
	"rollcall/config"
)

// viewed is the mixed day with saved views, of which one is wrong.
const viewed = `# what Kim looks after
[views.kim]
query = "user:kim"  # the name is enough
sort  = "-name"

[views.broken]
sort = "deu"

`

// TestViews has a person go through saved views, and keep, rename and remove some.
func TestViews(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	data, err := os.ReadFile(w.from.Path)
	if err != nil {
		t.Fatal(err)
	}
	text := viewed + string(data)
	if err := os.WriteFile(w.from.Path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o := w.options()
	o.Manage.Providers.Views = config.ViewWords{Query: o.Words, Sorts: insight.OrderNames(), Columns: insight.Columns()}
	if o.Config, err = config.Load(w.from.Path, o.Manage.Providers); err != nil {
		t.Fatal(err)
	}
	w.plays("views.txt", o, all)
	kept, err := os.ReadFile(w.from.Path)
	if err != nil {
		t.Fatal(err)
	}
	const want = "# what Kim looks after\n[views.kim]\nquery = \"user:kim !ok\"  # the name is enough\nsort  = \"-name\"\n"
	if !strings.Contains(string(kept), want) || !strings.Contains(string(kept), "[views.late]\nquery = \"soon\"\nsort  = \"due\"\n") {
		t.Errorf("the file has\n%s", kept)
	}
}

// TestOrderOfAView is that of the words that the configuration takes.
func TestOrderOfAView(t *testing.T) {
	t.Parallel()
	for sort, want := range map[string]order{
		"": {by: insight.OrderUrgency}, "due": {by: insight.OrderDue}, "-latency": {"latency", true},
	} {
		if got := orderOf(config.View{Sort: sort}); got != want {
			t.Errorf("%q: %+v", sort, got)
		}
	}
}
