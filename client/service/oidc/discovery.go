package oidc

import (
	"fmt"
	"net/url"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// discovery is the part of an issuer's description of itself that is of use here.
type discovery struct {
	Issuer   string                  `json:"issuer"`
	UserInfo service.Lenient[string] `json:"userinfo_endpoint"`
}

// discovered is where the issuer says that UserInfo is; the diagnosis has a state
// where it does not say.
func discovered(a service.Answer, q service.Asked) (at string, d account.Diagnosis) {
	if a.Status/100 != 2 {
		return "", undescribed(a, q)
	}
	var body discovery
	if problem := service.Decode(a, &body); problem != "" {
		return "", service.BadResponse(a, q, problem)
	}
	if body.Issuer == "" {
		return "", service.BadResponse(a, q, "The answer does not say which issuer it describes.")
	}
	if configured := q.Base; configured != "" && body.Issuer != configured {
		return "", otherIssuer(body.Issuer, configured, q)
	}
	if body.UserInfo.V == "" {
		return "", service.Misconfigured("The issuer "+q.Host+" has no UserInfo endpoint, so that nobody can be asked who the user is.",
			"Use another service of this provider, or ask those who run "+q.Host+" to switch UserInfo on.").By(account.ActionCopy)
	}
	if u, err := url.Parse(body.UserInfo.V); err != nil || !u.IsAbs() {
		return "", service.Misconfigured("The issuer "+q.Host+" names a UserInfo endpoint that is not an address.",
			"Tell those who run "+q.Host+".").By(account.ActionCopy)
	}
	return body.UserInfo.V, account.Diagnosis{}
}

// undescribed is what a refusal of the description means. No token was shown, so
// that none is to blame.
func undescribed(a service.Answer, q service.Asked) account.Diagnosis {
	switch a.Status {
	case 400, 404, 405, 410:
		return service.Diagnosed(account.NotFound, q.Host+" does not describe itself at "+q.Endpoint+", so that this is no issuer of OpenID Connect.",
			"Make base_url the issuer, exactly as the tokens name it (iss): with its path, and with a slash at its end if it has one.")
	case 401, 403:
		return service.Misconfigured(fmt.Sprintf("%s does not show its description to everybody (status %d).", q.Host, a.Status),
			"Check that base_url is the issuer; if it is, tell those who run "+q.Host+".")
	}
	return service.DiagnoseStatus(a, q)
}

// otherIssuer is the diagnosis of a description of another issuer than the one that
// was asked for. They are compared letter by letter (Discovery 1.0, section 4.3).
func otherIssuer(told, configured string, q service.Asked) account.Diagnosis {
	told = text.Clip(q.Redact(told), text.MaxFact)
	if strings.ContainsAny(told, "{}") {
		return service.Misconfigured(q.Host+" describes a whole family of issuers ("+told+"), and no single one.",
			"Put your own tenant into base_url, in place of what stands for all of them.")
	}
	explanation := fmt.Sprintf("%s says that its issuer is %s, and not %s.", q.Host, told, configured)
	if strings.TrimRight(told, "/") == strings.TrimRight(configured, "/") {
		explanation = fmt.Sprintf("%s says that its issuer is %s: the slash at the end counts.", q.Host, told)
	}
	return service.Misconfigured(explanation, "Make base_url exactly "+told+", if you know that this is the issuer.")
}
