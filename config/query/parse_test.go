package query_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/config/query"
)

// TestErrors says where a query is wrong and what would be right.
func TestErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		query   string
		column  int
		message string
	}{
		{`stat:ok`, 1, `there is no field "stat"; did you mean "state"?`},
		{`ok é !sate:ok`, 7, `there is no field "sate"; did you mean "state"?`},
		{`http://x`, 1, `there is no field "http"; a text with a colon in it stands in quotes`},
		{`-tag:prod`, 1, `there is no field "-tag"; ! turns a term round, as in !tag:prod`},
		{`e-mail:x`, 1, `there is no field "e-mail"; did you mean "email"?`},
		{`ends:14d`, 5, `ends is compared, as in ends<14d`},
		{`left:10%`, 5, `left is compared, as in left<10%`},
		{`state:helthy`, 7, `there is no state "helthy"; did you mean "healthy"?`},
		{`state:healthy,inv`, 15, `there is no state "inv"; did you mean "invalid_token"?`},
		{`state:fail`, 7, `there is no state "fail"; did you mean "severity:fail"?`},
		{`severity:"x y"`, 10, `there is no severity "x y"; it is one of ok, warn, fail, none`},
		{`verdict:zebra`, 9, `there is no verdict "zebra"; it is one of healthy, expiring, no_user, rate_limited, invalid_token, ` +
			`wrong_account, bad_request, unreachable, disabled`},
		{`urgency:son`, 9, `there is no urgency "son"; did you mean "soon"?`},
		{`tag:`, 4, `a value is wanted after tag:, such as prod`},
		{`state:`, 6, `a value is wanted after state:, such as healthy`},
		{`user:`, 5, `a value is wanted after user:, such as NAME`},
		{`tag:a,`, 6, `a value is wanted on both sides of a comma`},
		{`tag:,a`, 5, `a value is wanted on both sides of a comma`},
		{`tag:a,,b`, 6, `a value is wanted on both sides of a comma`},
		{`tag:a,!b`, 7, `! stands before the whole term, as in !tag:prod`},
		{`tag=prod`, 4, `a value stands after a colon, as in tag:prod`},
		{`!`, 1, `! stands right before a term, as in !ok`},
		{`ok ! tag:x`, 4, `! stands right before a term, as in !ok`},
		{`x "a b`, 3, `the quote that begins here has no end`},
		{`""`, 1, `there is nothing to look for here; write a word`},
		{`ends<`, 5, `a length of time such as 14d or 12h is wanted after ends<`},
		{`ends<14`, 6, `a length of time such as 14d or 12h is wanted after ends<`},
		{`ends>=-1d`, 7, `a length of time such as 14d or 12h is wanted after ends>=`},
		{`ends<10%`, 6, `a length of time such as 14d or 12h is wanted after ends<`},
		{`left<14d`, 6, `a share such as 10% is wanted after left<`},
		{`left<`, 5, `a share such as 10% is wanted after left<`},
		{`left<101%`, 6, `a share such as 10% is wanted after left<`},
		{`left<Inf%`, 6, `a share such as 10% is wanted after left<`},
		{`ends=14d`, 5, `ends is compared by <, <=, > or >=, as in ends<14d`},
		{`ends=<14d`, 5, `ends is compared by <, <=, > or >=, as in ends<14d`},
		{`end<14d`, 1, `there is no measure "end"; did you mean "ends"?`},
		{`zebra<14d`, 1, `there is no measure "zebra"; there are ends, since, left, checked, changed`},
		{`state<x`, 6, `state is not compared; a value stands after a colon, as in state:healthy`},
		{`ends < 14d`, 6, `a measure stands right before <, as in ends<14d`},
	} {
		_, err := query.Parse(tt.query, vocabulary())
		var e *query.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		if e.Column != tt.column || e.Message != tt.message {
			t.Errorf("%s:\n got %d %s\nwant %d %s", tt.query, e.Column, e.Message, tt.column, tt.message)
		}
	}
	if _, err := query.Parse("tag:", vocabulary()); err.Error() != "character 4: a value is wanted after tag:, such as prod" {
		t.Errorf("the error is %v", err)
	}
}

