package client

import (
	"fmt"
	"net/http"
	"testing"

	"rollcall/client/service"
)

// What is kept to ask for news only is bounded over all profiles, and an answer that had
// to go while it was asked for anew counts all the same.
func TestValidatorsAreBounded(t *testing.T) {
	var v validators
	key := func(i int) validatedRequest {
		return validatedRequest{service: "gitlab", fingerprint: fmt.Sprint("bearer", i), path: "/user"}
	}
	answer := func(i int) service.Answer {
		body := make([]byte, maxValidated)
		copy(body, fmt.Sprint(i))
		return service.Answer{Status: http.StatusOK, Header: http.Header{"Etag": {`"1"`}}, Body: body}
	}
	const fit = allValidated / maxValidated
	v.settle(key(0), service.Answer{}, answer(0))
	asked, before := v.condition(key(0), service.Request{Path: "/user"})
	if asked.Header.Get("If-None-Match") != `"1"` {
		t.Errorf("it is asked with %v", asked.Header)
	}
	for i := 1; i <= 10*fit; i++ {
		v.settle(key(i), service.Answer{}, answer(i))
		if _, kept := v.known[key(i)]; !kept {
			t.Fatalf("the answer to %d is not kept", i)
		}
	}
	if len(v.known) != fit || v.size != allValidated {
		t.Errorf("%d answers of %d bytes are kept, want %d of %d", len(v.known), v.size, fit, allValidated)
	}
	got := v.settle(key(0), before, service.Answer{Status: http.StatusNotModified, Header: http.Header{}})
	if !got.Unchanged || got.Status != http.StatusOK || got.Body[0] != '0' {
		t.Errorf("unchanged %v, %d, %.1q", got.Unchanged, got.Status, got.Body)
	}
	if len(v.known) != fit {
		t.Errorf("%d answers are kept then", len(v.known))
	}
	for i := range 10*fit + 1 {
		v.settle(key(i), service.Answer{}, service.Answer{Status: http.StatusOK})
	}
	if len(v.known) != 0 || v.size != 0 {
		t.Errorf("%d answers of %d bytes are left", len(v.known), v.size)
	}
}
