package query_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"rollcall/config/query"
)

// TestNarrows says which queries only narrow others, as letters are written.
func TestNarrows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"", "a", true}, {"a", "", false}, {"a", "ab", true}, {"ab", "a", false}, {"a", "xa", true}, {"a b", "b ca", true},
		{"!a", "!ab", false}, {"!ab", "!a", true}, {"!a", "a", false}, {"a", "!a", false},
		{"user:s", "user:sa", true}, {"user:sa", "user:s", false}, {"user:s", "!user:sa", false}, {"!user:s", "!user:sa", false},
		{"user:s", "user:s,k", false}, {"user:s,k", "user:ka", true}, {"user:s,k", "user:sa,ki", true}, {`user:""`, "user:s", false},
		{"user:s", `user:""`, false}, {`user:""`, `user:""`, true}, {"user:s", "email:s", false}, {"sam", "user:sam", false},
		{"tag:pro", "tag:prod", false}, {"tag:prod,dev", "tag:prod", true}, {"state:healthy", "state:healthy,expiring", false},
		{"off", "urgency:off", true}, {"off", "off tag:x", true}, {"!off user:s", "!off user:sam", true}, {"!off", "off", false},
		{"ends<30d", "ends<3d", true}, {"ends<3d", "ends<30d", false}, {"ends>30d", "ends>3d", false}, {"ends>3d", "ends>30d", true},
		{"ends<3d", "ends<=3d", false}, {"ends<=3d", "ends<3d", true}, {"ends<3d", "ends<3d", true}, {"ends<3d", "ends>1d", false},
		{"!ends<3d", "!ends<30d", true}, {"ends<3d", "since<1d", false}, {"changed", "changed x", true}, {"changed", "!changed", false},
		{"changed", "changed<1d", false},
	} {
		from, err := query.Parse(tt.from, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		to, err := query.Parse(tt.to, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if got := to.Narrows(from); got != tt.want {
			t.Errorf("%q after %q: %v, want %v", tt.to, tt.from, got, tt.want)
		}
	}
}

// TestNarrowsTruly holds queries of any terms to what they say: who answers one that
// narrows another answers that one.
func TestNarrowsTruly(t *testing.T) {
	t.Parallel()
	terms := strings.Fields(`a ab abc b bc c user:a user:ab user:b,c user:"" tag:a tag:ab tag:ab,b tag:"" state:no_user state:no_user,healthy ok ` +
		`changed ends<1d ends<=1d ends<2d ends>1d ends>=1d ends>2d kind:a kind:ab kind:a,b scope:"",b`)
	random := rand.New(rand.NewPCG(1, 2))
	any := func(of []string) string { return of[random.IntN(len(of))] }
	written := func() query.Query {
		var all []string
		for range 1 + random.IntN(3) {
			all = append(all, any([]string{"", "!"})+any(terms))
		}
		q, err := query.Parse(strings.Join(all, " "), vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	var rows []query.Indexed
	for range 300 {
		var all []string
		for _, key := range []string{"name", "user", "tag", "kind", "scope"} {
			if random.IntN(3) > 0 {
				all = append(all, key+"="+any([]string{"a", "ab", "abc", "b", "xbc", "Ab_c"}))
			}
		}
		all = append(all, "state="+any([]string{"no_user", "healthy"}), any([]string{"", "changed=changed"}), any([]string{"", "ends?=86400", "ends?=100", "ends?=172800"}))
		rows = append(rows, query.Index(rowOf(strings.Join(all, " "))))
	}
	narrowed := 0
	for range 3000 {
		wide, narrow := written(), written()
		if random.IntN(2) == 0 {
			narrow = narrow.And(wide)
		}
		if !narrow.Narrows(wide) {
			continue
		}
		narrowed++
		for _, r := range rows {
			if narrow.Match(r) && !wide.Match(r) {
				t.Fatalf("%q is answered by what does not answer %q", narrow, wide)
			}
		}
	}
	if narrowed < 500 {
		t.Errorf("only %d of the queries narrow another", narrowed)
	}
}
