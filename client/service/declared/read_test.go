package declared_test

import (
	"flag"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"rollcall/client/service/declared"
)

// six is the smallest description.
const six = `
url   = "https://tracker.example.org/api/me"
auth  = "Bearer {token}"
id    = "$.id"
name  = "$.name"
email = "$.email"
`

// parse reads a description as a file has it.
func parse(t testing.TB, text string) (*declared.Service, []declared.Fault) {
	t.Helper()
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return declared.New("tracker", values)
}

// described is a service of a description that must be right.
func described(t testing.TB, text string) *declared.Service {
	t.Helper()
	s, faults := parse(t, text)
	for _, f := range faults {
		t.Error(f)
	}
	return s
}

// changed is the smallest description with a line in place of the one of its key.
func changed(line string) string {
	key, _, _ := strings.Cut(line, " ")
	var kept []string
	for l := range strings.Lines(six) {
		if !strings.HasPrefix(l, key+" ") {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "") + line + "\n"
}

// TestFaults has every way in which a description can be wrong that somebody is
// likely to write, and what must not be possible.
func TestFaults(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"title = 1", `title: must be text in quotes, such as "Tracker"`},
		{"title = ''", `title: must not be empty`},
		{"title = \"a\\nb\"", `title: must not have line breaks`},
		{"titel = 'x'", `titel: unknown key`},
		{"method = 'POST'", `method: unknown key`},
		{"body = '{}'", `body: unknown key`},
		{"url = 'tracker.example.org/api/me'", `url: must be an address such as`},
		{"url = 'http://tracker.example.org/api/me'", `url: must begin with https://`},
		{"url = 'ftp://tracker.example.org/api/me'", `url: must begin with https://`},
		{"url = 'https://sam:pass@tracker.example.org/me'", `url: must not have a user or password in it`},
		{"url = 'https://tracker.example.org/me#x'", `url: must end before any "#"`},
		{"url = 'https://tracker.example.org/bot{token}/getMe'", `url: must not have {token} in it`},
		{"url = 'https://tracker.example.org/me?key={second_token}'", `url: must not have {second_token} in it`},
		{"url = 'https://tracker.example.org/me?key=ghp_abcdefghijklmnop1234'", `url: seems to hold a secret`},
		{"url = 'https://{Site}.example.org/me'", `url: {Site} is no name of a part`},
		{"url = 'https://{site.example.org/me'", `url: must be an address`},
		{"parts = { site = ['eu'] }", `parts.site: url has no part {site}`},
		{"auth = 'Bearer'", `auth: does not say where the token goes`},
		{"auth = 'Bearer {tokn}'", `auth: has braces around something else`},
		{"auth = 'Bearer ghp_abcdefghijklmnop1234'", `auth: seems to hold a secret`},
		{"auth = { header = 'X-Key' }", `auth: value is missing`},
		{"auth = { value = '{token}' }", `auth: header is missing`},
		{"auth = { header = 'X Key', value = '{token}' }", `auth.header: "X Key" is no name of a header`},
		{"auth = { header = 'Host', value = '{token}' }", `auth.header: Host cannot be set here`},
		{"auth = { basic = ['{token}'] }", `auth.basic: must be a user and a password`},
		{"auth = { basic = ['{token}', ''], header = 'X' }", `auth.header: unknown key`},
		{"auth = 7", `auth: must be a text`},
		{"headers = { Accept = 1 }", `headers.Accept: must be text in quotes`},
		{"headers = { Connection = 'close' }", `headers.Connection: Connection cannot be set here`},
		{"headers = { authorization = 'Bearer abc' }", `headers.authorization: Authorization shows who asks; write it as auth`},
		{"headers = { Cookie = 'session=1' }", `headers.Cookie: Cookie shows who asks; write it as auth`},
		{"headers = { X-HTTP-Method-Override = 'POST' }", `headers.X-HTTP-Method-Override: a description asks by GET alone`},
		{"headers = { X-Team = 'q8Zk3PqW8rTn5LxB1c0Yd2' }", `headers.X-Team: seems to hold a secret`},
		{"id = 'id'", `id: must be a path, which begins with $, such as "$.id"`},
		{"id = '$..a..b'", `id: $..a..b has more than one ".."`},
		{"id = '$..*[?@..x]'", `has more than one ".."`},
		{"id = '$[?$[?$[?@.a]]]'", `has more than 2 filters`},
		{"id = '$[*,*][*,*][*,*][*,*][*,*][*,*][*,*]'", `chooses more than 64 ways`},
		{"id = '$.users[2000].id'", `id: $.users[2000].id counts beyond the first 2000 elements of a list`},
		{"id = '$.users[0, 2000].id'", `id: $.users[0, 2000].id counts beyond the first 2000 elements of a list`},
		{"id = '$.users[2000:].id'", `counts beyond the first 2000 elements of a list`},
		{"id = '$.users[:2001].id'", `counts beyond the first 2000 elements of a list`},
		{"id = '$.users[0 : 3000 : 2].id'", `counts beyond the first 2000 elements of a list`},
		{"id = '$.users[?@.roles[2000].id].id'", `counts beyond the first 2000 elements of a list`},
		{"id = '$.users[-1].id'", `id: $.users[-1].id counts from the end of a list, of which the first 2000 elements are kept; look for the element by`},
		{"id = '$.users[-3:].id'", `counts from the end of a list`},
		{"id = '$.users[1:-1].id'", `counts from the end of a list`},
		{"id = '$.users[::-1].id'", `counts from the end of a list`},
		{"id = '$.users[?@.roles[-1].id].id'", `counts from the end of a list`},
		{"id = '$..[0, -1]'", `counts from the end of a list`},
		{"id = '$.a['", `id: $.a[ is no path of RFC 9535`},
		{"id = 7", `id: must be a path such as`},
		{"id = ['$.id', 'name']", `id: must be a path, which begins with $`},
		{"name = 'Mr {$.name'", `name: Mr {$.name opens a { that is not closed`},
		{"organizations = { id = '$.id' }", `organizations: list is missing`},
		{"organizations = { list = '$.orgs[*]' }", `organizations: says nothing of its elements`},
		{"organizations = { list = '$.orgs[*]', nme = '$.n', id = '$.id' }", `organizations.nme: unknown key`},
		{"expiry = { path = '$.end', as = 'unix' }", `expiry.as: must be "rfc3339", "date", "epoch", "epoch_ms" or "seconds_left", not "unix"`},
		{"expiry = { path = '$.end', header = 'X-End' }", `expiry.header: there is path already`},
		{"expiry = { as = 'date' }", `expiry: path or header is missing`},
		{"expiry = { header = 'X-End', null = 'never' }", `expiry.null: goes with path`},
		{"expiry = '$.end'", `expiry: must be a table`},
		{"scopes = { path = '$.scope', split = ';' }", `scopes.split: must be " " or ","`},
		{"states = [{ status = 403 }]", `states[0]: state is missing`},
		{"states = [{ state = 'forbidden' }]", `states[0]: fits every answer`},
		{"states = [{ status = 403, state = 'expiring' }]", `states[0].state: must be`},
		{"states = [{ status = 7, state = 'forbidden' }]", `states[0].status: must be a status of HTTP`},
		{"states = [{ when = { '$.a' = [1] }, state = 'forbidden' }]", `states[0].when.$.a: must be compared with`},
		{"states = [{ when = { 'a' = 1 }, state = 'forbidden' }]", `states[0].when.a: must be a path`},
		{"states = [{ when = {}, state = 'forbidden' }]", `states[0].when: must compare something`},
		{"states = [{ has = '$.a', state = 'forbidden' }]", `states[0].has: must be a list of texts`},
		{"states = { status = 403 }", `states: must be a list of tables`},
		{"rate_limit = { limit = 'X', reset_as = 'minutes' }", `rate_limit.reset_as: must be`},
		{"more = [{ url = 'https://other.example.org/tokens', token_name = '$.name' }]", `more[0].url: must lie at the address of the service`},
		{"more = [{ url = '//other.example.org/tokens', token_name = '$.name' }]", `more[0].url: must lie at the address`},
		{"more = [{ url = '/tokens/{token}', token_name = '$.name' }]", `more[0].url: must not have {token} in it`},
		{"more = [{ url = '/tokens' }]", `more[0]: asks for nothing`},
		{"more = [{ token_name = '$.name' }]", `more[0]: url is missing`},
		{"next = 'page'", `next: must be a path`},
		{"identity = 'nobody'", `identity: must be "none"`},
		{"identity = 'none'", `id: is of no use with identity = "none"`},
		{"variables = { token = ['X-TOKEN'] }", `variables.token: "X-TOKEN" is no name of an environment variable`},
		{"token_page = 'tracker'", `token_page: must be an address`},
		{"token_page = 'https://{site}.example.org'", `token_page: {site} is no part of url`},
	} {
		_, faults := parse(t, changed(tt.line))
		found := false
		for _, f := range faults {
			found = found || strings.Contains(f.Error(), tt.want)
		}
		if !found {
			t.Errorf("%s: %v, want %s", tt.line, faults, tt.want)
		}
	}
}

