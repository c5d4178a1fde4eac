package service

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/text"
)

// BadResponse is an answer that is not what the service promises; what says
// in a sentence why.
func BadResponse(a Answer, q Asked, what string) account.Diagnosis {
	if IsWebPage(a) {
		return webPage(q)
	}
	return Diagnosed(account.BadResponse, what, "Check that "+q.Endpoint+
		" is the API of the service that the profile names; if it is, tell those who run it.")
}

func webPage(q Asked) account.Diagnosis {
	d := Diagnosed(account.BadResponse,
		q.Host+" sent a web page instead of JSON: most often that is a login page, a proxy or a captive portal.",
		"Open "+q.Endpoint+" in a browser: sign in to the network if it asks for that"+q.Remedy(", else check base_url in the profile.", "."))
	d.SignIn = true
	return d
}

// Refusal completes the diagnosis of a refused request with the service's own
// code and description. The status decides where the code is not known, and
// where it blames the credential in an answer that cannot know: one that is
// about load or a fault.
func Refusal(a Answer, q Asked, d account.Diagnosis, code, description string) account.Diagnosis {
	troubled := a.Status >= 500 || a.Status == 429 || a.Status == 408
	if d.State == "" || d.State == account.InvalidToken && troubled {
		d = DiagnoseStatus(a, q)
	}
	if d.State == account.InvalidToken && d.Action == "" {
		d.Action = q.RenewBy()
	}
	if code == "" {
		code, description = OAuthError(a)
	}
	d.Code = text.Clip(code, text.MaxCode)
	if description = strings.TrimSpace(description); description != "" {
		d.Description = text.Clip(description, text.MaxDescription)
	}
	return d
}

// DiagnoseStatus tells what an answer means by its status alone, for answers
// that say nothing the service's own reader knows.
func DiagnoseStatus(a Answer, q Asked) account.Diagnosis {
	var d account.Diagnosis
	switch s := a.Status; {
	case s >= 400 && s < 500:
		d = diagnoseClientError(a, q)
	case s >= 500 && s < 600:
		d = diagnoseServerError(a, q)
	case s == 304:
		d = BadResponse(a, q, fmt.Sprintf("%s calls its answer unchanged (status %d), and nothing was known that it could be.", q.Host, s))
	case s >= 300 && s < 400:
		d = diagnoseRedirect(a, q)
	case s >= 200 && s < 300:
		d = BadResponse(a, q, "The answer does not say who the user is.")
	default:
		d = BadResponse(a, q, fmt.Sprintf("%s answered with the status %d, which has no meaning in HTTP.", q.Host, s))
	}
	d.Description = ErrorText(a)
	return d
}

func diagnoseClientError(a Answer, q Asked) account.Diagnosis {
	service, credential := q.Host, q.Credential()
	switch a.Status {
	case 401:
		if IsWebPage(a) {
			return webPage(q)
		}
		return Diagnosed(account.InvalidToken, service+" does not accept the "+credential+".", q.Renew("at the service")).By(q.RenewBy())
	case 402:
		return Diagnosed(account.Forbidden, service+" asks for a payment first.", "Settle what the account owes there, then check again.")
	case 403:
		if limited(a) {
			return tooMany(q)
		}
		if IsWebPage(a) {
			return Diagnosed(account.Forbidden, "A web page instead of the API refused the request: most often a firewall or proxy in front of "+service+".",
				"Ask those who run the network or "+service+" to let requests to "+q.Endpoint+" through.")
		}
		return Diagnosed(account.Forbidden, service+" refuses the request of this "+credential+".",
			"Ask those who run "+service+" what this account may do, or use another "+credential+q.Kept()+".")
	case 404:
		return Diagnosed(account.NotFound, service+" has nothing at "+q.Endpoint+".", q.Remedy("Check base_url in the profile: most often it is wrong.",
			"Check what lies between here and "+service+"; if nothing does, look for a newer rollcall."))
	case 407:
		return Diagnosed(account.Misconfigured, "The proxy on the way wants a user name and password.", "Put them into the proxy address of the profile or of the environment.")
	case 408, 425:
		return unavailable(a, q)
	case 421, 426:
		return Diagnosed(account.Misconfigured, fmt.Sprintf("The server at %s does not take requests in this way (status %d).", q.Endpoint, a.Status),
			q.Remedy("Check the scheme, host and port of base_url in the profile.", "Look for a newer rollcall."))
	case 429:
		return tooMany(q)
	case 431:
		return Diagnosed(account.Misconfigured, service+" finds the headers of the request too large, most often because of a long "+credential+".",
			"Check that only the "+credential+" itself is stored"+q.Kept()+", or use a shorter one.").By(account.ActionRotate)
	case 451:
		return Diagnosed(account.Forbidden, service+" may not answer for legal reasons.", "Ask those who run "+service+"; another network or country may be treated differently.")
	}
	return Diagnosed(account.BadRequest, fmt.Sprintf("%s does not understand the request (status %d).", service, a.Status),
		"Check that "+q.Endpoint+" is the API of the service that the profile names; if it is, look for a newer rollcall.")
}

