package declared

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/theory/jsonpath"
	"github.com/theory/jsonpath/spec"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Finding is what one key of a description found in an answer.
type Finding struct {
	// Key is the one of the description: "organizations.name".
	Key string
	// From is where it looks: a path, or the name of a header.
	From string
	// Found are the values, as texts; Missing says why there are none.
	Found   []string
	Missing string
	// Optional is set where a good answer need not have it.
	Optional bool
}

// findings are what the keys of a description find in a good answer.
func (d *description) findings(r reply) (all []Finding) {
	add := func(key string, f field) {
		if f != nil {
			all = append(all, f.finding(key, r.doc))
		}
	}
	add("id", d.user.id)
	add("name", d.user.name)
	add("username", d.user.username)
	add("email", d.facts.email)
	add("emails", d.facts.emails)
	add("avatar", d.user.avatar)
	if f := d.user.created; f != nil {
		v, _ := f.value(r.doc)
		found := f.finding("created", r.doc)
		if at := created(v); !at.IsZero() {
			found.Found = []string{at.Format(time.RFC3339)}
		} else if found.Missing == "" {
			found.Found, found.Missing = nil, fmt.Sprintf("%q is no time", plain(v))
		}
		all = append(all, found)
	}
	add("user_url", d.user.url)
	all = append(all, d.facts.organizations.findings("organizations", organizationKeys, r.doc)...)
	all = append(all, d.facts.linked.findings("linked_accounts", linkedKeys, r.doc)...)
	if d.facts.expiry != nil {
		all = append(all, d.facts.expiry.finding(r))
	}
	if d.facts.scopes != nil {
		all = append(all, d.facts.scopes.finding(r))
	}
	add("token_id", d.facts.tokenID)
	add("token_name", d.facts.tokenName)
	all = append(all, d.limitFindings(r)...)
	if n := d.facts.next; n != nil {
		f := Finding{Key: "next", From: "header Link", Optional: true, Missing: "no further page"}
		if !n.link {
			f.From = n.path.text
		}
		if at := n.after(r); at != "" {
			f.Found, f.Missing = []string{at}, ""
		}
		all = append(all, f)
	}
	return all
}

// refusalFindings are what they find in a refusal.
func (d *description) refusalFindings(r reply) (all []Finding) {
	for _, one := range []struct {
		key string
		field
	}{{"code", d.code}, {"description", d.words}} {
		if one.field != nil {
			f := one.field.finding(one.key, r.doc)
			f.Optional = true
			all = append(all, f)
		}
	}
	return append(all, d.limitFindings(r)...)
}

func (d *description) limitFindings(r reply) (all []Finding) {
	for _, one := range [][2]string{{"rate_limit.limit", d.limits.Limit}, {"rate_limit.remaining", d.limits.Remaining}, {"rate_limit.reset", d.limits.Reset}} {
		if one[1] == "" {
			continue
		}
		f := Finding{Key: one[0], From: "header " + one[1], Optional: true}
		if v := r.Header.Get(one[1]); v != "" {
			f.Found = []string{v}
		} else {
			f.Missing = noHeader
		}
		all = append(all, f)
	}
	return all
}

const noHeader = "the answer has no such header"

// finding is what a field finds.
func (f field) finding(key string, doc any) Finding {
	found := Finding{Key: key, From: f.String(), Found: f.texts(doc)}
	if len(found.Found) == 0 {
		found.Missing = f.why(doc)
	}
	return found
}

// why says why a field finds no text.
func (f field) why(doc any) string {
	var paths []*path
	for _, a := range f {
		if a.path != nil {
			paths = append(paths, a.path)
		}
		for _, p := range a.pieces {
			if p.path != nil {
				paths = append(paths, p.path)
			}
		}
	}
	var all []string
	for _, p := range paths {
		if why := p.why(doc); !slices.Contains(all, why) {
			all = append(all, why)
		}
	}
	return strings.Join(all, "; ")
}

// why says why a path finds no text.
func (p *path) why(doc any) string {
	if nodes := p.nodes(doc); len(nodes) > 0 {
		return p.text + " is " + kind(nodes[0])
	}
	segments := p.query.Query().Segments()
	for n := len(segments) - 1; n >= 0; n-- {
		before := jsonpath.New(spec.Query(true, segments[:n]...))
		if nodes := before.Select(doc); len(nodes) > 0 {
			return dotted(before.String()) + " is " + kind(nodes[0])
		}
	}
	return "it is not there"
}