func TestNothingAtAll(t *testing.T) {
	_, faults := parse(t, "")
	var all []string
	for _, f := range faults {
		all = append(all, f.Message)
	}
	for _, want := range []string{"url is missing", "auth is missing", "id is missing"} {
		if !strings.Contains(strings.Join(all, "\n"), want) {
			t.Errorf("%q lacks %s", all, want)
		}
	}
}

func TestSixLinesAreEnough(t *testing.T) {
	s := described(t, six)
	i := s.Info()
	if i.Name != "tracker" || i.Title != "Tracker" || i.DefaultURL != "https://tracker.example.org" || i.Path != "/api/me" || !i.Unlinked || !i.Ungrouped || i.Basic {
		t.Errorf("%+v", i)
	}
	if d := s.Demand(); d.Parts != nil || d.UserToken || d.SecondToken {
		t.Errorf("%+v", d)
	}
}

// TestPathsOfAService has as many as there may be, and one more.
func TestPathsOfAService(t *testing.T) {
	text := six + "emails = [" + strings.Repeat("'$.a', ", 253) + "]\n"
	described(t, text)
	if _, faults := parse(t, text+"avatar = '$.b'\n"); len(faults) != 1 || !strings.Contains(faults[0].Message, "256 paths") {
		t.Errorf("%v", faults)
	}
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		url, base string
		parts     map[string]string
		want      string
	}{
		{"https://a.example/api/me", "", nil, "https://a.example/api/me"},
		{"https://a.example/api/me", "https://own.example:8443/t/", nil, "https://own.example:8443/t/api/me"},
		{"https://a.example/api/me", "https://own.example/t/api/me", nil, "https://own.example/t/api/me"},
		{"https://a.example/api/me?full=1", "http://127.0.0.1:9", nil, "http://127.0.0.1:9/api/me?full=1"},
		{"https://a.example/api/me", "http://own.example", nil, ""},
		{"https://a.example", "", nil, "https://a.example/"},
		{"/api/me", "", nil, ""},
		{"/api/me", "https://own.example", nil, "https://own.example/api/me"},
		{"https://{site}.a.example/me", "", map[string]string{"site": "eu"}, "https://eu.a.example/me"},
		{"https://{site}.a.example/me", "", nil, ""},
		{"https://{site}.a.example/me", "https://own.example", nil, "https://own.example/me"},
		{"https://a.example/{team}/me", "https://own.example", nil, ""},
		{"https://a.example/{team}/me", "", map[string]string{"team": "x-1.y"}, "https://a.example/x-1.y/me"},
		{"https://{site}.a.example/me", "", map[string]string{"site": "evil.example/"}, ""},
		{"https://{site}.a.example/me", "", map[string]string{"site": "u@evil"}, ""},
		{"https://{site}.a.example/me", "", map[string]string{"site": "evil:1"}, ""},
		{"https://a.example/{team}/me", "", map[string]string{"team": ".."}, ""},
		{"https://a.example/{team}/me", "", map[string]string{"team": "a..b"}, ""},
	} {
		s := described(t, changed("url = '"+tt.url+"'"))
		at, err := s.Address(tt.base, tt.parts)
		if at.Endpoint != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s at %q with %v: %q, %v; want %q", tt.url, tt.base, tt.parts, at.Endpoint, err, tt.want)
		}
	}
	s := described(t, changed("url = 'https://{site}.a.example/me'")+"parts = { site = ['eu', 'us'] }\n")
	if _, err := s.Address("", map[string]string{"site": "ap"}); err == nil {
		t.Error("a part that is not allowed")
	}
}

