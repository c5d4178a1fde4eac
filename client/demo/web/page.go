package web

import (
	"net/http"
	"strconv"
)

// Paging is how a service cuts its lists into pages: by which parameter a caller says
// how many rows one has, how many that are usually, and at most.
type Paging struct {
	Parameter   string
	Usual, Most int
}

// Page is one page of a list.
type Page[T any] struct {
	// Rows are never nil.
	Rows []T
	// Number counts from one, Last is the number of the last page, and Size how many
	// rows a page has.
	Number, Last, Size int
}

// PageOf is the page of some rows that a request asks for. One behind the last has no
// rows.
func PageOf[T any](r *http.Request, rows []T, by Paging) Page[T] {
	number := func(name string, usual int) int {
		n, err := strconv.Atoi(r.URL.Query().Get(name))
		if err != nil || n < 1 {
			return usual
		}
		return n
	}
	p := Page[T]{Size: min(number(by.Parameter, by.Usual), by.Most), Number: number("page", 1)}
	p.Last = max(1, (len(rows)+p.Size-1)/p.Size)
	p.Rows = []T{}
	if p.Number <= p.Last {
		from := (p.Number - 1) * p.Size
		p.Rows = append(p.Rows, rows[from:min(from+p.Size, len(rows))]...)
	}
	return p
}
