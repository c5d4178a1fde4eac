package declared

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/client/account"
)

// scopes finds what a token may do.
type scopes struct {
	path   field
	header string
	split  string
}

const scopesExample = `scopes = { path = "$.scopes" }`

// scopes reads where the scopes are; nil where the description names none.
func (k *keys) scopes() *scopes {
	t := k.table("scopes", scopesExample)
	if t == nil {
		return nil
	}
	s := &scopes{path: t.field("path"), header: t.headerName("header"), split: t.word("split", " ", ",")}
	t.oneOfTwo("path", "header", scopesExample)
	t.unknown()
	return s
}

// found are the scopes; nil where the answer says nothing of them, and empty where
// it says that there are none. total is how many there are where not all are kept.
func (s *scopes) found(doc any, h http.Header) (all []string, total int) {
	if s == nil {
		return nil, 0
	}
	var texts []string
	more := 0
	if s.header != "" {
		values := h.Values(s.header)
		if values == nil {
			return nil, 0
		}
		split := s.split
		if split == "" {
			split = ","
		}
		texts = strings.Split(strings.Join(values, split), split)
	} else {
		if v, there := s.path.value(doc); !there || v == nil {
			if !there || !s.listed(doc) {
				return nil, 0
			}
		}
		texts, more = s.path.find(doc)
		if s.split != "" {
			texts = strings.Split(strings.Join(texts, s.split), s.split)
		}
	}
	all = []string{}
	for _, one := range texts {
		switch one = strings.TrimSpace(one); {
		case one == "" || slices.Contains(all, one):
		case len(all) == account.MaxListed:
			more++
		default:
			all = append(all, one)
		}
	}
	if more > 0 {
		total = len(all) + more
	}
	return all, total
}

// listed reports whether a path finds a list, be it an empty one.
func (s *scopes) listed(doc any) bool {
	for _, a := range s.path {
		if a.path == nil {
			continue
		}
		for _, n := range a.path.nodes(doc) {
			if _, ok := n.([]any); ok {
				return true
			}
		}
	}
	return false
}
