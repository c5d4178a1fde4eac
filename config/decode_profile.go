package config

import (
	"strings"
	"time"

	"rollcall/config/spelling"
)

// fill reads a profile's keys.
func (t *table) fill(p *Profile) {
	provider, known := t.provider(p)
	t.baseURL(p, provider, known)
	t.parts(p, provider, known)
	p.Token = t.credential("token")
	p.Username = t.username()
	p.Password = t.credential("password")
	p.SecondToken = t.credential("second_token")
	t.signIn(provider, known)
	t.secondToken(provider, known)

	p.Label = t.label()
	p.Tags = t.tags()
	p.RefreshInterval = t.refreshInterval(p.RefreshInterval)
	p.RequestTimeout = t.requestTimeout(p.RequestTimeout)
	p.CAFile = t.filePath("ca_file", "ca.pem")
	p.ClientCert = t.filePath("client_cert", "client.pem")
	p.ClientKey = t.filePath("client_key", "client.key")
	t.together("client_cert", "client_key")
	p.Proxy = t.proxy()
	p.InsecureSkipVerify = t.boolean("insecure_skip_verify", false)
	p.Disabled = t.boolean("disabled", false)
	p.Identity, _ = t.text("identity", "user_x")
	if p.Identity != "" && known && provider.Anonymous {
		t.problem("identity", "%s names no user that could be compared; delete identity", provider.Name)
	}
	if one := t.dec.described[p.Provider]; one == nil || one.wrong == "" {
		// Of a service whose description is wrong, nobody knows the keys.
		t.unknown()
	}
}

// provider reads the service; known is false where it is none of ours. Another name
// for it counts as its own, and stays in the file as it is.
func (t *table) provider(p *Profile) (found Provider, known bool) {
	if !t.has("provider") {
		t.missing("provider", nil, "provider is missing; it is %s", t.dec.services.told())
	}
	want := ""
	if _, isText := t.values["provider"].(string); !isText {
		want = "the name of a service, in quotes: " + t.dec.services.told()
	}
	name, ok := value[string](t, "provider", want)
	if !ok {
		return Provider{}, false
	}
	if found, known = t.dec.provider(name); !known {
		t.problem("provider", "provider must be %s, not %s%s", t.dec.services.told(), quote(name), spelling.DidYouMean(name, t.dec.services.names()))
		return Provider{}, false
	}
	p.Provider = found.Name
	switch one := t.dec.described[name]; {
	case one == nil || one.wrong == "":
		return found, known
	case one.command != "":
		t.problemAt("provider", "the service "+name+" is not used, since "+one.wrong, "Run: "+one.command, one.command)
	default:
		t.problem("provider", "%s is described wrongly: %s", name, one.wrong)
		t.report.problems[len(t.report.problems)-1].Remedy = "Correct the description in " + one.where() + "."
	}
	return Provider{}, false
}

// signIn checks that there is a token, or a user name and a password.
func (t *table) signIn(provider Provider, known bool) {
	token, username, password := t.has("token"), t.has("username"), t.has("password")
	basic := !known || provider.Basic
	switch {
	case token && username && !provider.UserToken:
		t.problem("username", "there is a token already; delete it, or username and password")
	case token && password:
		t.problem("password", "there is a token already; delete it, or the password")
	case token && !username && known && provider.UserToken:
		t.missing("username", nil, "%s wants a user name beside the token; write username = %q", provider.Name, "sam@example.org")
	case token:
	case !basic && username && !provider.UserToken:
		t.problem("username", "%s does not take a user name; write a token, such as %s", provider.Name, tokenExample)
	case !basic && password:
		t.problem("password", "%s does not take a password; write a token, such as %s", provider.Name, tokenExample)
	case provider.UserToken && !password:
		t.missing("token", []string{"password"}, "a token is missing; write %s", tokenExample)
	case username || password:
		t.together("username", "password")
	case basic:
		t.missing("token", []string{"username", "password"}, "a token is missing, or username and password; write %s", tokenExample)
	default:
		t.missing("token", nil, "a token is missing; write %s", tokenExample)
	}
}

const tokenExample = `token = { env = "NAME_OF_A_VARIABLE" }`

// together checks that a key does not stand without the other.
func (t *table) together(a, b string) {
	switch {
	case t.has(a) && !t.has(b):
		t.problem(a, "%s needs %s beside it", a, b)
		t.lacks(b)
	case t.has(b) && !t.has(a):
		t.problem(b, "%s needs %s beside it", b, a)
		t.lacks(a)
	}
}

func (t *table) username() string {
	name, ok := t.text("username", "admin")
	if ok && strings.Contains(name, ":") {
		t.problem("username", "username must not have a colon in it; HTTP allows none")
	}
	return name
}

// label may be empty.
func (t *table) label() string {
	label, _ := value[string](t, "label", `text in quotes, such as "Work"`)
	if !readable(label) {
		t.problem("label", "label must not have line breaks or control characters in it")
		return ""
	}
	return label
}

func (t *table) tags() []string {
	tags, ok := t.texts("tags", `a list of texts, such as ["prod", "eu"]`)
	if !ok {
		return nil
	}
	for _, tag := range tags {
		if why := wrongTag(tag); why != "" {
			t.problem("tags", "%s", why)
			return nil
		}
	}
	return tags
}

// refreshInterval is of a profile or of the whole file, as is requestTimeout.
func (t *table) refreshInterval(otherwise time.Duration) time.Duration {
	d, ok := t.duration("refresh_interval", "60s")
	if !ok {
		return otherwise
	}
	if d > 0 && d < time.Second {
		t.problem("refresh_interval", `refresh_interval must be "1s" or more, or "0s" for no automatic refresh`)
		return otherwise
	}
	return d
}

func (t *table) requestTimeout(otherwise time.Duration) time.Duration {
	d, ok := t.duration("request_timeout", "10s")
	if !ok {
		return otherwise
	}
	if d == 0 {
		t.problem("request_timeout", `request_timeout must be more than zero; write one such as "10s"`)
		return otherwise
	}
	return d
}
