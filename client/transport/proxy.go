package transport

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/http/httpproxy"
)

// proxyFunc returns the function that chooses the proxy of a request. The
// address of a proxy can hold a password, so no error repeats it. Plain http is
// sent to no proxy, since the credential could be read on the way there.
func (s Setup) proxyFunc() (func(*http.Request) (*url.URL, error), error) {
	choose := ProxyFromEnvironment
	if s.Proxy != "" {
		u, err := url.Parse(s.Proxy)
		if err != nil {
			// The error itself would repeat the address with its password.
			return nil, &setupError{"The proxy of the profile is no address.", "Please report this as a fault of rollcall.", false}
		}
		choose = http.ProxyURL(u)
	}
	return func(r *http.Request) (*url.URL, error) {
		if r.URL.Scheme == "http" {
			return nil, nil
		}
		return choose(r)
	}, nil
}

// ProxyFromEnvironment is the proxy that the environment names for a request
// over https; nil for none. Where what it names is no address the error says
// which variable to correct, without its value: to go past a proxy that the
// person wants would be worse than to send nothing.
func ProxyFromEnvironment(r *http.Request) (*url.URL, error) {
	name, value := firstVariable("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
	if value == "" {
		return nil, nil
	}
	_, exceptions := firstVariable("no_proxy", "NO_PROXY")
	// The library decides about the exceptions; it would skip a proxy that it
	// cannot read, so that it gets another.
	decides := httpproxy.Config{HTTPSProxy: "http://proxy.invalid", NoProxy: exceptions}
	if through, err := decides.ProxyFunc()(r.URL); err != nil || through == nil {
		return nil, err
	}
	return parseProxy(name, value)
}

// firstVariable is the first of the variables that is set, with its value.
func firstVariable(names ...string) (name, value string) {
	for _, name := range names {
		if value := os.Getenv(name); value != "" {
			return name, value
		}
	}
	return "", ""
}

// proxySchemes are those that a connection can go through. The desktops that set
// socks mean a proxy that looks up names itself.
var proxySchemes = map[string]string{"http": "http", "https": "https", "socks5": "socks5", "socks5h": "socks5h", "socks": "socks5h"}

// parseProxy reads the address of a proxy as a variable has it: often a host and
// port alone.
func parseProxy(variable, value string) (*url.URL, error) {
	address := value
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	wrong := err != nil || u.Hostname() == "" || strings.ContainsAny(address, "?#") || strings.Trim(u.Path, "/") != ""
	if !wrong && u.Port() != "" {
		port, err := strconv.ParseUint(u.Port(), 10, 16)
		wrong = err != nil || port == 0
	}
	switch {
	case wrong:
		return nil, &setupError{"The variable " + variable + " holds no address of a proxy" + whyNoAddress(value) + ", so nothing was sent.",
			"Set " + variable + " to an address such as http://proxy.example.org:3128" + escapeAdvice(value) + ".", true}
	case proxySchemes[u.Scheme] == "":
		return nil, &setupError{"The variable " + variable + " names a kind of proxy that rollcall does not know, so nothing was sent.",
			"Set " + variable + " to an address with http://, https:// or socks5://, or add the host of the service to NO_PROXY.", true}
	}
	u.Scheme = proxySchemes[u.Scheme]
	return u, nil
}

// whyNoAddress continues a sentence where what is wrong with an address cannot be
// seen in it.
func whyNoAddress(value string) string {
	switch {
	case strings.ContainsFunc(value, unicode.IsControl):
		return ", but a line break or another control character"
	case strings.TrimSpace(value) != value:
		return ", but one with a space before or behind it"
	}
	return ""
}

// escapeAdvice continues a sentence with how to write the first character that
// may not stand in the user or the password of an address as it is.
func escapeAdvice(value string) string {
	_, rest, found := strings.Cut(value, "://")
	if !found {
		rest = value
	}
	end := strings.LastIndexByte(rest, '@')
	if end < 0 {
		return ""
	}
	const allowed = "-._~!$&'()*+,;=:@"
	secret := []byte(rest[:end])
	for i, c := range secret {
		name := strconv.Quote(string(rune(c)))
		switch {
		case c == '%' && i+2 < len(secret) && isHex(secret[i+1]) && isHex(secret[i+2]):
			continue
		case c == ' ':
			name = "a space"
		case c <= ' ' || c == 0x7f:
			continue
		case c >= 0x80:
			return ", and write what is no ASCII in its user or password in percent-encoding"
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(allowed, c) >= 0:
			continue
		}
		return fmt.Sprintf(", and write %s in its user or password as %%%02X", name, c)
	}
	return ""
}

func isHex(c byte) bool { return slices.Contains([]byte("0123456789abcdefABCDEF"), c) }

// checkProxyAnswer makes an error of a proxy's refusal to open a tunnel.
func checkProxyAnswer(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyRefusal{proxy.Host, answer.StatusCode}
}
