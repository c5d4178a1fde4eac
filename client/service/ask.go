package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"rollcall/client/text"
)

// AskJSON asks for JSON into v; code reads the service's code in a refusal,
// which comes back as a [RefusedError].
func AskJSON(
	ctx context.Context, ask Ask, r Request, v any, code func(body []byte) string,
) error {
	return Reading(ctx, ask, r, func(a Answer) error {
		if a.Status/100 != 2 {
			return RefusedError{a.Status, code(a.Body)}
		}
		if problem := Decode(a, v); problem != "" {
			return errors.New(problem)
		}
		return nil
	})
}

// RefusedError is a request for details that the service refused.
type RefusedError struct {
	Status int
	Code   string
}

func (e RefusedError) Error() string {
	s := fmt.Sprintf("the service answered with status %d", e.Status)
	if e.Code != "" {
		s += " (" + text.Clip(e.Code, text.MaxCode) + ")"
	}
	return s
}

// Alone reports whether the refusal may concern only what was asked for.
func (e RefusedError) Alone() bool {
	return e.Status == http.StatusForbidden || e.Status == http.StatusNotFound
}
