package client

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// caveat is a condition on a token in its JSON form.
type caveat struct {
	Type       lenient[string]  `json:"type"`
	ValidUntil lenient[float64] `json:"validUntil"`
	Whitelist  lenient[[]any]   `json:"whitelist"`
	Filter     lenient[string]  `json:"filter"`
	List       lenient[[]any]   `json:"list"`
	Interface  lenient[string]  `json:"interface"`
	// Scope is what a form without a type has.
	Scope lenient[string] `json:"scope"`
}

// onezoneCaveat tells what it means that one caveat of the token does not
// hold for our request.
func onezoneCaveat(raw json.RawMessage, q question) account.Diagnosis {
	var c caveat
	if json.Unmarshal(raw, &c) != nil {
		c = caveat{}
	}
	allowed := texts(c.Whitelist.v)
	without := "use a token without this caveat" + q.kept() + "."
	switch c.Type.v {
	case "time":
		if c.ValidUntil.v <= 0 {
			return diagnosed(account.InvalidToken, "The token has ended.", q.renew("in Onezone"))
		}
		return diagnosed(account.InvalidToken, "The token ended on "+unixTime(c.ValidUntil.v).Format("2006-01-02 at 15:04 UTC")+".", q.renew("in Onezone"))
	case "ip":
		return diagnosed(account.NetworkDenied,
			"The token is only valid from "+cmp.Or(text.AnyOf(each(allowed, singleAddress)), "certain addresses")+", and the request came from another one.",
			"Ask from an allowed address, or "+without)
	case "asn":
		return diagnosed(account.NetworkDenied,
			"The token is only valid from "+certain(each(allowed, networkName), "network")+", and the request came from another one.",
			"Ask from an allowed network, or "+without)
	case "geo.country", "geo.region":
		return geoCaveat(c, without)
	case "service":
		return diagnosed(account.ScopeMissing,
			"The token is only valid at "+cmp.Or(text.AnyOf(each(allowed, serviceName)), "other services")+", and not at Onezone itself.",
			"For this profile, "+without)
	case "consumer":
		return diagnosed(account.Forbidden,
			"Only "+cmp.Or(text.AnyOf(each(allowed, consumerName)), "certain consumers")+" may use this token.", "For this profile, "+without)
	case "interface":
		return diagnosed(account.ScopeMissing,
			"The token is only valid for the interface "+cmp.Or(text.Clip(interfaceName(c.Interface.v), text.MaxFact), "of another kind")+", and not for REST.",
			"For this profile, "+without)
	case "api":
		return diagnosed(account.ScopeMissing, "The token only allows "+certain(allowed, "operation")+", and not to read its user.",
			"For this profile, use a token that allows ozw/get/user.*.*:*, or one without this caveat"+q.kept()+".")
	case "data.readonly", "data.path", "data.objectid":
		return diagnosed(account.ScopeMissing, "The token is for access to files only ("+c.Type.v+"), so it cannot tell its user.",
			"It may well be good for its purpose; for this profile, "+without)
	}
	if c.Scope.v == "identityToken" {
		return diagnosed(account.ScopeMissing, "The token only proves who its user is to other services (identityToken).", "For this profile, "+without)
	}
	return diagnosed(account.Forbidden, "A caveat of the token does not hold here"+text.Because(caveatText(raw))+".", "Meet the caveat, or "+without)
}

func geoCaveat(c caveat, without string) account.Diagnosis {
	where := certain(texts(c.List.v), strings.TrimPrefix(c.Type.v, "geo."))
	if c.Filter.v == "blacklist" {
		return diagnosed(account.NetworkDenied, "The token is not valid from "+where+", and the request seems to come from there.",
			"Ask from elsewhere, or "+without)
	}
	return diagnosed(account.NetworkDenied, "The token is only valid from "+where+", and the request seems to come from elsewhere.",
		"Ask from there, or "+without)
}

// caveatText is a caveat verbatim: the text that it is, or its JSON.
func caveatText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return compactJSON(raw)
}

// texts are the strings and numbers of a caveat's list.
func texts(list []any) []string {
	var all []string
	for _, v := range list {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case float64:
			all = append(all, strconv.FormatFloat(v, 'f', -1, 64))
		}
	}
	return text.Filled(all)
}

// certain is "the network AS1", "the networks AS1 or AS2", or "certain
// networks" where the list is not told.
func certain(list []string, noun string) string {
	if len(list) == 0 {
		return "certain " + strings.TrimSpace(strings.TrimPrefix(several(nil, noun), "the "))
	}
	return several(list, noun) + text.AnyOf(list)
}

// compactJSON is JSON on one line; empty for null and for what is not there.
func compactJSON(raw json.RawMessage) string {
	var b bytes.Buffer
	if len(raw) == 0 || string(raw) == "null" || json.Compact(&b, raw) != nil {
		return ""
	}
	return b.String()
}
