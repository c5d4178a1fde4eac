package cmd

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"rollcall/client/service/declared"
)

// TestSchemaOfDescriptions has every shipped description fit the schema.
func TestSchemaOfDescriptions(t *testing.T) {
	s := compiled(t, "service")
	names := 0
	for _, one := range builtIn().shipped {
		text, ok := declared.ShippedText(one.Name())
		if !ok {
			t.Errorf("%s has no text", one.Name())
		}
		if err := s.Validate(dataOf(t, text)); err != nil {
			t.Errorf("%s: %v", one.Name(), err)
		}
		names++
	}
	if names < 20 {
		t.Errorf("%d descriptions", names)
	}
}

// sixLines are the smallest description.
const sixLines = `url = "https://tracker.example.org/api/me"
auth = "Bearer {token}"
id = "$.id"
name = "$.name"
email = "$.email"
`

// TestSchemaOfWrongDescriptions has what is right in a description fit, and what can be
// told to be wrong by its shape not, as the program has it.
func TestSchemaOfWrongDescriptions(t *testing.T) {
	for _, line := range []string{
		`"$schema" = "./service.json"`,
		`url = "/api/me"`,
		`url = "https://{site}.example.org/{team}/me?full=1"`,
		`url = "http://localhost:8080/me"`,
		`url = "http://127.0.0.1:1/me"`,
		`auth = { header = "X-Key", value = "Key {token}" }`,
		`auth = { basic = ["{username}/token", "{token}"] }`,
		`auth = { basic = ["{token}", ""] }`,
		"auth = \"Id {username}\"\nheaders = { X-Key = \"{token}\" }",
		`id = ["$.id", "$.uid"]`,
		`name = "{$.first} {$.last}"`,
		`expiry = { path = "$.end", as = "epoch", null = "never" }`,
		`expiry = { header = "X-End" }`,
		`scopes = { path = "$.scope", split = "," }`,
		`states = [{ status = 403, when = { "$.error" = "revoked", "$.n" = 1, "$.ok" = false }, has = ["$.a"], lacks = ["$.b"], state = "invalid_token", remedy = "Make one{kept}." }]`,
		`more = [{ url = "/tokens/self", expiry = { path = "$.end" }, next = "$.next" }]`,
		`rate_limit = { limit = "X-Limit", reset = "X-Reset", reset_as = "seconds" }`,
		`organizations = { list = "$.orgs[*]", name = "$.name", word = "teams" }`,
		`next = "link"`,
		`variables = { token = ["X_TOKEN"], unset = ["X_PROFILE"] }`,
		`token_page = "{base}/tokens"`,
	} {
		tryDescription(t, line, true)
	}
	for _, line := range []string{
		`"$schema" = 1`, `title = 1`, `title = ""`, `titel = "x"`, `method = "POST"`, `body = "{}"`,
		`url = "tracker.example.org/api/me"`, `url = "http://tracker.example.org/api/me"`, `url = "ftp://tracker.example.org/api/me"`,
		`url = "https://sam:pass@tracker.example.org/me"`, `url = "https://tracker.example.org/me#x"`,
		`url = "https://tracker.example.org/bot{token}/getMe"`, `url = "https://tracker.example.org/me?key={second_token}"`,
		`url = "https://{Site}.example.org/me"`, `url = "https://{site.example.org/me"`,
		`auth = "Bearer"`, `auth = "Bearer {tokn}"`, `auth = 7`, `auth = { header = "X-Key" }`, `auth = { value = "{token}" }`,
		`auth = { header = "X Key", value = "{token}" }`, `auth = { header = "host", value = "{token}" }`, `auth = { basic = ["{token}"] }`,
		`auth = { basic = ["{token}", ""], header = "X" }`, `auth = { header = "X-Key", value = "secret" }`,
		`headers = { Accept = 1 }`, `headers = { Connection = "close" }`, `headers = { authorization = "Bearer abc" }`,
		`headers = { Cookie = "session=1" }`, `headers = { X-HTTP-Method-Override = "POST" }`,
		`id = "id"`, `id = 7`, `id = ["$.id", "name"]`, `id = []`,
		`organizations = { id = "$.id" }`, `organizations = { list = "$.orgs[*]" }`, `organizations = { list = "$.orgs[*]", nme = "$.n", id = "$.id" }`,
		`linked_accounts = { list = "$.ids[*]", id = "$.id" }`,
		`expiry = { path = "$.end", as = "unix" }`, `expiry = { path = "$.end", header = "X-End" }`, `expiry = { as = "date" }`,
		`expiry = { header = "X-End", null = "never" }`, `expiry = { path = "$.end", null = "none" }`, `expiry = "$.end"`,
		`scopes = { path = "$.scope", split = ";" }`,
		`states = [{ status = 403 }]`, `states = [{ state = "forbidden" }]`, `states = [{ status = 403, state = "expiring" }]`,
		`states = [{ status = 7, state = "forbidden" }]`, `states = [{ when = { "$.a" = [1] }, state = "forbidden" }]`,
		`states = [{ when = { a = 1 }, state = "forbidden" }]`, `states = [{ when = {}, state = "forbidden" }]`,
		`states = [{ has = "$.a", state = "forbidden" }]`, `states = { status = 403 }`, `states = []`,
		`rate_limit = { limit = "X", reset_as = "minutes" }`, `rate_limit = { limits = "X" }`,
		`more = [{ url = "//other.example.org/tokens", token_name = "$.name" }]`, `more = [{ url = "/tokens/{token}", token_name = "$.name" }]`,
		`more = [{ url = "/tokens" }]`, `more = [{ token_name = "$.name" }]`,
		`next = "page"`, `identity = "nobody"`, `identity = "none"`,
		`variables = { token = ["X-TOKEN"] }`, `variables = { tokens = ["X"] }`, `token_page = "tracker"`, `parts = { site = "eu" }`,
	} {
		tryDescription(t, line, false)
	}
	for _, key := range []string{"url", "auth", "id"} {
		tryDescription(t, key, false)
	}
}

// tryDescription has the smallest description, with lines in place of those of their
// keys, be right or wrong: by itself, in a configuration, and for the program.
func tryDescription(t *testing.T, lines string, right bool) {
	t.Helper()
	text := lines + "\n"
	if !strings.Contains(lines, " ") {
		text = "" // A key alone is one that is missing.
	}
	for line := range strings.Lines(sixLines) {
		key, _, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(lines, key+" ") && lines != key {
			text += line
		}
	}
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	_, faults := declared.New("tracker", values)
	if (len(faults) == 0) != right {
		t.Errorf("the program says of %s: %v", lines, faults)
	}
	if err := compiled(t, "service").Validate(dataOf(t, text)); (err == nil) != right {
		t.Errorf("%s: %v", lines, err)
	}
	if err := compiled(t, "config").Validate(dataOf(t, "[services.tracker]\n"+text)); (err == nil) != right {
		t.Errorf("%s in a configuration: %v", lines, err)
	}
}
