package query_test

import (
	"fmt"
	"slices"
	"testing"

	"rollcall/config/query"
)

// TestMatch asks a few profiles all that the language has.
func TestMatch(t *testing.T) {
	t.Parallel()
	const day = 24 * 60 * 60
	rows := map[string]profile{
		"work": rowOf("name=work state=healthy verdict=healthy severity=ok urgency=fine tag=prod tag=Team_A service=harbor service=Harbor_Works " +
			"label=Main user=Zoë_Müller user=zoe email=Zoe@example.org org=Łódź_Labs host=api.example.org source=env_TOKEN scope=repo:read kind=personal " +
			"left?=0.05 checked?=60 changed?=3600"),
		"old": rowOf("name=old state=invalid_token verdict=invalid_token severity=fail urgency=now tag=nonprod service=onlyone user=Kim_Straße " +
			"host=git.example.net:8443 changed=user " + fmt.Sprintf("ends?=%d since?=%d left?=0.5", -day, 3*day)),
		"next": rowOf("name=next state=unreachable verdict=healthy severity=fail urgency=waiting service=harbor " +
			fmt.Sprintf("ends?=%d since?=60 left?=0.10", 10*day)),
		"off": rowOf("name=off state=disabled severity=none urgency=off tag=a,b tag=!x note=it_is_so"),
	}
	for _, tt := range []struct{ query, want string }{
		{"", "next off old work"},
		{"  \t ", "next off old work"},
		// A text anywhere, whatever its case and accents.
		{"wor", "work"},
		{"WORK", "work"},
		{"zoe", "work"},
		{"ZOË", "work"},
		{"muller", "work"},
		{"Mu\u0308ller", "work"},
		{"lodz", "work"},
		{"ŁÓDŹ", "work"},
		{"strasse", "old"},
		{"STRAẞE", "old"},
		{"example.org", "work"},
		{"prod", "old work"},
		{"harbor", "next work"},
		{"onlyone", "old"},
		{"main", "work"},
		{"works", "work"},
		{"zoe harbor", "work"},
		{"zoe onlyone", ""},
		{"nothing", ""},
		// These are not looked through.
		{"api.example", ""},
		{"repo", ""},
		{"personal", ""},
		// The state in both ways of writing, also by a part.
		{"invalid_tok", "old"},
		{`"invalid token"`, "old"},
		{"unreach", "next"},
		// Words with a meaning, which quotes take away.
		{"ok", "work"},
		{"fail", "next old"},
		{"FAIL", "next old"},
		{"now", "old"},
		{"off", "off"},
		{"healthy", "work"},
		{"invalid-token", "old"},
		{"invalid_token", "old"},
		{"changed", "old"},
		{"Changed", "old"},
		{`"fail"`, ""},
		{`"now"`, ""},
		{`"off"`, "off"},
		{"none", ""},
		{"severity:none", "off"},
		// Fields.
		{"state:healthy,unreachable", "next work"},
		{"STATE:Healthy", "work"},
		{"state:invalid-token", "old"},
		{`state:"invalid token"`, "old"},
		{"verdict:healthy", "next work"},
		{"severity:fail", "next old"},
		{"urgency:now,off", "off old"},
		{"tag:prod", "work"},
		{"tag:PROD", "work"},
		{"tag:pro", ""},
		{`tag:"team a"`, "work"},
		{`tag:team" "a`, "work"},
		{`tag:"a,b"`, "off"},
		{"tag:a,b", ""},
		{`tag:"!x"`, "off"},
		{`tag:x,"team a",nonprod`, "old work"},
		{"service:harbor", "next work"},
		{"service:harb", ""},
		{`service:"harbor works"`, "work"},
		{"name:or", "work"},
		{"label:mai", "work"},
		{"user:kim,zoe", "old work"},
		{"user:müller", "work"},
		{"email:@example.org", "work"},
		{"org:lodz", "work"},
		{"host:example", "old work"},
		{"host:net:8443", "old"},
		{"source:env", "work"},
		{"scope:repo:", "work"},
		{"kind:PERS", "work"},
		{`tag:""`, "next"},
		{`!tag:""`, "off old work"},
		{`verdict:""`, "off"},
		{`tag:"",prod`, "next work"},
		// Comparisons. What is not known matches none of them.
		{"ends<14d", "next old"},
		{"ends<2w", "next old"},
		{"ends>0", "next"},
		{"ends<0s", "old"},
		{"ends<10d", "old"},
		{"ends<=10d", "next old"},
		{"ends>=10d", "next"},
		{"ends>10d", ""},
		{"ends<1y", "next old"},
		{"!ends<14d", "off work"},
		{"!ends>0", "off old work"},
		{"since>1h", "old"},
		{"since<=1m", "next"},
		{"left<10%", "work"},
		{"left<=10%", "next work"},
		{"left>=50%", "old"},
		{"left<100%", "next old work"},
		{"left<7.5%", "work"},
		{"checked<1h30m", "work"},
		{"changed<1d", "work"},
		{`ends<"14d"`, "next old"},
		// The term turned round.
		{"!ok", "next off old"},
		{"!!ok", "work"},
		{"!zoe", "next off old"},
		{"!changed", "next off work"},
		{"!tag:prod,nonprod", "next off"},
		{"!fail !off", "work"},
		{`!"team a"`, "next off old"},
		{"fail !now", "next"},
		// What has no meaning is a text.
		{"api.example.org:443", ""},
		{"a=b", ""},
		{`"tag:prod"`, ""},
		{":", ""},
		{"a,b", "off"},
		{`"a\"b"`, ""},
	} {
		q, err := query.Parse(tt.query, vocabulary())
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		var got []string
		for name, row := range rows {
			if q.Match(query.Index(row)) {
				got = append(got, name)
			}
		}
		slices.Sort(got)
		if s := fmt.Sprint(got); s != "["+tt.want+"]" {
			t.Errorf("%s: %s, want [%s]", tt.query, s, tt.want)
		}
	}
}

