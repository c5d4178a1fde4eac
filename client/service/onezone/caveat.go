package onezone

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// caveatKind is what the service's name of a kind means, and how a value of it
// is told.
func caveatKind(name string) (kind account.CaveatKind, value func(string) string) {
	same := func(s string) string { return s }
	switch name {
	case "ip":
		return account.CaveatAddress, singleAddress
	case "asn":
		return account.CaveatNetwork, networkName
	case "geo.country":
		return account.CaveatCountry, same
	case "geo.region":
		return account.CaveatRegion, same
	case "service":
		return account.CaveatService, serviceName
	case "consumer":
		return account.CaveatConsumer, consumerName
	case "interface":
		return account.CaveatInterface, interfaceName
	case "api":
		return account.CaveatOperation, same
	case "data.path":
		return account.CaveatPath, dataPath
	case "data.objectid":
		return account.CaveatFile, same
	case "data.readonly":
		return account.CaveatReadOnly, same
	}
	return account.CaveatOther, same
}

// maxValues is how many values of a caveat are told.
const maxValues = 6

// newCaveat is a caveat with a list of values as the service writes them, and more of them
// that were not read.
func newCaveat(name string, not bool, list []string, more int) account.Caveat {
	kind, value := caveatKind(name)
	c := account.Caveat{Kind: kind, Not: not}
	for _, s := range list {
		switch s = strings.TrimSpace(s); {
		case s == "":
		case len(c.Values) == maxValues:
			c.More++
		default:
			c.Values = append(c.Values, text.Clip(value(s), text.MaxFact))
		}
	}
	if len(c.Values) > 0 {
		c.More += more
	}
	return c
}

// cutCaveat takes the text of a caveat apart; ok is false where it has not the
// operator that its kind must have.
func cutCaveat(written string) (name, value string, not, ok bool) {
	name, rest, _ := strings.Cut(written, " ")
	operator, value, ok := strings.Cut(rest, " ")
	switch {
	case name == "time":
		return name, value, false, ok && operator == "<"
	case strings.HasPrefix(name, "geo.") && operator == "!=":
		return name, value, true, ok
	}
	return name, value, false, ok && operator == "="
}

// parseCaveat reads a caveat in the text form that tokens hold. One that is not
// known, or not readable, is told as it is.
func parseCaveat(written string) account.Caveat {
	other := account.Caveat{Text: text.Clip(written, text.MaxFact)}
	if written == "data.readonly" {
		return account.Caveat{Kind: account.CaveatReadOnly}
	}
	name, value, not, ok := cutCaveat(written)
	c := newCaveat(name, not, strings.Split(value, "|"), 0)
	switch {
	case !ok:
		return other
	case name == "time":
		if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
			return account.Caveat{Kind: account.CaveatUntil, At: service.UnixTime(float64(seconds))}
		}
		return other
	case len(c.Values) == 0:
		return other
	case name == "authorization":
		return account.Caveat{Kind: account.CaveatIdentity}
	case c.Kind == account.CaveatOther || c.Kind == account.CaveatReadOnly:
		return other
	}
	return c
}

// caveatJSON is a caveat in the JSON form of refusals.
type caveatJSON struct {
	Type       service.Lenient[string]  `json:"type"`
	ValidUntil service.Lenient[float64] `json:"validUntil"`
	Whitelist  service.Lenient[values]  `json:"whitelist"`
	Filter     service.Lenient[string]  `json:"filter"`
	List       service.Lenient[values]  `json:"list"`
	Interface  service.Lenient[string]  `json:"interface"`
	// Scope is what a form without a type has.
	Scope service.Lenient[string] `json:"scope"`
}

// readCaveat reads a caveat as a refusal names it, which some do in its text
// form.
func readCaveat(raw json.RawMessage) account.Caveat {
	var written string
	if json.Unmarshal(raw, &written) == nil {
		return parseCaveat(written)
	}
	var j caveatJSON
	if json.Unmarshal(raw, &j) != nil {
		j = caveatJSON{}
	}
	name, not := j.Type.V, false
	list, more := texts(j.Whitelist.V)
	switch name {
	case "time":
		c := account.Caveat{Kind: account.CaveatUntil}
		if j.ValidUntil.V > 0 {
			c.At = service.UnixTime(j.ValidUntil.V)
		}
		return c
	case "interface":
		list, more = []string{j.Interface.V}, 0
	case "geo.country", "geo.region":
		list, more = texts(j.List.V)
		not = j.Filter.V == "blacklist"
	}
	switch c := newCaveat(name, not, list, more); {
	case c.Kind != account.CaveatOther:
		return c
	case j.Scope.V == "identityToken":
		return account.Caveat{Kind: account.CaveatIdentity}
	}
	return account.Caveat{Text: caveatText(raw)}
}

// caveatText is a caveat verbatim: the text that it is, or its JSON.
func caveatText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return compactJSON(raw)
}

// values are what a caveat lists.
type values = service.List[scalar]

// scalar is a text, or a number as text; empty where it is neither.
type scalar string

// UnmarshalJSON takes a value of any kind.
func (v *scalar) UnmarshalJSON(b []byte) error {
	var s string
	var n float64
	switch {
	case json.Unmarshal(b, &s) == nil:
		*v = scalar(s)
	case json.Unmarshal(b, &n) == nil:
		*v = scalar(strconv.FormatFloat(n, 'f', -1, 64))
	}
	return nil
}

// texts are the strings and numbers of a caveat's list, and more is how many it has beyond
// those that were looked at.
func texts(list values) (all []string, more int) {
	for _, v := range list.Kept {
		if v != "" {
			all = append(all, string(v))
		}
	}
	return all, list.Told - len(list.Kept)
}

// compactJSON is JSON on one line; empty for null and for what is not there.
func compactJSON(raw json.RawMessage) string {
	var b bytes.Buffer
	if len(raw) == 0 || string(raw) == "null" || json.Compact(&b, raw) != nil {
		return ""
	}
	return b.String()
}
