package service

import (
	"context"
	"net/url"
	"strings"
)

// Pages asks for a list that comes in pages, and has each answer read. The next
// page is where the Link header of one says (RFC 8288, relation "next"); a link out
// of the origin is not followed, and is an error. more reports that there are
// further pages beyond the most that are asked for.
func Pages(ctx context.Context, ask Ask, r Request, most int, read func(Answer) error) (more bool, err error) {
	for range most {
		err := Reading(ctx, ask, r, func(a Answer) error {
			r.Path = NextPage(a)
			if a.Status/100 != 2 {
				return RefusedError{Status: a.Status}
			}
			return read(a)
		})
		if err != nil || r.Path == "" {
			return false, err
		}
	}
	return true, nil
}

// NextPage is the whole address of the page after an answer; empty where there is
// none.
func NextPage(a Answer) string {
	for _, rest := range a.Header.Values("Link") {
		for {
			_, after, opened := strings.Cut(rest, "<")
			target, parameters, closed := strings.Cut(after, ">")
			if !opened || !closed {
				break
			}
			// The parameters end where the next link begins.
			rest = parameters
			parameters, _, _ = strings.Cut(parameters, "<")
			if isNext(parameters) {
				return Resolved(a.URL, target)
			}
		}
	}
	return ""
}

// Resolved is an address as it is meant at another one; empty where it is none.
func Resolved(at, target string) string {
	base, err := url.Parse(at)
	if err != nil {
		return ""
	}
	u, err := base.Parse(target)
	if err != nil {
		return ""
	}
	return u.String()
}

// isNext reports whether the parameters of a link say that it is the next page.
func isNext(parameters string) bool {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
		if strings.EqualFold(name, "rel") && strings.EqualFold(strings.Trim(value, `", `), "next") {
			return true
		}
	}
	return false
}
