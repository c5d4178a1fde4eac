package onezone

import (
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rollcall/client/service"
	"rollcall/client/text"
)

// caveatWords tells a caveat of a token in words, from the text form that
// tokens hold. One that is not known, or not readable, is told as it is.
func caveatWords(words string) string {
	if words == "data.readonly" {
		return "read-only"
	}
	kind, rest, _ := strings.Cut(words, " ")
	op, value, ok := strings.Cut(rest, " ")
	list := text.FirstNonEmpty(strings.Split(value, "|"))
	if !ok || len(list) == 0 || op != caveatOperator(kind, op) {
		return words
	}
	switch kind {
	case "time":
		if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
			return "until " + service.UnixTime(float64(seconds)).Format(time.DateOnly)
		}
	case "ip":
		return "only from " + text.AnyOf(each(list, singleAddress))
	case "asn":
		return "only from " + several(list, "network") + text.AnyOf(each(list, networkName))
	case "geo.country", "geo.region":
		only := "only from "
		if op == "!=" {
			only = "not from "
		}
		return only + several(list, strings.TrimPrefix(kind, "geo.")) + text.AnyOf(list)
	case "authorization":
		return "only to prove who its user is"
	case "service":
		return "only at " + text.AnyOf(each(list, serviceName))
	case "consumer":
		return "only used by " + text.AnyOf(each(list, consumerName))
	case "interface":
		return "only over " + text.AnyOf(each(list, interfaceName))
	case "api":
		return "only for " + several(list, "operation") + text.AnyOf(list)
	case "data.path":
		return "only for " + several(list, "path") + text.AnyOf(each(list, dataPath))
	case "data.objectid":
		return "only for " + several(list, "file id") + text.AnyOf(list)
	}
	return words
}

// caveatOperator is the operator that a kind of caveat must have; given is
// returned where it is one of several that will do.
func caveatOperator(kind, given string) string {
	switch {
	case kind == "time":
		return "<"
	case strings.HasPrefix(kind, "geo.") && given == "!=":
		return given
	}
	return "="
}

// several is "the network " or "the networks ", as the list needs it.
func several(list []string, noun string) string {
	if len(list) == 1 {
		return "the " + noun + " "
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return "the " + stem + "ies "
	}
	return "the " + noun + "s "
}

func each(list []string, f func(string) string) []string {
	all := make([]string, len(list))
	for i, s := range list {
		all[i] = f(s)
	}
	return all
}

// singleAddress writes a network of one address as that address.
func singleAddress(mask string) string {
	if p, err := netip.ParsePrefix(mask); err == nil && p.IsSingleIP() {
		return p.Addr().String()
	}
	return mask
}

func networkName(number string) string { return "AS" + number }

// serviceName tells which service is meant by "opw-ID", or by "opw-*" for all
// of a kind.
func serviceName(s string) string {
	kind, id, _ := strings.Cut(s, "-")
	switch kind {
	case "ozw":
		return "Onezone"
	case "ozp":
		return "Onezone's panel"
	case "opw":
		return named("Oneprovider", id)
	case "opp":
		return "the panel of " + named("Oneprovider", id)
	}
	return s
}

// consumerName tells who is meant by "usr-ID", or by "usr-*" for all of a kind.
func consumerName(s string) string {
	kind, id, _ := strings.Cut(s, "-")
	if noun := map[string]string{"usr": "user", "grp": "group", "prv": "Oneprovider"}[kind]; noun != "" {
		return named(noun, id)
	}
	return s
}

// named is one of a kind, or all of them for "*".
func named(noun, id string) string {
	if id == "*" {
		return "any " + noun
	}
	return noun + " " + id
}

func interfaceName(s string) string {
	switch s {
	case "rest":
		return "REST"
	case "oneclient":
		return "Oneclient"
	case "graphsync":
		return "GraphSync"
	}
	return s
}

// dataPath decodes a path; one that makes no text stays as it is.
func dataPath(encoded string) string {
	path, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(path) == 0 || !utf8.Valid(path) {
		return encoded
	}
	return string(path)
}
