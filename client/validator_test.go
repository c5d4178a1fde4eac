package client

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

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
		a := service.Answer{Status: http.StatusOK, Header: http.Header{"Etag": {`"1"`}}}
		a.Body = make([]byte, maxKept-sizeOf(a))
		copy(a.Body, fmt.Sprint(i))
		return a
	}
	const fit = allKept / maxKept
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
	if len(v.known) != fit || v.size != allKept {
		t.Errorf("%d answers of %d bytes are kept, want %d of %d", len(v.known), v.size, fit, allKept)
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

// What an answer is kept with counts, too: headers, of which an answer that says that
// nothing has changed can have other ones each time, and the keeping of a short one.
func TestHeadersOfKeptAnswersAreBounded(t *testing.T) {
	var v validators
	key := validatedRequest{path: "/user"}
	v.settle(key, service.Answer{}, service.Answer{Status: http.StatusOK, Header: http.Header{"Etag": {`"1"`}}})
	for i := range 3 * maxKept / 1000 {
		_, before := v.condition(key, service.Request{})
		v.settle(key, before, service.Answer{Status: http.StatusNotModified, Header: http.Header{fmt.Sprint("X-", i): {strings.Repeat("x", 1000)}}})
		if v.size > maxKept {
			t.Fatalf("%d bytes are kept of one answer", v.size)
		}
	}
	if len(v.known) != 0 {
		t.Error("it is kept, however large it is")
	}
	for i := range 2 * allKept / keptBeside {
		v.settle(validatedRequest{path: fmt.Sprint(i)}, service.Answer{}, service.Answer{Status: http.StatusOK, Header: http.Header{"Etag": {`"1"`}}})
	}
	if n := len(v.known); n == 0 || n > allKept/keptBeside {
		t.Errorf("%d answers are kept", n)
	}
}

// The answers of issuers that are not asked for every time are bounded over all profiles,
// and those of one profile are no others'.
func TestKeptAnswersAreBounded(t *testing.T) {
	n := testNetwork(t)
	body := make([]byte, maxKept-2*keptBeside)
	var first *Client
	for i := range 2 * allKept / len(body) {
		c := newPlainClient(n, "https://issuer.example", func(p *Profile) { p.Name = fmt.Sprint("p", i) })
		if first == nil {
			first = c
		}
		c.keep(true, nil, map[string]service.Answer{"/d": {Body: body, At: time.Now()}})
		if _, ok := c.kept(service.Request{Path: "/d", Kept: true, Bare: true}); !ok {
			t.Fatalf("the answer to %d is not kept", i)
		}
		if n.kept.size > allKept {
			t.Fatalf("%d bytes are kept", n.kept.size)
		}
	}
	first.keep(true, nil, map[string]service.Answer{"/d": {At: time.Now()}})
	held := len(n.kept.known)
	first.keep(false, nil, nil)
	if len(n.kept.known) != held {
		t.Error("what a check did not use is forgotten for it")
	}
	first.keep(false, []string{"/d"}, nil)
	if _, ok := first.kept(service.Request{Path: "/d", Kept: true, Bare: true}); ok || len(n.kept.known) != held-1 {
		t.Error("an answer that may be wrong is kept, or another one is forgotten for it")
	}
}
