package demotest

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rollcall/client/demo/web"
)

// Reply is an answer read whole.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do sends a request without following redirects. Headers come in pairs.
func Do(t *testing.T, method, url, body string, headers ...string) (Reply, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for pair := range slices.Chunk(headers, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(r)
	if err != nil {
		return Reply{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return Reply{res.StatusCode, res.Header, text}, err
}

// Ask sends a request that must be answered. Headers come in pairs.
func Ask(t *testing.T, method, url, body string, headers ...string) Reply {
	t.Helper()
	r, err := Do(t, method, url, body, headers...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Object reads the body as a JSON object.
func (r Reply) Object(t *testing.T) web.Object {
	t.Helper()
	var o web.Object
	if err := json.Unmarshal(r.Body, &o); err != nil {
		t.Fatalf("status %d, body %q: %v", r.Status, r.Body, err)
	}
	return o
}

// Code is the innermost code of a refusal, in whichever form a service has it.
func (r Reply) Code() string {
	var e struct {
		Code, Problem string
		Error         struct {
			Code, ID string
			Details  struct{ AuthError struct{ ID string } }
		}
	}
	if json.Unmarshal(r.Body, &e) != nil {
		var oauth struct{ Error string }
		if json.Unmarshal(r.Body, &oauth) != nil || strings.Contains(oauth.Error, " ") {
			return ""
		}
		return oauth.Error
	}
	for _, code := range []string{e.Error.Details.AuthError.ID, e.Error.ID, e.Error.Code, e.Code, e.Problem} {
		if code != "" {
			return code
		}
	}
	return ""
}

// Headers show a credential to a service: a name and a password, or a token
// in the header that begins as it is told.
func Headers(header, token, username, password string) []string {
	if username != "" {
		r := http.Request{Header: http.Header{}}
		r.SetBasicAuth(username, password)
		return []string{"Authorization", r.Header.Get("Authorization")}
	}
	key, value, _ := strings.Cut(header+token, ": ")
	return []string{key, value}
}
