package onezone

import (
	"encoding/base64"
	"net/netip"
	"strings"
	"unicode/utf8"
)

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
