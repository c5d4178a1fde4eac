package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"rollcall/client/text"
)

// askDetail asks for JSON into v; code reads the service's code in a refusal,
// which comes back as a refusedError.
func askDetail(
	ctx context.Context, ask asker, path string, v any, code func(body []byte) string, change ...func(*request),
) error {
	a, err := ask(ctx, path, change...)
	if err != nil {
		return err
	}
	if a.status/100 != 2 {
		return refusedError{a.status, code(a.body)}
	}
	if problem := decode(a, v); problem != "" {
		return errors.New(problem)
	}
	return nil
}

// refusedError is a request for details that the service refused.
type refusedError struct {
	status int
	code   string
}

func (e refusedError) Error() string {
	s := fmt.Sprintf("the service answered with status %d", e.status)
	if e.code != "" {
		s += " (" + text.Clip(e.code, text.MaxCode) + ")"
	}
	return s
}

// alone reports whether the refusal may concern only what was asked for.
func (e refusedError) alone() bool {
	return e.status == http.StatusForbidden || e.status == http.StatusNotFound
}
