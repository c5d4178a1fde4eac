package declared

import (
	"strings"

	"github.com/theory/jsonpath/spec"
)

// filters are what the paths of a description look for in lists, by how they are written:
// "?@["primary"] == true". Of a long list, elements that fit one of them are kept wherever
// they stand, since nobody could be told of one that is not there.
type filters map[string]*spec.FilterSelector

// add adds the filters of a path.
func (f filters) add(p *path) {
	for _, segment := range p.query.Query().Segments() {
		for _, one := range segment.Selectors() {
			if one, ok := one.(*spec.FilterSelector); ok && quick(one.String()) {
				f[one.String()] = one
			}
		}
	}
}

// quick reports whether it takes no longer to look at an element than that is large. A
// filter that looks through all of the answer for each element would take for ever with as
// many as a list can have, and does so for the first ones alone.
func quick(filter string) bool {
	_, inAnswer, some := strings.Cut(unquoted(filter), "$")
	return !some || !strings.Contains(inAnswer, "..") && !strings.ContainsAny(inAnswer, "*?:")
}

// fit reports whether an element fits one of them.
func (f filters) fit(element, answer any) bool {
	for _, one := range f {
		if one.Eval(element, answer) {
			return true
		}
	}
	return false
}