// plainName is a name in brackets that could stand behind a dot.
var plainName = regexp.MustCompile(`\["([A-Za-z_][A-Za-z0-9_]*)"\]`)

// dotted is a path as people write it.
func dotted(path string) string { return plainName.ReplaceAllString(path, ".$1") }

// maxNamed is how many keys of an object are told.
const maxNamed = 12

// kind says what a value is. Of what an object holds it tells the names alone.
func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case map[string]any:
		names := slices.Sorted(maps.Keys(v))
		if len(names) == 0 {
			return "an empty object"
		}
		tail := ""
		if len(names) > maxNamed {
			names, tail = names[:maxNamed], ", …"
		}
		for i, n := range names {
			names[i] = text.Bound(n, 40)
		}
		return "an object with " + strings.Join(names, ", ") + tail
	case []any:
		all, more := elementsOf(v)
		return "a list of " + strconv.Itoa(len(all)+more)
	}
	if s := plain(v); s != "" {
		return strconv.Quote(text.Bound(s, 40))
	}
	return "an empty text"
}

// findings are what a list finds, and what its elements' keys do.
func (l *list) findings(key string, of []string, doc any) (all []Finding) {
	if l == nil {
		return nil
	}
	elements, _ := l.elements(doc)
	f := Finding{Key: key, From: l.list.text, Found: []string{strconv.Itoa(elements.Told)}}
	if len(elements.Kept) == 0 && !l.empty(doc) {
		f.Found, f.Missing = nil, l.list.why(doc)
	}
	all = append(all, f)
	for _, name := range of {
		one := l.fields[name]
		if one == nil || len(elements.Kept) == 0 {
			continue
		}
		f := Finding{Key: key + "." + name, From: one.String()}
		for _, e := range elements.Kept {
			f.Found = append(f.Found, one.texts(e)...)
		}
		if len(f.Found) == 0 {
			f.Missing = "in the first: " + one.why(elements.Kept[0])
		}
		all = append(all, f)
	}
	return all
}

// empty reports whether the list is there, with nothing in it.
func (l *list) empty(doc any) bool {
	segments := l.list.query.Query().Segments()
	for _, n := range []int{len(segments), len(segments) - 1} {
		if n < 0 {
			continue
		}
		for _, v := range jsonpath.New(spec.Query(true, segments[:n]...)).Select(doc) {
			if list, ok := v.([]any); ok && len(list) == 0 {
				return true
			}
		}
	}
	return false
}

func (e *expiry) finding(r reply) Finding {
	f := Finding{Key: "expiry", From: e.path.String()}
	if e.header != "" {
		f.From = "header " + e.header
	}
	if end, ok := e.found(r.doc, r.Header, r.At); ok {
		f.Found = []string{string(account.ExpiryNever)}
		if end.Kind == account.ExpiryDate {
			f.Found = []string{end.At.Format(time.RFC3339)}
		}
		return f
	}
	v, there := e.path.value(r.doc)
	switch {
	case e.header != "" && r.Header.Get(e.header) == "":
		f.Missing = noHeader
	case e.header != "":
		f.Missing = fmt.Sprintf("%q is no %s", r.Header.Get(e.header), e.as)
	case there && v == nil:
		f.Missing = `null; write null = "never" if the service means by it that the token does not end`
	case there && plain(v) != "":
		f.Missing = fmt.Sprintf("%q is no %s", text.Bound(plain(v), 40), e.as)
	default:
		f.Missing = e.path.why(r.doc)
	}
	return f
}

func (s *scopes) finding(r reply) Finding {
	f := Finding{Key: "scopes", From: s.path.String()}
	if s.header != "" {
		f.From, f.Missing = "header "+s.header, noHeader
	} else {
		f.Missing = s.path.why(r.doc)
	}
	if all, _ := s.found(r.doc, r.Header); all != nil {
		f.Found, f.Missing = all, ""
		if len(all) == 0 {
			f.Found = []string{"none"}
		}
	}
	return f
}
