package service_test

import (
	"net/http"
	"testing"

	"rollcall/client/service"
)

func TestNextPage(t *testing.T) {
	for _, tt := range []struct{ link, want string }{
		{"", ""},
		{`<https://a.example/list?page=2>; rel="next"`, "https://a.example/list?page=2"},
		{`<https://a.example/list?page=1>; rel="prev", </list?page=3>; rel=next; title="a"`, "https://a.example/list?page=3"},
		{`<?page=4>; REL="NEXT"`, "https://a.example/list?page=4"},
		{`<https://b.example/x>; rel="next"`, "https://b.example/x"},
		{`https://a.example/x; rel="next"`, ""},
		{`<https://a.example/x>; rel="last"`, ""},
		{`<::bad>; rel="next"`, ""},
		{`<https://a.example/x?ids=1,2>; rel="next", <https://a.example/y>; rel="last"`, "https://a.example/x?ids=1,2"},
		{`<https://a.example/y>; rel="first",<https://a.example/z>; rel="next"`, "https://a.example/z"},
	} {
		a := service.Answer{URL: "https://a.example/list", Header: http.Header{"Link": {tt.link}}}
		if got := service.NextPage(a); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.link, got, tt.want)
		}
	}
}