func TestTokenPage(t *testing.T) {
	for _, tt := range []struct{ url, page, base, want string }{
		{"https://a.example/me", "https://a.example/tokens", "https://a.example", "https://a.example/tokens"},
		{"https://a.example/me", "https://a.example/tokens", "https://own.example", ""},
		{"https://a.example/me", "{base}/tokens", "https://own.example", "https://own.example/tokens"},
		{"/me", "https://docs.example/tokens", "https://own.example", "https://docs.example/tokens"},
		{"https://{site}.a.example/me", "https://{site}.a.example/tokens", "https://eu.a.example", "https://eu.a.example/tokens"},
		{"https://{site}.a.example/me", "https://{site}.a.example/tokens", "https://own.example", ""},
	} {
		s := described(t, changed("url = '"+tt.url+"'")+"token_page = '"+tt.page+"'\n")
		if got := s.TokenPage(tt.base); got != tt.want {
			t.Errorf("%s of %s at %s: %q, want %q", tt.page, tt.url, tt.base, got, tt.want)
		}
	}
}

// parseAny reads what may be no TOML at all; nil for that.
func parseAny(text string) (*declared.Service, []declared.Fault) {
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		return nil, nil
	}
	return declared.New("tracker", values)
}

// The flag of the tests of the library, so that all of them can be run at once with it.
var _ = flag.Bool("update", false, "changes nothing here")
