package service_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
)

// many is a list of n elements.
func many(n int, element string) string {
	return "[" + strings.TrimSuffix(strings.Repeat(element+",", n), ",") + "]"
}

type org struct {
	ID string `json:"id"`
}

func TestOfALongListTheFirstAreKept(t *testing.T) {
	var ids []string
	for i := range 400_000 {
		ids = append(ids, fmt.Sprintf(`{"id":"%d"}`, i))
	}
	body := ` {"before": 1, "orgs" : [ ` + strings.Join(ids, " ,\n") + ` ] , "after": "]"}`
	var got struct {
		Orgs  service.List[org] `json:"orgs"`
		After string            `json:"after"`
	}
	if problem := service.Decode(service.Answer{Body: []byte(body)}, &got); problem != "" {
		t.Fatal(problem)
	}
	l := got.Orgs
	if len(l.Kept) != account.MaxListed || cap(l.Kept) > 2*account.MaxListed || l.Told != 400_000 || l.Total() != 400_000 || got.After != "]" {
		t.Errorf("%d of %d are kept, with room for %d", len(l.Kept), l.Told, cap(l.Kept))
	}
	for i, o := range l.Kept {
		if o.ID != fmt.Sprint(i) {
			t.Fatalf("number %d is %s", i, o.ID)
		}
	}
}

// What is wrong with an answer is told in the same words, wherever in a list it stands.
func TestWhatIsWrongBehindTheBound(t *testing.T) {
	long := strings.TrimSuffix(many(account.MaxListed+10, `{"id":"x"}`), "]")
	for body, want := range map[string]string{
		`{"orgs":` + long + `]}`:         "",
		`{"orgs":` + long + `,null]}`:    "",
		`{"orgs":` + long:                "breaks off",
		`{"orgs":` + long + `,{"id":]}`:  "not JSON",
		`{"orgs":` + long + `]]}`:        "not JSON",
		`{"orgs":` + long + `,5]}`:       "is a number where an object was promised",
		`{"orgs":[{"id":"x"},{"id":5}]}`: "In the answer, orgs.id is a number where text was promised",
		`{"orgs":"x"}`:                   "In the answer, orgs is text where a list was promised",
		`{"orgs":{}}`:                    "In the answer, orgs is an object where a list was promised",
		`{"orgs":null}`:                  "",
	} {
		var got struct {
			Orgs service.List[org] `json:"orgs"`
		}
		problem := service.Decode(service.Answer{Body: []byte(body)}, &got)
		if !strings.Contains(problem, want) || (problem == "") != (want == "") {
			t.Errorf("%.40s…: %q, want %q", body, problem, want)
		}
	}
}

func TestPagesOfAListAreOneList(t *testing.T) {
	var all, page service.List[org]
	if all.Add(page); all.Kept != nil {
		t.Error("a list came from nowhere")
	}
	for range 3 {
		if problem := service.Decode(service.Answer{Body: []byte(many(1500, `{"id":"x"}`))}, &page); problem != "" {
			t.Fatal(problem)
		}
		all.Add(page)
	}
	if len(all.Kept) != account.MaxListed || all.Told != 4500 {
		t.Errorf("%d of %d", len(all.Kept), all.Told)
	}
}

func TestSoughtAnywhereInAList(t *testing.T) {
	body := strings.TrimSuffix(many(300_000, `{"id":"x"}`), "]") + `,{"id":"mine"}]`
	s := service.Sought[org]{Wanted: func(o org) bool { return o.ID == "mine" }}
	if problem := service.Decode(service.Answer{Body: []byte(body)}, &s); problem != "" || s.Found == nil || s.Told != 300_001 {
		t.Errorf("%q, %+v of %d", problem, s.Found, s.Told)
	}
}