// TestFold folds letters that people write in several ways.
func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "abc": "abc", "ABC-1": "abc-1", "Ångström": "angstrom", "İstanbul": "istanbul", "ﬁn": "fin", "ＡＢ": "ab",
		"Ænima": "aenima", "Đorđe": "dorde", "ΣΊΣΥΦΟΣ": "σισυφοσ", "σίσυφος": "σισυφοσ", "北京": "北京", "пётр": "петр", "\xff": "\ufffd",
	} {
		if got := query.Fold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestWords takes a query apart for those who compare its words in another way.
func TestWords(t *testing.T) {
	t.Parallel()
	q, err := query.Parse(`Zoë fail !kim "two words" tag:x`, vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	if got := q.Words(); !slices.Equal(got, []string{"zoe", "two words"}) {
		t.Errorf("the words are %q", got)
	}
	if got := q.WithoutWords().String(); got != "fail !kim tag:x" {
		t.Errorf("without the words it is %q", got)
	}
	var none query.Query
	if !none.Empty() || q.Empty() || none.String() != "" || !none.Match(query.Index(profile{})) {
		t.Error("the empty query is not empty")
	}
}

// TestFind says how well the texts of a row hold a word.
func TestFind(t *testing.T) {
	t.Parallel()
	row := query.Index(rowOf("state=no_user tag=Ä name=First org=Roe_Consulting label=Underfirst"))
	if row.Name() != "first" || query.Index(rowOf("tag=x")).Name() != "" {
		t.Errorf("the name is %q", row.Name())
	}
	for word, want := range map[string]query.Found{
		"rst": query.InName, "a": query.AtWord, "no": query.AtWord, "no user": query.AtWord, "user": query.AtWord,
		"ser": query.InText, "consult": query.AtWord, "derfi": query.InText, "under": query.AtWord,
		"tno": query.NotFound, "zebra": query.NotFound, "firstno": query.NotFound,
	} {
		if got := row.Find(word); got != want {
			t.Errorf("%s: %d, want %d", word, got, want)
		}
	}
}

// BenchmarkMatch runs queries of several kinds over 10,000 rows, as each letter in
// the filter does.
func BenchmarkMatch(b *testing.B) {
	rows := make([]query.Indexed, 10_000)
	for i := range rows {
		rows[i] = query.Index(rowOf(fmt.Sprintf("name=profile-%d state=healthy severity=ok tag=prod tag=team-%d service=harbor service=Harbor "+
			"label=Some_label user=Sam_Müller user=sam%d email=sam%d@example.org org=Roe_Consulting org=Acme ends?=%d", i, i%7, i, i, i*1000)))
	}
	for _, text := range []string{"consult", "nothing", "fail", "!ok tag:team-3", "user:müller", "ends<7d prod"} {
		q, err := query.Parse(text, vocabulary())
		if err != nil {
			b.Fatal(err)
		}
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, r := range rows {
					q.Match(r)
				}
			}
		})
	}
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		p := rowOf("name=Profile state=no_user tag=prod service=harbor label=Some_label user=Sam_Müller email=sam@example.org org=Acme")
		for b.Loop() {
			query.Index(p)
		}
	})
}

// TestMatchMakesNothing holds plain words and exact values to no allocation, since
// they run over all rows for each letter.
func TestMatchMakesNothing(t *testing.T) {
	row := query.Index(rowOf("name=work state=healthy severity=ok tag=PROD user=Zoe ends?=5"))
	for _, text := range []string{"wor", "zoe !x", "ok", "tag:prod", "user:zo,kim", "ends<14d", "nothing"} {
		q, err := query.Parse(text, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(100, func() { q.Match(row) }); n > 0 {
			t.Errorf("%s makes %v new values", text, n)
		}
	}
}
