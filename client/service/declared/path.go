package declared

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/theory/jsonpath"

	"rollcall/client/account"
	"rollcall/client/service"
)

// The limits that keep a path from taking long. A description is trusted with what
// it looks for, an answer with nothing: a descendant path visits every node, and
// two in one path, or a filter in a filter, do so for each node again.
const (
	maxPaths    = 256
	maxPathText = 500
	maxFilters  = 2
	maxBranches = 64
	maxNodes    = account.MaxListed
	maxDepth    = 64
)

// path is a compiled path of RFC 9535.
type path struct {
	text  string
	query *jsonpath.Path
}

// parsePath compiles a path. The error says what is wrong with it, and what would be
// right, in the middle of a sentence.
func parsePath(text string) (*path, error) {
	switch {
	case !strings.HasPrefix(text, "$"):
		return nil, fmt.Errorf("must be a path, which begins with $, such as %q", "$."+strings.TrimLeft(text, ".$ "))
	case len(text) > maxPathText:
		return nil, fmt.Errorf("a path may have %d characters at most", maxPathText)
	}
	query, err := jsonpath.Parse(text)
	if err != nil {
		why := strings.TrimPrefix(err.Error(), "jsonpath: ")
		return nil, fmt.Errorf("%s is no path of RFC 9535: %s", text, why)
	}
	bare := unquoted(text)
	switch {
	case strings.Count(bare, "..") > 1:
		return nil, fmt.Errorf(`%s has more than one ".."; write out all steps but one`, text)
	case strings.Count(bare, "?") > maxFilters:
		return nil, fmt.Errorf("%s has more than %d filters", text, maxFilters)
	case branches(bare) > maxBranches:
		return nil, fmt.Errorf("%s chooses more than %d ways at once; write simpler paths", text, maxBranches)
	}
	if why := unkept(bare); why != "" {
		return nil, fmt.Errorf(`%s counts %s; look for the element by what it has, such as "$.users[?@.me == true]"`, text, why)
	}
	return &path{text: text, query: query}, nil
}

// unkept says which places in a list a path names, in brackets or in a filter, that are not
// kept of each list, in the middle of a sentence; empty where there are none.
func unkept(bare string) string {
	inBrackets := strings.FieldsFunc(bare, func(r rune) bool { return strings.ContainsRune("[],", r) })
	for _, selector := range inBrackets {
		if selector = strings.TrimSpace(selector); strings.Trim(selector, "-0123456789: \t\r\n") != "" {
			continue
		}
		places := strings.Split(selector, ":")
		if strings.Contains(selector, "-") {
			return fmt.Sprintf("from the end of a list, of which the first %d elements are kept", maxNodes)
		}
		for n, place := range places[:min(len(places), 2)] {
			// The end of a slice is the place behind its last element.
			if at, err := strconv.Atoi(strings.TrimSpace(place)); err == nil && at-n >= maxNodes {
				return fmt.Sprintf("beyond the first %d elements of a list, which are kept", maxNodes)
			}
		}
	}
	return ""
}

// unquoted is a path without what stands in quotes.
func unquoted(text string) string {
	var b strings.Builder
	var quote rune
	escaped := false
	for _, r := range text {
		switch {
		case quote == 0 && (r == '\'' || r == '"'):
			quote = r
		case quote == 0:
			b.WriteRune(r)
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case r == quote:
			quote = 0
		}
	}
	return b.String()
}

// branches is how many ways a path can choose beside the nodes that an answer has:
// the product of the selectors in each bracket.
func branches(bare string) int {
	product := 1
	for bracket := range strings.SplitSeq(bare, "[") {
		product *= 1 + strings.Count(bracket, ",")
		if product > maxBranches {
			break
		}
	}
	return product
}

// nodes are the first values of a document that the path finds.
func (p *path) nodes(doc any) []any {
	found, _ := p.find(doc)
	return found
}

// find is nodes with the number of further values that the path would find.
func (p *path) find(doc any) (found []any, more int) {
	found, more = elementsOf(p.query.Select(doc))
	kept := min(len(found), maxNodes)
	return found[:kept], more + len(found) - kept
}

// elementsOf is a list without what stands for the rest of it, and how many that is.
func elementsOf(list []any) (all []any, more int) {
	isRest := func(v any) bool {
		_, is := v.(service.Rest)
		return is
	}
	if !slices.ContainsFunc(list, isRest) {
		return list, 0
	}
	for _, v := range list {
		rest, _ := v.(service.Rest)
		more += rest.More
	}
	return slices.DeleteFunc(slices.Clone(list), isRest), more
}

// there reports whether the path finds a value that is not null.
func (p *path) there(doc any) bool {
	for _, n := range p.nodes(doc) {
		if n != nil {
			return true
		}
	}
	return false
}

var (
	errEmpty   = errors.New("the answer is empty")
	errNotJSON = errors.New("the answer is not JSON")
	errDeep    = fmt.Errorf("the answer is nested deeper than %d", maxDepth)
)

// decode reads a body as JSON with its numbers as they are written. Of long lists, it has
// what the filters look for, too.
func decode(body []byte, wanted filters) (doc any, err error) {
	if len(body) == 0 {
		return nil, errEmpty
	}
	if deep(body) {
		return nil, errDeep
	}
	var fit func(element, answer any) bool
	if len(wanted) > 0 {
		fit = wanted.fit
	}
	doc, ok := service.Tree(body, fit)
	if !ok {
		return nil, errNotJSON
	}
	return doc, nil
}

// deep reports whether a body is nested deeper than any sensible one. It is asked
// before the body is decoded.
func deep(body []byte) bool {
	depth, quoted, escaped := 0, false, false
	for _, b := range body {
		switch {
		case escaped:
			escaped = false
		case quoted && b == '\\':
			escaped = true
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '[' || b == '{':
			if depth++; depth > maxDepth {
				return true
			}
		case b == ']' || b == '}':
			depth--
		}
	}
	return false
}
