package config

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

const baseURLExample = "https://onezone.example.org"

// baseURL reads the service's address. Messages do not repeat it: it can hold
// a password.
func (t *table) baseURL(p *Profile, provider Provider, known bool) {
	if known && provider.DefaultURL == "" && !t.has("base_url") {
		t.missing("base_url", nil, "base_url is missing, and %s has no public address; write base_url = %q", provider.Name, baseURLExample)
	}
	text, ok := t.text("base_url", baseURLExample)
	if !ok {
		return
	}
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	secret := t.has("token") || t.has("password")
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || !validPort(u):
		t.problem("base_url", "base_url must be an address such as %q", baseURLExample)
	case u.User != nil:
		t.problem("base_url", "base_url must not have a user or password in it; write token, or username and password, as keys of their own")
	case strings.ContainsAny(text, "?#"):
		t.problem("base_url", `base_url must end before any "?" or "#"`)
	case u.Scheme == "http" && secret && !loopback(u.Hostname()):
		t.problem("base_url", "base_url must begin with https://, since http:// would send the credential unencrypted")
	default:
		p.BaseURL = text
	}
}

// proxy reads a proxy's address, which can hold a password.
func (t *table) proxy() string {
	const example = "http://proxy.example.org:3128"
	text, ok := t.text("proxy", example)
	if !ok {
		return ""
	}
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || !validPort(u) || strings.ContainsAny(text, "?#") || strings.Trim(u.Path, "/") != "" {
		t.problem("proxy", `proxy must be an address such as %q; in its user and password, write "#" as %%23, "/" as %%2F, "?" as %%3F and "%%" as %%25`, example)
		return ""
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		t.problem("proxy", "proxy must begin with http://, https://, socks5:// or socks5h://")
		return ""
	}
	if _, secret := u.User.Password(); secret {
		t.checkExposure("proxy")
	}
	return text
}

// validPort reports whether the port of an address, if any, can be one.
func validPort(u *url.URL) bool {
	if u.Port() == "" {
		return true
	}
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && n > 0
}

// loopback reports whether a host is this machine by its name alone.
func loopback(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsLoopback()
	}
	host = strings.ToLower(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
