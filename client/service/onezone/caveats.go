package onezone

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// caveat is a condition on a token in its JSON form.
type caveat struct {
	Type       service.Lenient[string]  `json:"type"`
	ValidUntil service.Lenient[float64] `json:"validUntil"`
	Whitelist  service.Lenient[[]any]   `json:"whitelist"`
	Filter     service.Lenient[string]  `json:"filter"`
	List       service.Lenient[[]any]   `json:"list"`
	Interface  service.Lenient[string]  `json:"interface"`
	// Scope is what a form without a type has.
	Scope service.Lenient[string] `json:"scope"`
}

// caveatRefused tells what it means that one caveat of the token does not
// hold for our request.
func caveatRefused(raw json.RawMessage, q service.Asked) account.Diagnosis {
	var c caveat
	if json.Unmarshal(raw, &c) != nil {
		c = caveat{}
	}
	allowed := texts(c.Whitelist.V)
	without := "use a token without this caveat" + q.Kept() + "."
	switch c.Type.V {
	case "time":
		if c.ValidUntil.V <= 0 {
			return service.Diagnosed(account.InvalidToken, "The token has ended.", q.Renew("in Onezone"))
		}
		return service.Diagnosed(account.InvalidToken, "The token ended on "+service.UnixTime(c.ValidUntil.V).Format("2006-01-02 at 15:04 UTC")+".", q.Renew("in Onezone"))
	case "ip":
		return service.Diagnosed(account.NetworkDenied,
			"The token is only valid from "+cmp.Or(text.AnyOf(each(allowed, singleAddress)), "certain addresses")+", and the request came from another one.",
			"Ask from an allowed address, or "+without)
	case "asn":
		return service.Diagnosed(account.NetworkDenied,
			"The token is only valid from "+certain(each(allowed, networkName), "network")+", and the request came from another one.",
			"Ask from an allowed network, or "+without)
	case "geo.country", "geo.region":
		return geoCaveat(c, without)
	case "service":
		return service.Diagnosed(account.ScopeMissing,
			"The token is only valid at "+cmp.Or(text.AnyOf(each(allowed, serviceName)), "other services")+", and not at Onezone itself.",
			"For this profile, "+without)
	case "consumer":
		return service.Diagnosed(account.Forbidden,
			"Only "+cmp.Or(text.AnyOf(each(allowed, consumerName)), "certain consumers")+" may use this token.", "For this profile, "+without)
	case "interface":
		return service.Diagnosed(account.ScopeMissing,
			"The token is only valid for the interface "+cmp.Or(text.Clip(interfaceName(c.Interface.V), text.MaxFact), "of another kind")+", and not for REST.",
			"For this profile, "+without)
	case "api":
		return service.Diagnosed(account.ScopeMissing, "The token only allows "+certain(allowed, "operation")+", and not to read its user.",
			"For this profile, use a token that allows ozw/get/user.*.*:*, or one without this caveat"+q.Kept()+".")
	case "data.readonly", "data.path", "data.objectid":
		return service.Diagnosed(account.ScopeMissing, "The token is for access to files only ("+c.Type.V+"), so it cannot tell its user.",
			"It may well be good for its purpose; for this profile, "+without)
	}
	if c.Scope.V == "identityToken" {
		return service.Diagnosed(account.ScopeMissing, "The token only proves who its user is to other services (identityToken).", "For this profile, "+without)
	}
	return service.Diagnosed(account.Forbidden, "A caveat of the token does not hold here"+text.Because(caveatText(raw))+".", "Meet the caveat, or "+without)
}

func geoCaveat(c caveat, without string) account.Diagnosis {
	where := certain(texts(c.List.V), strings.TrimPrefix(c.Type.V, "geo."))
	if c.Filter.V == "blacklist" {
		return service.Diagnosed(account.NetworkDenied, "The token is not valid from "+where+", and the request seems to come from there.",
			"Ask from elsewhere, or "+without)
	}
	return service.Diagnosed(account.NetworkDenied, "The token is only valid from "+where+", and the request seems to come from elsewhere.",
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
	return text.FirstNonEmpty(all)
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
