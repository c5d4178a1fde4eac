package service

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"rollcall/client/account"
)

type longOrg struct {
	ID string `json:"id"`
}

type longAnswer struct {
	User  longOrg                `json:"user"`
	Orgs  List[longOrg]          `json:"orgs"`
	Names List[string]           `json:"names,omitempty"`
	Any   List[json.RawMessage]  `json:"any"`
	Keyed Keyed[longOrg]         `json:"keyed"`
	Maybe Lenient[List[longOrg]] `json:"maybe"`
	Far   *List[longOrg]         `json:"far"`
	None  List[string]           `json:"-"`
}

// ownAnswer is read by itself.
type ownAnswer struct {
	Orgs List[longOrg] `json:"orgs"`
	Read string        `json:"-"`
}

func (o *ownAnswer) UnmarshalJSON(b []byte) error {
	o.Read = string(b)
	return nil
}

// read has both decoders read an answer into what had something in it before, and reports
// whether the quick one did.
func read[T any](t *testing.T, body string, before T) (did bool) {
	t.Helper()
	got, want := before, before
	err := json.Unmarshal([]byte(body), &want)
	if did = readLong([]byte(body), &got); !did {
		want = before
	} else if err != nil {
		t.Errorf("%.300q should be refused: %v", body, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%.300q is %+v, want %+v", body, got, want)
	}
	return did
}

// The quick decoder reads what is usual by itself, and leaves alone what it does not
// understand as the other one does.
func TestLongAnswers(t *testing.T) {
	far := strings.Repeat(`{"id":"a"},`, account.MaxListed+3)
	before := longAnswer{User: longOrg{"before"}, Orgs: List[longOrg]{Kept: []longOrg{{"b"}, {"c"}}, Told: 7}}
	for body, want := range map[string]bool{
		`{"user":{"id":"u"},"orgs":[` + far + `null],"names":["x"]}`:          true,
		`{ "names" : [ ] , "user" : null ,"orgs":[ {"id":"\ud800\u00e4"} ] }`: true,
		"{\"orgs\":[{\"id\":\"\xff\"}],\"else\":[[{}],1.5e-3,true]}":          true,
		`{"keyed":{"a":{}},"maybe":[{"id":1}],"far":[{"id":"x"}],"-":["x"]}`:  true,
		`{"orgs":[{},{"id":"x"},{}]}`:                                         true,
		`{"ORGS":[{"id":"x"}]}`:                                               true,
		`{"orgs":[` + far + `{"id":5}]}`:                                      true,
		`{}`:                                                                  true,
		`{"orgs":[` + far + `5]}`:                                             false,
		`{"orgs":[` + far + `{"id":}]}`:                                       false,
		`{"orgs":[` + far + `{}}`:                                             false,
		`{"orgs":[` + far + `{}]`:                                             false,
		`{"orgs":[` + far + `{}],}`:                                           false,
		`{"orgs":[` + far + `{}]}]`:                                           false,
		`{"orgs":[{"id":5}]}`:                                                 false,
		`{"orgs":[{}],"user":5}`:                                              false,
		`{"orgs":[{}],"orgs":null}`:                                           false,
		`{"orgs":null}`:                                                       false,
		`{"orgs":[{}],"Orgs":[]}`:                                             false,
		`{"orgs":[{}],"org\u0073":[]}`:                                        false,
		"{\"orgs\":[],\"org\u017f\":[{\"id\":\"folds\"}]}":                    false,
		`{"orgs":{}}`:                                                         false,
		`{"any":[` + nested(maxDepth-2) + `]}`:                                true,
		`{"any":[` + nested(maxDepth-1) + `]}`:                                false,
		`{"orgs":[],"x":"` + strings.Repeat("x", longBody) + `"}`:             false,
		`[]`:   false,
		`null`: false,
		`5`:    false,
	} {
		if did := read(t, body, before); did != want {
			t.Errorf("%.100q: %v", body, did)
		}
	}
	for body, want := range map[string]bool{
		`[` + far + `{"id":"last"}]`: true,
		`[{}] `:                      false,
		`[` + far + `]`:              false,
		`[` + far + `"x"]`:           false,
		`{}`:                         false,
	} {
		if did := read(t, body, before.Orgs); did != want {
			t.Errorf("%.100q: %v", body, did)
		}
	}
	if read[any](t, `[1]`, nil) || read(t, `{"orgs":[{"id":"x"}]}`, ownAnswer{}) || read(t, `{"a":{}}`, map[string]longOrg{"b": {}}) || read(t, `{"a":[]}`, Keyed[List[longOrg]]{}) {
		t.Error("it read what is no list and has none")
	}
}

// nested are arrays in one another.
func nested(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

// FuzzLong has both decoders read anything, with an element that is there often.
func FuzzLong(f *testing.F) {
	f.Add(`{"user":{"id":"u"},"orgs":[`, `{"id":"a"}`, `{"id":"\ud800"}],"orgs":null}`, uint16(account.MaxListed))
	f.Add(`{"names":["\"`, `x`, `"]}`, uint16(3))
	f.Add("{\"org\\u0073\":[],\"\u017f\":", `[1,-2.5e3,{"a":[null]}]`, `}`, uint16(0))
	f.Add(`[`, `{}`, `5]`, uint16(account.MaxListed))
	f.Fuzz(func(t *testing.T, before, element, after string, n uint16) {
		body := string(TrimBody([]byte(before + strings.Repeat(element+",", int(n%(account.MaxListed+9))) + element + after)))
		if body != "" {
			read(t, body, longAnswer{Orgs: List[longOrg]{Told: 7}})
			read(t, body, List[longOrg]{Told: 7})
		}
	})
}

// BenchmarkDecodeLong decodes an answer that is as long as one may be, and tells of as many
// organizations as there is room for.
func BenchmarkDecodeLong(b *testing.B) {
	const organizations = 400_000
	a := Answer{Body: []byte(`{"user":{"id":"u"},"orgs":[` + strings.Repeat(`{"id":""},`, organizations-1) + `{"id":""}]}`)}
	b.SetBytes(int64(len(a.Body)))
	for b.Loop() {
		var body longAnswer
		if problem := Decode(a, &body); problem != "" || body.Orgs.Told != organizations {
			b.Fatal(problem, body.Orgs.Told)
		}
	}
}
