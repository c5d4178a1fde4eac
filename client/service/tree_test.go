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
	got, ok := service.Tree([]byte(`{"groups":` + groups + `,"items":` + many(300, `{"a":[1,2]}`) + `,"none":[],"inner":{"a":1,"b":["x","y"]},"id":7,"name":"Sam"}`))
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
	got, _ := service.Tree([]byte(`{` + b.String() + `"id":7}`))
	if n := len(got.(map[string]any)); n < 50*account.MaxListed || n > 2*50*account.MaxListed {
		t.Errorf("%d members are kept", n)
	}
}
