package config

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rollcall/config/credential"
)

// TestApplyAllChangesWhatOneAfterTheOtherWould makes edits of documents as people write
// them, and compares what comes of it with the same edits made in the whole document.
func TestApplyAllChangesWhatOneAfterTheOtherWould(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, in one goroutine")
	}
	t.Parallel()
	made, refused := 0, 0
	for name, data := range corpus(t) {
		for seed := range uint64(40) {
			edits := someEdits(t, data, rand.New(rand.NewPCG(seed, 15)))
			want, wrong := edit(bytes.Clone(data), func(d *document) error {
				for _, e := range edits {
					if err := e.make(d); err != nil {
						return err
					}
				}
				return nil
			})
			got, _, err := ApplyAll(bytes.Clone(data), edits)
			if (err == nil) != (wrong == nil) || !bytes.Equal(got, want) {
				t.Errorf("%s, %d: %v, %v\n%+v\n%q\nwant\n%q", name, seed, err, wrong, edits, got, want)
			}
			if made++; err != nil {
				refused++
			}
		}
	}
	if refused == 0 || refused > made/2 {
		t.Errorf("%d of %d are refused", refused, made)
	}
}

// someEdits are edits that each can be made after those before it, mostly.
func someEdits(t *testing.T, data []byte, chance *rand.Rand) (edits []Edit) {
	t.Helper()
	d, err := open(data)
	if err != nil {
		t.Fatal(err)
	}
	names := d.order
	for i := range 2 + chance.IntN(6) {
		if len(names) == 0 {
			break
		}
		at := chance.IntN(len(names))
		name, fresh := names[at], fmt.Sprintf("new %d", i)
		all := []Edit{
			{Kind: EditTag, Profile: name, Tags: []string{"t", fresh}}, {Kind: EditTag, Profile: name, Untag: []string{"t", "prod"}},
			{Kind: EditDisable, Profile: name}, {Kind: EditEnable, Profile: name}, {Kind: EditMove, Profile: name, By: 1 - 2*chance.IntN(2)},
			{Kind: EditAdd, Draft: Draft{Name: fresh, Provider: "katapult", Source: credential.SourceEnv, Reference: "A", Tags: []string{"t"}}},
			{Kind: EditDuplicate, Profile: name, To: fresh}, {Kind: EditRename, Profile: name, To: fresh}, {Kind: EditRemove, Profile: name},
			{Kind: EditKeepView, View: View{Name: fresh, Query: "tag:t"}},
		}
		e := all[chance.IntN(len(all))]
		edits = append(edits, e)
		switch e.Kind {
		case EditAdd, EditDuplicate:
			names = append(names, fresh)
		case EditRename:
			names[at] = fresh
		case EditRemove:
			names = append(names[:at:at], names[at+1:]...)
		}
	}
	return edits
}

// TestApplyAllTakesBackWhatIsRefused makes nothing of an edit that is refused half way,
// so that the others are told as they would be without it.
func TestApplyAllTakesBackWhatIsRefused(t *testing.T) {
	t.Parallel()
	const file = "default_profile = 'a'\n[profiles.a]\nprovider = 'katapult'\n[profiles.b]\nprovider = 'katapult'\n"
	_, _, err := ApplyAll([]byte(file), []Edit{
		// The name is free and would be taken before the secret is refused.
		{Kind: EditUpdate, Profile: "a", Draft: Draft{Name: "c", Provider: "katapult", Source: credential.SourceLiteral}},
		{Kind: EditRename, Profile: "b", To: "c"},
		{Kind: EditTag, Profile: "a", Tags: []string{"x"}},
		{Kind: EditTag, Profile: "b", Tags: []string{"x"}},
	})
	const want = "nothing was changed\nc: the file has no such secret to keep; choose another source for it\nb: there is no profile \"b\""
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
}

// BenchmarkApplyAll is a tag more for every profile of a file.
func BenchmarkApplyAll(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var file strings.Builder
			var edits []Edit
			for i := range n {
				fmt.Fprintf(&file, "# number %d\n[profiles.p%05d]\nprovider = \"github\"\ntoken    = { env = \"TOKEN_%d\" }\nlabel    = \"Profile %d\"\ntags     = [\"prod\"]\n\n", i, i, i, i)
				edits = append(edits, Edit{Kind: EditTag, Profile: fmt.Sprintf("p%05d", (i*7919)%n), Tags: []string{"new"}})
			}
			data := []byte(file.String())
			b.ReportAllocs()
			for b.Loop() {
				if _, made, err := ApplyAll(data, edits); err != nil || len(made) != n {
					b.Fatalf("%d, %v", len(made), err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/edit")
		})
	}
}
