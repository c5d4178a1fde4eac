package talk

import (
	"strings"
	"testing"

	"rollcall/client/account"
)

// FuzzLines types anything into a conversation: it hears each line, prints nothing that
// a terminal would obey, and ends.
func FuzzLines(f *testing.F) {
	f.Add("l all\nshow 1\nhistory 1\nq\n")
	f.Add("filter tag:a ends<7d\nsort due\nmark 1-3,b\nsnooze marked 7d later\nyes\n")
	f.Add("rotate 1\nkt-new\nno\r\x1b[31m\u202e\x00\rhelp\rundo\r")
	f.Fuzz(func(t *testing.T, typed string) {
		w := newWorld(t, settings("a")+settings("b"))
		w.keep("a", "kt-old")
		o := w.options()
		o.Secret = nil
		var out strings.Builder
		c := New(t.Context(), strings.NewReader(typed), &out, o)
		events := make(chan account.Event, 1)
		events <- account.Event{Snapshots: []account.Snapshot{checked("a", "a.example", account.Healthy), checked("b", "b.example", account.InvalidToken)}}
		c.Run(t.Context(), events, nil)
		if at := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && (r < ' ' || 0x7f <= r && r < 0xa0) }); at >= 0 {
			t.Errorf("%q was printed", out.String()[max(0, at-20):min(out.Len(), at+20)])
		}
	})
}
