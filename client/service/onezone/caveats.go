package onezone

import (
	"encoding/json"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// caveatRefused tells what it means that one caveat of the token does not
// hold for our request.
func caveatRefused(raw json.RawMessage, q service.Asked) account.Diagnosis {
	c := readCaveat(raw)
	for i := range c.Values {
		c.Values[i] = q.Redact(c.Values[i])
	}
	without := "use a token without this caveat" + q.Kept() + "."
	switch c.Kind {
	case account.CaveatUntil:
		d := service.Diagnosed(account.InvalidToken, "The token has ended.", q.Renew("in Onezone"))
		d.EndClaimed = c.At
		return d
	case account.CaveatAddress:
		return service.Diagnosed(account.NetworkDenied,
			"The token is only valid from "+c.Terms()+", and the request came from another one.",
			"Ask from an allowed address, or "+without)
	case account.CaveatNetwork:
		return service.Diagnosed(account.NetworkDenied,
			"The token is only valid from "+c.Terms()+", and the request came from another one.",
			"Ask from an allowed network, or "+without)
	case account.CaveatCountry, account.CaveatRegion:
		if c.Not {
			return service.Diagnosed(account.NetworkDenied, "The token is not valid from "+c.Terms()+", and the request seems to come from there.",
				"Ask from elsewhere, or "+without)
		}
		return service.Diagnosed(account.NetworkDenied, "The token is only valid from "+c.Terms()+", and the request seems to come from elsewhere.",
			"Ask from there, or "+without)
	case account.CaveatService:
		return service.Diagnosed(account.ScopeMissing, "The token is only valid at "+c.Terms()+", and not at Onezone itself.", "For this profile, "+without)
	case account.CaveatConsumer:
		return service.Diagnosed(account.Forbidden, "Only "+c.Terms()+" may use this token.", "For this profile, "+without)
	case account.CaveatInterface:
		over := c.Terms()
		if len(c.Values) > 0 {
			over = "the interface " + over
		}
		return service.Diagnosed(account.ScopeMissing, "The token is only valid for "+over+", and not for REST.", "For this profile, "+without)
	case account.CaveatOperation:
		return service.Diagnosed(account.ScopeMissing, "The token only allows "+c.Terms()+", and not to read its user.",
			"For this profile, use a token that allows ozw/get/user.*.*:*, or one without this caveat"+q.Kept()+".")
	case account.CaveatReadOnly, account.CaveatPath, account.CaveatFile:
		return service.Diagnosed(account.ScopeMissing, "The token is for access to files only ("+dataCaveat(c.Kind)+"), so it cannot tell its user.",
			"It may well be good for its purpose; for this profile, "+without)
	case account.CaveatIdentity:
		return service.Diagnosed(account.ScopeMissing, "The token only proves who its user is to other services (identityToken).", "For this profile, "+without)
	}
	return service.Diagnosed(account.Forbidden, "A caveat of the token does not hold here"+text.Because(q.Redact(c.Text))+".", "Meet the caveat, or "+without)
}

// dataCaveat is the service's own name of a caveat on files.
func dataCaveat(kind account.CaveatKind) string {
	switch kind {
	case account.CaveatPath:
		return "data.path"
	case account.CaveatFile:
		return "data.objectid"
	}
	return "data.readonly"
}
