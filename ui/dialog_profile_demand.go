package ui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/ui/draw"
)

// What few services want besides: parts of their address, a user name beside the
// token, and a second token. The fields of parts are there for every service, by
// their place, and named after those of the one that is chosen.

// mostParts is how many parts of an address the form asks for.
const mostParts = 3

// partKey is the key of the field for a part by its place.
func partKey(n int) string { return "part " + strconv.Itoa(n) }

// placeOfPart is the place of a part by the key of its field.
func placeOfPart(key string) (n int, is bool) {
	digits, is := strings.CutPrefix(key, "part ")
	n, err := strconv.Atoi(digits)
	return n, is && err == nil
}

// partFields are the fields of parts, empty but for what the draft says.
func partFields(d config.Draft) (all []draw.Field) {
	values := make([]string, mostParts)
	for i, name := range slices.Sorted(maps.Keys(d.Parts)) {
		if i < mostParts {
			values[i] = d.Parts[name]
		}
	}
	for n, v := range values {
		all = append(all, draw.Field{Key: partKey(n), Label: "part", Line: draw.LineOf(v)})
	}
	return all
}

// secondLine is where the second token of a draft is, as the form shows it: the name
// of a variable, or another place in words that stay as they are.
func secondLine(d config.Draft) string {
	switch d.Second.Kind() {
	case "":
		return ""
	case credential.SourceEnv:
		return d.Second.Line()
	}
	return d.Second.Source()
}

// demand is what the service that is chosen wants.
func (f *profileFields) demand() config.Provider {
	if f.config == nil {
		return config.Provider{}
	}
	p, _ := f.config.Provider(f.value("provider"))
	slices.SortStableFunc(p.Parts, func(a, b config.AddressPart) int { return strings.Compare(a.Name, b.Name) })
	return p
}

// demanded is a draft with what its service wants.
func (f *profileFields) demanded(d config.Draft) config.Draft {
	wants := f.demand()
	d.UserToken = wants.UserToken && d.Username != ""
	if d.Provider == f.draft.Provider && len(wants.Parts) == 0 && !wants.SecondToken {
		// What a description says that is wrong now, it may say again.
		return d
	}
	d.Parts = nil
	for n, part := range wants.Parts {
		value := f.value(partKey(n))
		if value == "" || n >= mostParts || !f.matters(partKey(n)) {
			continue
		}
		if d.Parts == nil {
			d.Parts = map[string]string{}
		}
		d.Parts[part.Name] = value
	}
	switch line := f.value("second_token"); {
	case !wants.SecondToken:
		d.Second = credential.Credential{}
	case line != secondLine(f.draft):
		d.Second = credential.Env(line)
	}
	return d
}

// keyOf is the key of the field for a key of [config.Draft.Check].
func (f *profileFields) keyOf(key string) string {
	if n := slices.IndexFunc(f.demand().Parts, func(p config.AddressPart) bool { return p.Name == key }); n >= 0 && n < mostParts {
		return partKey(n)
	}
	return key
}

// adviceOnPart says what a part of an address can be.
func adviceOnPart(p config.AddressPart) string {
	if len(p.Allowed) > 0 {
		return strings.Join(p.Allowed, " or ")
	}
	return fmt.Sprintf("the {%s} in its address", p.Name)
}