// TestReadable leaves out what is wrong.
func TestReadable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "tag:a ok": "tag:a ok", "ends<": "", "tag:a ends<14 ok": "tag:a ok", `tag:a x "b c`: "tag:a x", "! x stat:y": "x",
	} {
		q, err := query.Readable(in, vocabulary())
		_, strict := query.Parse(in, vocabulary())
		if q.String() != want || (err == nil) != (strict == nil) || err != nil && err.Error() != strict.Error() {
			t.Errorf("%s: %s, want %s (%v, %v)", in, q, want, err, strict)
		}
	}
}

// TestString writes queries in one way.
func TestString(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "  a   b ": "a b", "!!fail": "fail", "!!!x": "!x", "Invalid-Token": "invalid_token", `x"y z"`: `"xy z"`,
		`tag:"a b",c,"d,e","f"`: `tag:"a b",c,"d,e",f`, `tag:""`: `tag:""`, `tag:"!x"`: `tag:"!x"`, `"a\"\\b"`: `"a\"\\b"`, `"a\b"`: `"a\\b"`,
		`tag:a\b`: `tag:a\b`, "Ends<=1w": "ends<=1w", "CHANGED": "changed", `"changed"`: `"changed"`, "Zoë": "Zoë",
		`state:"invalid token"`: "state:invalid_token",
	} {
		q, err := query.Parse(in, vocabulary())
		if got := q.String(); got != want || err != nil {
			t.Errorf("%s: %s, want %s (%v)", in, got, want, err)
		}
	}
}

// TestAnd has each term once, however often it was asked.
func TestAnd(t *testing.T) {
	t.Parallel()
	parsed := func(text string) query.Query {
		q, err := query.Parse(text, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	for _, c := range [][3]string{
		{"tag:client", "tag:client", "tag:client"}, {"tag:client", "!tag:client", "tag:client !tag:client"},
		{"", "prod", "prod"}, {"prod tag:a", "tag:b prod", "prod tag:a tag:b"}, {"a a", "", "a"},
	} {
		if got := parsed(c[0]).And(parsed(c[1])).String(); got != c[2] {
			t.Errorf("%q and %q is %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// TestKeys names all that can be asked.
func TestKeys(t *testing.T) {
	t.Parallel()
	want := "email host kind label name org scope service severity source state tag urgency user verdict"
	if got := strings.Join(slices.Sorted(slices.Values(query.Keys())), " "); got != want {
		t.Errorf("the keys are %s", got)
	}
	if got := strings.Join(query.Measures(), " "); got != "ends since left checked changed" {
		t.Errorf("the measures are %s", got)
	}
}

// FuzzParse reads anything: what is written of a query that was read is that
// query, and an error points into the text.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", `zoë fail !kim "two words" tag:x,"a b",`, `state:"invalid token" ends<=14d left>1.5%`, `!!"a\"b\\" ""`, `x"y`, "ends<", "tag:", `"\`, "!\"",
		"a=b :c <d \xff", "tag:a,!b", "state:", `note:"`, "!!!",
	} {
		f.Add(s, 3)
	}
	row := query.Index(rowOf("name=work state=no_user tag=prod ends?=5"))
	f.Fuzz(func(t *testing.T, text string, cursor int) {
		completeAll(t, text, cursor)
		q, err := query.Parse(text, vocabulary())
		if err != nil {
			var e *query.Error
			if !errors.As(err, &e) || e.Column < 1 || e.Column > utf8.RuneCountInString(text) || e.Message == "" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := query.Parse(q.String(), vocabulary())
		if err != nil || !reflect.DeepEqual(again, q) {
			t.Fatalf("%q becomes %q, which is another query (%v)", text, q, err)
		}
		if q.Match(row) != again.Match(row) {
			t.Fatalf("%q and %q find different rows", text, again)
		}
		if q.Match(row) && !q.May(row, configured) {
			t.Fatalf("%q leaves out a row that answers it", text)
		}
	})
}

// TestTold has the values of a query told in another way, but for those of closed lists.
func TestTold(t *testing.T) {
	t.Parallel()
	q, err := query.Parse(`sam !org:otter,"a b" tag:prod state:healthy now ends<30d "fine"`, vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	before := q.String()
	told := q.Told(func(kind, value string) string { return "<" + kind + " " + strings.ToUpper(value) + ">" })
	const want = `<word SAM> !org:"<org OTTER>","<org A B>" tag:"<tag PROD>" state:healthy now ends<30d "<word FINE>"`
	if told != want || q.String() != before {
		t.Errorf("told is %s\nwant    %s\nthe query %s", told, want, q.String())
	}
}