func TestKeyedLists(t *testing.T) {
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, `"k%d":{"id":"%d"},`, i, i)
	}
	body := []byte(`{` + b.String() + `"sub":{"id":"me"}}`)
	var k service.Keyed[org]
	if problem := service.Decode(service.Answer{Body: body}, &k); problem != "" || len(k.Kept) != account.MaxListed || k.Told != 100_001 || k.Kept["k7"].ID != "7" {
		t.Errorf("%q, %d of %d", problem, len(k.Kept), k.Told)
	}
	if err := k.Unmarshal(body, "sub"); err != nil || len(k.Kept) != account.MaxListed+1 || k.Kept["sub"].ID != "me" {
		t.Errorf("%v, %d", err, len(k.Kept))
	}
}

// A tree is what the standard decoder makes of the same text, up to the bounds.
func TestTree(t *testing.T) {
	for _, body := range []string{
		`{"a":[1,-2.5e3,"x\n\u0041\ud83d\ude00",true,false,null,{"b":{}}],"c":[]," d\"]}":[[[]]]}`, "[]", " 5 ", `"\\"`, "null",
		"[\n1 ,\t2\r]", `{"a":1,"a":2}`,
	} {
		var want any
		d := json.NewDecoder(strings.NewReader(body))
		d.UseNumber()
		if err := d.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if got, ok := service.Tree([]byte(body), nil); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %#v, want %#v", body, got, want)
		}
	}
	for _, body := range []string{"", "{", `{"a":1}}`, "[1,]", "nul"} {
		if got, ok := service.Tree([]byte(body), nil); ok {
			t.Errorf("%s is %v", body, got)
		}
	}
	got, _ := service.Tree([]byte(`{"orgs":`+many(400_000, `{"id":1}`)+`}`), nil)
	list := got.(map[string]any)["orgs"].([]any)
	if len(list) != account.MaxListed+1 || list[account.MaxListed] != (service.Rest{More: 400_000 - account.MaxListed}) {
		t.Errorf("%d elements, the last %v", len(list), list[len(list)-1])
	}
	got, _ = service.Tree([]byte(many(1500, many(1300, "1"))), nil)
	kept := 0
	for _, inner := range got.([]any) {
		if inner, ok := inner.([]any); ok {
			kept += len(inner)
		}
	}
	if kept > 50*account.MaxListed {
		t.Errorf("%d values are kept", kept)
	}
}

// FuzzTree has both decoders read anything.
func FuzzTree(f *testing.F) {
	for _, body := range []string{
		`{"a":[1,"]",{"b":null}]}`, `[[],{},"\\\""]`, "\ufeff{}", `{"a":tru}`, `{"a" 1}`, `{"a":1 "b":2}`, `{5:1}`, `{"a":1,}`, `[1 2]`, `[1}`, "[",
		`[0,-0,1.5,1e5,2E-7,-1.25e+3]`, `-`, `01`, `1.`, `.5`, `1e`, `1e+`, `+1`, `0x1`, `1 1`, "[\"\xff\xed\xa0\x80\"]", `"\b\f\n\r\t\/\u00Ef"`, `"\x"`, `"\u12g4"`, `"\u12`,
		`"\`, "\"\t\"", "\f1", "\v", "\u00a01", strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001),
		strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000), strings.Repeat(`{"a":`, 10_001) + "1" + strings.Repeat("}", 10_001),
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var want any
		d := json.NewDecoder(strings.NewReader(string(body)))
		d.UseNumber()
		valid := json.Valid(body)
		got, ok := service.Tree(body, nil)
		if ok != valid {
			t.Fatalf("%q: %v", body, ok)
		}
		if len(body) > account.MaxListed || !ok {
			return
		}
		if err := d.Decode(&want); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %#v, want %#v", body, got, want)
		}
		var list []json.RawMessage
		var kept service.List[json.RawMessage]
		err, keptErr := json.Unmarshal(body, &list), json.Unmarshal(body, &kept)
		if (err == nil) != (keptErr == nil) || !slices.EqualFunc(list, kept.Kept, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
			t.Errorf("%q: %q, %v; %q, %v", body, list, err, kept.Kept, keptErr)
		}
	})
}
