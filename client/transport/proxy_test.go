package transport_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/transport"
)

// proxyVariables are all that name a proxy.
var proxyVariables = []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"}

// A variable that holds no address keeps the credential from going past the proxy.
func TestProxyVariables(t *testing.T) {
	for _, test := range []struct {
		name, variable, value string
		// proxy is the address that is taken; empty where the value is refused, with
		// advice in the remedy.
		proxy, advice string
	}{
		{"a host and port", "HTTPS_PROXY", "proxy.example:3128", "http://proxy.example:3128", ""},
		{"the small letters", "https_proxy", "http://me:hush@proxy.example:3128/", "http://me:hush@proxy.example:3128/", ""},
		{"escaped", "HTTPS_PROXY", "http://me:hu%23sh@proxy.example:3128", "http://me:hu%23sh@proxy.example:3128", ""},
		{"for all", "ALL_PROXY", "socks5://proxy.example:1080", "socks5://proxy.example:1080", ""},
		{"for all, as desktops write it", "all_proxy", "socks://proxy.example:1080/", "socks5h://proxy.example:1080/", ""},
		{"no escape", "HTTPS_PROXY", "http://me:hu%6qsh@proxy.example:3128", "", "write \"%\" in its user or password as %25"},
		{"an escape at the end", "HTTPS_PROXY", "http://me:hush%@proxy.example:3128", "", "as %25"},
		{"a carriage return", "HTTPS_PROXY", "http://me:hush@proxy.example:3128\r", "", ""},
		{"a hash", "HTTPS_PROXY", "http://me:hu#sh@proxy.example:3128", "", "write \"#\" in its user or password as %23"},
		{"a slash", "https_proxy", "http://me:hu/sh@proxy.example:3128", "", "as %2F"},
		{"a slash behind digits", "https_proxy", "http://me:80/hush@proxy.example:3128", "", "as %2F"},
		{"a question mark", "ALL_PROXY", "http://me:hu?sh@proxy.example:3128", "", "as %3F"},
		{"a caret", "HTTPS_PROXY", "http://me:hu^sh@proxy.example:3128", "", "as %5E"},
		{"a space", "HTTPS_PROXY", "http://me:hu sh@proxy.example:3128", "", "write a space in its user or password as %20"},
		{"a backslash without a scheme", "HTTPS_PROXY", "me:hu\\sh@proxy.example:3128", "", "as %5C"},
		{"a letter with an accent", "HTTPS_PROXY", "http://me:h\u00fcsh@proxy.example:3128", "", "percent-encoding"},
		{"a space at the end", "HTTPS_PROXY", "http://proxy.example:3128 ", "", ""},
		{"no host", "HTTPS_PROXY", "http://:3128", "", ""},
		{"no port", "HTTPS_PROXY", "http://proxy.example:99999", "", ""},
		{"an unknown kind", "ALL_PROXY", "socks4://me:hush@proxy.example:1080", "", "socks5://"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range proxyVariables {
				t.Setenv(name, "")
			}
			t.Setenv(test.variable, test.value)
			address := "https://service.example"
			r := httptest.NewRequest(http.MethodGet, address, http.NoBody)
			proxy, err := transport.ProxyFromEnvironment(r)
			if test.proxy != "" {
				if err != nil || proxy == nil || proxy.String() != test.proxy {
					t.Errorf("%v, %v; want %s", proxy, err, test.proxy)
				}
				return
			}
			if err == nil {
				t.Fatalf("taken as %v", proxy)
			}
			d := refusedBy(t, address)
			if d.State != account.Misconfigured || d.Remedial() != account.ActionCopy || !strings.Contains(d.Explanation, test.variable) || !strings.Contains(d.Remedy, test.advice) {
				t.Errorf("%s, %s: %s %s", d.State, d.Remedial(), d.Explanation, d.Remedy)
			}
			if said := d.Explanation + d.Remedy; strings.Contains(said, "sh@") || strings.Contains(said, "proxy.example:") {
				t.Errorf("the value is shown: %s", said)
			}
			// An exception of the person's own counts nevertheless.
			t.Setenv("NO_PROXY", "service.example")
			if proxy, err := transport.ProxyFromEnvironment(r); proxy != nil || err != nil {
				t.Errorf("with an exception: %v, %v", proxy, err)
			}
		})
	}
}

// refusedBy sends a request, and inspects the way, to an address whose proxy is no
// proxy.
func refusedBy(t *testing.T, address string) account.Diagnosis {
	t.Helper()
	sends := transport.Sender{
		Pool: transport.NewPool("rollcall/test"), Root: address, Origin: address, Host: "service.example", Timeout: 10 * time.Second,
		Prepare: func(h http.Header) { h.Set("X-Auth-Token", "s3cret") },
		Before:  func(service.Request) (time.Time, bool) { return time.Time{}, false },
		After:   func(service.Answer, service.Request) {},
	}
	defer sends.Pool.Close()
	_, failed := sends.Do(t.Context(), service.Request{Path: "/"}, true)
	if failed == nil {
		t.Fatal("a request was sent")
	}
	in := sends.Inspect(t.Context(), address)
	if in.Stage != transport.StageProxy || in.Problem.Explanation != failed.Explanation {
		t.Errorf("the inspection says %q at %s", in.Problem.Explanation, in.Stage)
	}
	return failed.Diagnosis
}
