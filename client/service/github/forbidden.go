package github

import (
	"net/netip"
	"net/url"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// forbidden tells what a refusal means that is not about a limit.
func (e refusal) forbidden(a service.Answer, q service.Asked, what string) account.Diagnosis {
	switch {
	case strings.HasPrefix(a.Header.Get("X-Github-Sso"), "required"), e.tells("saml enforcement"):
		return singleSignOn(a.Header.Get("X-Github-Sso"), q)
	case e.tells("ip allow list", "your ip address"):
		return networkDenied(e.words, e.organization())
	case e.tells("not accessible by integration") && what == identityRequest:
		return service.Diagnosed(account.NoUser, "The token is good, but it belongs to the installation of an app and not to a person.",
			"Nothing is broken; to see a person here, use a token of a user"+q.Kept()+".")
	case e.tells("not accessible by integration", "not accessible by personal access token"):
		return permissionMissing(lackedPermissions(a.Header, q), q)
	case e.tells("account was suspended", "account is suspended"):
		return service.Diagnosed(account.Forbidden, "GitHub has suspended this account.",
			"Ask the support of GitHub, or an administrator of "+q.Host+", what has to be settled.")
	case e.tells("oauth app access restrictions"):
		return service.Diagnosed(account.Forbidden, e.organization()+" lets no app in that its owners have not approved.",
			"Ask an owner to approve the app, or use a personal access token"+q.Kept()+".")
	case e.tells("forbids access via a personal access token (classic)"):
		return service.Diagnosed(account.Forbidden, e.organization()+" takes no classic tokens.",
			"Put a fine-grained personal access token in place of this one"+q.Kept()+".").By(account.ActionRotate)
	case e.tells("forbids access via a fine-grained"):
		return service.Diagnosed(account.Forbidden, e.organization()+" takes no fine-grained tokens, or none that are good for as long as this one.",
			"Make a token that ends sooner and put it in place of this one"+q.Kept()+".").By(account.ActionRotate)
	case e.tells("administrative rules", "user-agent"):
		return service.Diagnosed(account.BadRequest, "GitHub takes no requests that do not say who sends them.",
			"Look for a proxy before "+q.Endpoint+" that drops the User-Agent header.").By(account.ActionCopy)
	}
	if lacked := lackedScopes(a); len(lacked) > 0 {
		return scopeMissing(lacked, q)
	}
	return account.Diagnosis{}
}

// organizationName finds the name that a message has between backticks or quotes.
var organizationName = text.Pattern("[`']([A-Za-z0-9-]{1,39})[`']")

// organization is who refuses, at the beginning of a sentence.
func (e refusal) organization() string {
	if found := organizationName().FindStringSubmatch(e.words); found != nil {
		return "The organization " + found[1]
	}
	return "An organization"
}

// deniedAddress finds the address that a message names as not allowed.
var deniedAddress = text.Pattern(`(?i)your ip address,? ?\(?([0-9a-f.:]*[0-9a-f])\)?,? is not permitted`)

// networkDenied is a refusal of the place that a request came from.
func networkDenied(message, who string) account.Diagnosis {
	found := deniedAddress().FindStringSubmatch(message)
	if found != nil {
		if addr, err := netip.ParseAddr(found[1]); err == nil {
			return service.Diagnosed(account.NetworkDenied, who+" does not let requests from "+addr.String()+" in.",
				"Ask an owner to add "+addr.String()+" to the allow list, or ask from an allowed address.").By(account.ActionCopy)
		}
	}
	return service.Diagnosed(account.NetworkDenied, who+" lets only some addresses in, and yours is not among them.",
		"Ask an owner to add your address to the allow list, or ask from an allowed one.").By(account.ActionCopy)
}

// scopeMissing names the scopes of which the token needs one.
func scopeMissing(lacked []string, q service.Asked) account.Diagnosis {
	short := text.AnyOf(lacked)
	long := make([]string, len(lacked))
	for i, scope := range lacked {
		long[i] = named(scope)
	}
	return service.Diagnosed(account.ScopeMissing, q.Redact("The token lacks the scope "+text.AnyOf(long)+"."),
		q.Redact("Give the token the scope "+short)+" at GitHub, or use a token that has it"+q.Kept()+".").By(account.ActionOpen)
}

// permissionMissing names the permissions of which the token needs one set.
func permissionMissing(needed string, q service.Asked) account.Diagnosis {
	if needed == "" {
		return service.Diagnosed(account.ScopeMissing, "The token lacks a permission that this needs.",
			"Give the token more permissions at GitHub, or use a token that has them"+q.Kept()+".").By(account.ActionOpen)
	}
	return service.Diagnosed(account.ScopeMissing, "The token lacks the permission to "+needed+".",
		"Give the token the permission to "+needed+" at GitHub, or use a token that has it"+q.Kept()+".").By(account.ActionOpen)
}

// singleSignOn is a refusal of an organization until the token was let in there. The
// header names the page that does it, which is good for an hour.
func singleSignOn(header string, q service.Asked) account.Diagnosis {
	d := service.Diagnosed(account.Forbidden, "An organization wants single sign-on for this token.",
		"Authorize the token for single sign-on in its settings at GitHub, then check again.").By(account.ActionOpen)
	_, page, _ := strings.Cut(header, "url=")
	if u, err := url.Parse(strings.TrimSpace(page)); err == nil && u.Scheme == "https" && u.Host != "" {
		d.Remedy = "Authorize the token for single sign-on at " + text.Clip(q.Redact(u.String()), text.MaxFact) + " and check again."
		d.Action = account.ActionCopy
	}
	return d
}
