package query_test

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/config/query"
)

// tagsAndUsers are values that are there.
func tagsAndUsers(key string) iter.Seq2[string, string] {
	return query.Folded(map[string][]string{
		"tag": {"team a", "prod", "", "nonprod", "x,y", "Prod", "prod"}, "user": {"Zoë Müller", "Kim"}, "name": {"work", "tag-of-war"},
	}[key])
}

// many is how many completions are asked for where all are wanted.
const many = 100

// TestComplete completes queries at a cursor, which is the bar.
func TestComplete(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		// want are the completed queries, with the bar at the end of what was put
		// in.
		want string
	}{
		{"ta|", "tag:|"},
		{"TA|", "tag:|"},
		{"ok !ur|", "ok !urgency:|"},
		{"en|", "ends<|"},
		{"che|", "checked<|"},
		{"chan|", "changed<|; changed|"},
		{"inval|", "invalid_token|"},
		{"fai|", "fail|"},
		{"fa| ok", "fail| ok"},
		{"f|oo ok", "fail| ok; fine| ok"},
		{"sn|", "snoozed|"},
		{"zzz|", ""},
		{`"ta|`, ""},
		{"state:he|", "state:healthy|"},
		{"state:invalid-|", "state:invalid_token|"},
		{"state:healthy,he|", ""},
		{"severity:|", "severity:ok|; severity:warn|; severity:fail|; severity:none|"},
		{"tag:|", `tag:nonprod|; tag:prod|; tag:"team a"|; tag:"x,y"|`},
		{"tag:prod|", "tag:prod|; tag:nonprod|"},
		{"!tag:pr|", "!tag:prod|; !tag:nonprod|"},
		{"tag:prod,|", `tag:prod,nonprod|; tag:prod,"team a"|; tag:prod,"x,y"|`},
		{"tag:pr|od,x", "tag:prod|,x; tag:nonprod|,x"},
		{`tag:"te|`, `tag:"team a"|`},
		{`tag:"team |a" ok`, `tag:"team a"| ok`},
		{"tag:,no|", "tag:,nonprod|"},
		{"user:mul|", `user:"Zoë Müller"|`},
		{"é user:k|", "é user:Kim|"},
		{"label:x|", ""},
		{"ends<|", ""},
		{"stat:|", ""},
		{"ta|g:prod", "tag:|prod"},
		{"|!ok", ""},
	} {
		before, after, _ := strings.Cut(tt.text, "|")
		var got []string
		for _, c := range query.Complete(before+after, utf8.RuneCountInString(before), vocabulary(), many, tagsAndUsers) {
			r := []rune(before + after)
			got = append(got, string(r[:c.From])+c.Text+"|"+string(r[c.To:]))
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.text, s, tt.want)
		}
	}
}

// TestCompleteAnything has all that a term can begin with.
func TestCompleteAnything(t *testing.T) {
	t.Parallel()
	var got []string
	for _, c := range query.Complete("ok ", 3, vocabulary(), many, tagsAndUsers) {
		if c.From != 3 || c.To != 3 {
			t.Errorf("%q is put in at %d to %d", c.Text, c.From, c.To)
		}
		got = append(got, c.Text)
	}
	for _, want := range []string{"tag:", "kind:", "ends<", "left<", "fail", "soon", "no_user", "changed"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not among %q", want, got)
		}
	}
	if slices.Contains(got, "none") {
		t.Error("none is offered, which would be a text to look for")
	}
}

