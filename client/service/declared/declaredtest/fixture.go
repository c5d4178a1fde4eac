package declaredtest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
	"rollcall/client/service/declared"
)

// At is when the answers of fixtures came.
var At = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// Fixture is one HTTP answer and where it is from.
type Fixture struct {
	Source string
	Answer service.Answer
}

// Parse reads a fixture: a line that names its source, and an answer of HTTP as it
// goes over the wire, but with line ends as an editor writes them.
func Parse(data []byte) (f Fixture, err error) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	source, ok := bytes.CutPrefix(first, []byte("# source: "))
	if !ok || len(bytes.TrimSpace(source)) == 0 {
		return f, errors.New(`the first line must say where the answer is from: "# source: …"`)
	}
	head, body, _ := bytes.Cut(bytes.ReplaceAll(rest, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	wire := strings.ReplaceAll(string(head), "\n", "\r\n") + "\r\n\r\n"
	resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(wire)), nil)
	if err != nil {
		return f, fmt.Errorf("no answer of HTTP: %w", err)
	}
	resp.Body.Close()
	// What the editor adds at the end of the file is no part of the answer.
	body = bytes.TrimRight(body, "\n")
	return Fixture{string(source), service.Answer{Status: resp.StatusCode, Header: resp.Header, Body: body, At: At}}, nil
}

// Asked is who asks a service in tests, with whatever it wants of a profile.
func Asked(s *declared.Service) (service.Asked, error) {
	demand := s.Demand()
	at, err := s.SampleAddress()
	b := service.NewBearer("", "s3cret-of-the-test", "env WORK_TOKEN", "fingerprint")
	if demand.UserToken {
		b = service.NewBearer("sam@example.org", "s3cret-of-the-test", "env WORK_TOKEN", "fingerprint").ByToken()
	}
	if demand.SecondToken {
		b = b.WithSecond("an0ther-s3cret-of-the-test")
	}
	return service.Asked{Address: at, Bearer: b}, err
}

// Result is what a service made of an answer.
type Result struct {
	Account   *account.Account
	Diagnosis account.Diagnosis
	Limits    []ratelimit.Bucket
	Notes     account.Notes
}

// Ask has a service ask: the identity request gets the answer, and the further ones
// get the others, in the order of the description.
func Ask(s *declared.Service, answer service.Answer, others []service.Answer) (r Result, err error) {
	q, err := Asked(s)
	if err != nil {
		return r, err
	}
	h := http.Header{}
	s.Prepare(h, q.Bearer)
	first := func(_ context.Context, req service.Request) (service.Answer, error) {
		a := answer
		a.URL, a.Limits = q.Root+req.Path, s.Limits(a.Header, a.At)
		return a, nil
	}
	r.Account, r.Diagnosis = s.Identify(context.Background(), first, q)
	r.Limits = s.Limits(answer.Header, answer.At)
	if r.Account == nil {
		return r, nil
	}
	next := 0
	more := func(_ context.Context, req service.Request) (service.Answer, error) {
		if q.Root+req.Path == q.Endpoint {
			return answer, nil
		}
		if next == len(others) {
			return service.Answer{}, io.EOF
		}
		a := others[next]
		a.URL = q.Root + req.Path
		next++
		return a, nil
	}
	d := s.Details(context.Background(), more, q, *r.Account)
	if d.Organizations != nil {
		r.Account.Organizations = d.Organizations
	}
	if d.LinkedAccounts != nil {
		r.Account.LinkedAccounts = d.LinkedAccounts
	}
	if d.Emails != nil {
		r.Account.User.Emails = d.Emails
	}
	if d.Token != nil {
		r.Account.Token = *d.Token
	}
	r.Notes = d.Notes
	return r, nil
}