func diagnoseServerError(a Answer, q Asked) account.Diagnosis {
	switch s := a.Status; {
	case s == 511:
		d := Diagnosed(account.NetworkDenied, "The network here wants a sign-in before it lets requests through.",
			"Open any web page in a browser, sign in to the network, then check again.")
		d.SignIn = true
		return d
	case s >= 502 && s <= 504, s >= 520 && s <= 527, s == 530:
		return unavailable(a, q)
	}
	return Diagnosed(account.ServerError, fmt.Sprintf("%s failed while it answered (status %d).", q.Host, a.Status),
		"Check again in a while; if it stays so, tell those who run "+q.Host+".")
}

func diagnoseRedirect(a Answer, q Asked) account.Diagnosis {
	to := "elsewhere"
	if u, err := url.Parse(a.Header.Get("Location")); err == nil && u.Host != "" {
		to = "to " + text.Clip((&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String(), text.MaxFact)
	}
	return Diagnosed(account.Misconfigured, fmt.Sprintf("%s sends the request %s (status %d) instead of answering it.", q.Host, to, a.Status),
		q.Remedy("If that is the right address, make it the base_url of the profile; if it is a login page, sign in to the network first.",
			"If it is a login page, sign in to the network first; else look for a newer rollcall."))
}

func unavailable(a Answer, q Asked) account.Diagnosis {
	return Diagnosed(account.Unavailable, fmt.Sprintf("%s cannot answer at the moment (status %d).", q.Host, a.Status),
		"Wait: this most often passes by itself; if it does not, tell those who run "+q.Host+".")
}

func tooMany(q Asked) account.Diagnosis {
	return Diagnosed(account.RateLimited, q.Host+" has had as many requests as it allows for now.", WaitForLimit)
}

const WaitForLimit = "Wait until the limit is over; a longer refresh_interval keeps away from it."

// limited reports whether a refusal carries a sign of a rate limit.
func limited(a Answer) bool {
	if a.Header.Get("Retry-After") != "" {
		return true
	}
	return slices.ContainsFunc(a.Limits, func(b ratelimit.Bucket) bool { return b.Spent() })
}

// ErrorText finds what an answer of any service says for people.
func ErrorText(a Answer) string {
	body := TrimBody(a.Body)
	if len(body) > 1<<20 || IsWebPage(a) {
		return ""
	}
	words := ""
	var v any
	if json.Unmarshal(body, &v) == nil {
		words = jsonText(v)
	}
	if words == "" {
		_, after, _ := strings.Cut(a.Header.Get("WWW-Authenticate"), `error_description="`)
		words, _, _ = strings.Cut(after, `"`)
	}
	if words == "" && v == nil && utf8.Valid(body) {
		words, _, _ = strings.Cut(string(body), "\n")
	}
	return text.Clip(strings.TrimSpace(words), text.MaxErrorText)
}

// jsonText looks where services put their message, the most telling first.
func jsonText(v any) string {
	m, _ := v.(map[string]any)
	e, _ := m["error"].(map[string]any)
	var first any
	if list, _ := m["errors"].([]any); len(list) > 0 {
		first = list[0]
	}
	f, _ := first.(map[string]any)
	for _, found := range []any{
		v, e["description"], e["message"], m["error_description"], m["error"],
		f["message"], f["detail"], f["title"], first,
		messages(m["message"], 3), m["detail"], m["title"], m["description"], m["err"], problemType(m["type"]),
	} {
		if s, _ := found.(string); strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// problemType is the name at the end of the address that stands for a kind of
// problem.
func problemType(v any) string {
	s, _ := v.(string)
	i := strings.LastIndexAny(s, "/#")
	if i < 0 {
		return "" // it names none
	}
	return s[i+1:]
}

// messages joins the texts in v, which some services nest by field.
func messages(v any, depth int) string {
	var all []string
	switch v := v.(type) {
	case string:
		return v
	case []any:
		for _, item := range v {
			all = append(all, messages(item, depth-1))
		}
	case map[string]any:
		for key, item := range v {
			all = append(all, key+" "+messages(item, depth-1))
		}
		slices.Sort(all)
	}
	if depth <= 0 {
		return ""
	}
	return strings.Join(all, ", ")
}