// TestCompleteFew has the first of very many alone, wherever they stand.
func TestCompleteFew(t *testing.T) {
	t.Parallel()
	values := func(string) iter.Seq2[string, string] {
		var all []string
		for i := range 1000 {
			all = append(all, fmt.Sprintf("%c-%03d", "no"[i%2], (i*7)%1000), []string{"Same", "same", ""}[i%3])
		}
		return query.Folded(all)
	}
	for text, want := range map[string]string{
		"name:": "n-000 n-002 n-004", "name:o-": "o-001 o-003 o-005", "name:99": "n-990 n-992 n-994", "name:S": "Same",
		"name:n-000,": "n-002 n-004 n-006", "s": "state: severity: service:",
	} {
		var got []string
		for _, c := range query.Complete(text, len(text), vocabulary(), 3, values) {
			got = append(got, c.Text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", text, s, want)
		}
	}
}

// TestValues has the values of rows with what they are folded, also where the texts of a
// row do not tell that.
func TestValues(t *testing.T) {
	t.Parallel()
	rows := []query.Indexed{
		query.Index(rowOf("name=Work state=no_user user=Zo\u00eb_M user=zoe host=A.example")), query.Index(rowOf("name=b")),
		query.Texts{}.Of(rowOf("name=New user=Kim")),
	}
	for key, want := range map[string]string{
		"name": "Work=work b=b New=new", "user": "Zo\u00eb M=zoe m zoe=zoe Kim=kim", "host": "A.example=a.example",
		"state": "no_user=no_user", "odd": "",
	} {
		var got []string
		for v, folded := range query.Values(key, slices.Values(rows)) {
			got = append(got, v+"="+folded)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", key, s, want)
		}
	}
}

// completeAll holds completions to the text, at any cursor.
func completeAll(t *testing.T, text string, cursor int) {
	t.Helper()
	n := utf8.RuneCountInString(text)
	cursor = max(0, min(cursor, n))
	for _, c := range query.Complete(text, cursor, vocabulary(), many, tagsAndUsers) {
		if c.From < 0 || c.From > cursor || c.To < cursor || c.To > n || c.Text == "" {
			t.Fatalf("%q at %d: %s", text, cursor, fmt.Sprintf("%+v", c))
		}
	}
}

// TestAfter writes on, and says the same as the completion.
func TestAfter(t *testing.T) {
	t.Parallel()
	values := func(string) iter.Seq2[string, string] {
		return query.Folded([]string{`a\b c`, "plain", `say "hi"`, "two words"})
	}
	for text, want := range map[string]string{
		"tag:":       `tag:"a\\b c"|tag:plain|tag:"say \"hi\""|tag:"two words"`,
		"tag:t":      `tag:t"wo words"`,
		"ok !tag:sa": `ok !tag:sa"y \"hi\""`,
		`tag:a`:      `tag:a"\\b c"`,
		`tag:"tw`:    `tag:"two words"`,
		"tag:wor":    "",
	} {
		var got []string
		for _, c := range query.Complete(text, len(text), vocabulary(), many, values) {
			whole := c.After(text)
			if whole == "" {
				continue
			}
			got = append(got, whole)
			this, err := query.Parse(whole, vocabulary())
			other, _ := query.Parse(c.Of(text), vocabulary())
			if err != nil || this.String() != other.String() {
				t.Errorf("%s is not %s: %v", whole, c.Of(text), err)
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestCompleteAll has as many as there are, in the order that few have, each as it was
// written first.
func TestCompleteAll(t *testing.T) {
	t.Parallel()
	var all []string
	for i := range 10_000 {
		all = append(all, []string{"Name", "name"}[i/7_000]+fmt.Sprintf("-%04d", i*7919%7_000))
	}
	values := func(string) iter.Seq2[string, string] { return query.Folded(all) }
	got := query.Complete("name:n", 6, vocabulary(), math.MaxInt, values)
	if len(got) != 7_000 {
		t.Fatalf("%d completions", len(got))
	}
	for i, c := range got {
		if want := fmt.Sprintf("Name-%04d", i); c.Text != want {
			t.Fatalf("%d is %s, want %s", i, c.Text, want)
		}
	}
}

// BenchmarkCompleteAll completes for a shell, which wants all values, in a bad order.
func BenchmarkCompleteAll(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("name-%06d", n-i))
		}
		values := func(string) iter.Seq2[string, string] { return query.Folded(all) }
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				query.Complete("name:n", 6, vocabulary(), math.MaxInt, values)
			}
		})
	}
}
