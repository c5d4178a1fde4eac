package service_test

import (
	"fmt"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
)

// What stands behind more values than a tree has does not vanish without a word.
func TestTreeBehindItsBound(t *testing.T) {
	var fields []string
	for i := range 55 {
		fields = append(fields, fmt.Sprintf(`"f%d":%d`, i, i))
	}
	groups := many(2000, "{"+strings.Join(fields, ",")+"}")
	got, ok := service.Tree([]byte(`{"groups":`+groups+`,"items":`+many(300, `{"a":[1,2]}`)+`,"none":[],"inner":{"a":1,"b":["x","y"]},"id":7,"name":"Sam"}`), nil)
	if !ok {
		t.Fatal("it is no JSON")
	}
	all := got.(map[string]any)
	if fmt.Sprintf("%v %v", all["id"], all["name"]) != "7 Sam" {
		t.Errorf("the user is %v, %v", all["id"], all["name"])
	}
	if items, _ := all["items"].([]any); len(items) != 1 || items[0] != (service.Rest{More: 300}) {
		t.Errorf("the items are %v", all["items"])
	}
	if none, ok := all["none"].([]any); !ok || len(none) != 0 {
		t.Errorf("the empty list is %v", all["none"])
	}
	if inner := fmt.Sprint(all["inner"]); inner != "map[a:1 b:[{2}]]" {
		t.Errorf("the object behind it is %s", inner)
	}
	list := all["groups"].([]any)
	rest, _ := list[len(list)-1].(service.Rest)
	if len(list)-1+rest.More != 2000 {
		t.Errorf("%d groups and %d more", len(list)-1, rest.More)
	}
}

// Nobody makes a tree of any size by sending no lists.
func TestTreeOfManyMembers(t *testing.T) {
	var b strings.Builder
	for i := range 400_000 {
		fmt.Fprintf(&b, `"k%d":%d,`, i, i)
	}
	got, _ := service.Tree([]byte(`{`+b.String()+`"id":7}`), nil)
	if n := len(got.(map[string]any)); n < 50*account.MaxListed || n > 2*50*account.MaxListed {
		t.Errorf("%d members are kept", n)
	}
}

// However deep a value lies, a tree costs no more than its text is long: as much for each
// level would be minutes.
func TestTreeOfDeepLists(t *testing.T) {
	const deep = 9_900
	got, ok := service.Tree([]byte(strings.Repeat("[", deep)+many(400_000, `{"id":1}`)+strings.Repeat("]", deep)), nil)
	if !ok {
		t.Fatal("it is no JSON")
	}
	list := got.([]any)
	for range deep {
		list = list[0].([]any)
	}
	if len(list) != account.MaxListed+1 || list[account.MaxListed] != (service.Rest{More: 400_000 - account.MaxListed}) {
		t.Errorf("%d elements, the last %v", len(list), list[len(list)-1])
	}
}

// Of what is wanted in a long list, what stands behind the first elements is kept, too,
// wherever the list is, and the number of the others is true.
func TestTreeKeepsWhatIsWanted(t *testing.T) {
	list := strings.TrimSuffix(many(2500, `{"id":1}`), "]") + `,{"id":7,"in":` + many(2100, "0") + `},{"id":9}]`
	wanted := func(element, answer any) bool {
		one, _ := element.(map[string]any)
		all, _ := answer.(map[string]any)
		return one["id"] != nil && one["id"] == all["wanted"]
	}
	got, ok := service.Tree([]byte(`{"outer":[[{"inner":`+list+`}]],"wanted":7}`), wanted)
	if !ok {
		t.Fatal("it is no JSON")
	}
	outer := got.(map[string]any)["outer"].([]any)[0].([]any)[0].(map[string]any)["inner"].([]any)
	if len(outer) != account.MaxListed+2 || outer[account.MaxListed+1] != (service.Rest{More: 501}) {
		t.Fatalf("%d elements, the last %v", len(outer), outer[len(outer)-1])
	}
	found := outer[account.MaxListed].(map[string]any)
	if in := found["in"].([]any); fmt.Sprint(found["id"]) != "7" || in[account.MaxListed] != (service.Rest{More: 100}) {
		t.Errorf("the wanted one is %v, with %d elements", found["id"], len(in))
	}
}

// Nobody makes a tree of any size by sending what is wanted.
func TestTreeOfManyWanted(t *testing.T) {
	for _, body := range []string{
		`[` + many(2001, many(2001, "1")) + `]`,
		many(1_300_000, "{}"),
		many(3_000, "["+many(300, `"x"`)+"]"),
	} {
		told := 0
		got, ok := service.Tree([]byte(body), func(any, any) bool { told++; return true })
		if n := values(got); !ok || told == 0 || n > 5*50*account.MaxListed {
			t.Errorf("%d values are kept of %.40s…, of which %d were looked at", n, body, told)
		}
	}
}

// values is how many there are in a tree.
func values(v any) (n int) {
	n = 1
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			n += values(one)
		}
	case map[string]any:
		for _, one := range v {
			n += values(one)
		}
	}
	return n
}
