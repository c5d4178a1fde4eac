package declared

import (
	"net/url"
	"strings"

	"rollcall/client/ratelimit"
	"rollcall/client/text"
)

// description is what a table says, checked and compiled.
type description struct {
	title     string
	tokenPage string
	at        location
	signIn    signIn
	anonymous bool

	user        userFields
	facts       facts
	code, words field
	rules       []rule
	limits      ratelimit.Names
	more        []further
	variables   variables
	// filters are those of all paths.
	filters filters
}

// userFields find who the user is.
type userFields struct {
	id, name, username, avatar, created, url field
}

// facts are what the identity answer and further ones can tell alike.
type facts struct {
	email, emails      field
	organizations      *list
	linked             *list
	expiry             *expiry
	scopes             *scopes
	tokenID, tokenName field
	next               *next
}

// further is a further request. Its failure is none of the profile.
type further struct {
	path string
	facts
}

// next finds the page after an answer.
type next struct {
	// link is set where the Link header names it.
	link bool
	path *path
}

// read reads a description, as far as it makes sense, and what is wrong with it.
func read(name string, values map[string]any) (*description, []Fault) {
	k := &keys{reading: &reading{filters: filters{}}, values: values}
	k.text("$schema", "./service.json") // It is for editors.
	d := &description{title: k.text("title", "Tracker")}
	if d.title == "" {
		d.title = text.Capitalized(name)
	}
	d.at = k.location()
	d.tokenPage = k.page(d.at)
	d.signIn = k.signIn()
	d.anonymous = k.word("identity", "none") != ""
	d.user = userFields{
		id: k.field("id"), name: k.field("name"), username: k.field("username"), avatar: k.field("avatar"),
		created: k.field("created"), url: k.field("user_url"),
	}
	k.whoIsThere(d.anonymous)
	d.facts = k.facts()
	d.code, d.words = k.field("code"), k.field("description")
	d.rules = k.rules()
	d.limits = k.limits()
	d.more = k.further(d.at)
	d.variables = k.variables(d.at)
	d.filters = k.filters
	k.unknown()
	k.secretFree()
	return d, k.faults
}

// whoIsThere checks that the user is named, unless the service names nobody.
func (k *keys) whoIsThere(anonymous bool) {
	if !anonymous {
		if !k.has("id") && !k.has("identity") {
			k.fault("", `id is missing: write where the answer names the user, such as id = "$.id", or identity = "none" where it names nobody`)
		}
		return
	}
	for _, key := range []string{"id", "name", "username", "email", "emails", "avatar", "created", "user_url"} {
		if k.has(key) {
			k.fault(key, `is of no use with identity = "none": keep one of the two`)
		}
	}
}

// facts reads what both the identity request and further ones can tell.
func (k *keys) facts() facts {
	return facts{
		email: k.field("email"), emails: k.field("emails"),
		organizations: k.list("organizations", organizationKeys, `{ list = "$.orgs[*]", id = "$.id", name = "$.name" }`),
		linked:        k.list("linked_accounts", linkedKeys, `{ list = "$.identities[*]", idp = "$.provider", subject_id = "$.id" }`),
		expiry:        k.expiry(), scopes: k.scopes(), tokenID: k.field("token_id"), tokenName: k.field("token_name"), next: k.next(),
	}
}

// further reads the requests beside the identity.
func (k *keys) further(at location) (all []further) {
	for _, t := range k.tables("more", `more = [{ url = "/tokens/self", token_name = "$.name" }]`) {
		f := further{path: t.below(at), facts: t.facts()}
		if len(t.known) > 0 && len(t.values) < 2 {
			t.fault("", "asks for nothing; name what its answer has, such as token_name")
		}
		t.unknown()
		all = append(all, f)
	}
	return all
}

// below reads the address of a further request, which lies at the same origin.
func (k *keys) below(at location) string {
	text := k.text("url", "/tokens/self")
	switch {
	case text == "":
		if !k.has("url") {
			k.fault("", `url is missing; write one such as "/tokens/self"`)
		}
		return ""
	case at.origin != "" && strings.HasPrefix(text, at.origin+"/"):
		text = strings.TrimPrefix(text, at.origin)
	}
	if strings.Contains(text, "://") || strings.HasPrefix(text, "//") {
		k.fault("url", "must lie at the address of the service; write its path, such as %q", "/tokens/self")
		return ""
	}
	l := k.split("url", text)
	if strings.Contains(l.path, "{") {
		k.fault("url", "must not have parts in it; only the address of the service itself has")
		return ""
	}
	return l.path
}

// page reads where a person makes a new token.
func (k *keys) page(at location) string {
	const example = "https://tracker.example.org/settings/tokens"
	text := k.text("token_page", example)
	if text == "" {
		return ""
	}
	// The address of the installation is a whole one.
	sample := strings.Replace(text, baseSlot, "https://x.example", 1)
	u, err := url.Parse(slot.ReplaceAllString(sample, "x"))
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		k.fault("token_page", "must be an address such as %q", example)
		return ""
	}
	for _, found := range slot.FindAllStringSubmatch(text, -1) {
		if found[1] != "base" && !strings.Contains(at.origin+at.path, found[0]) {
			k.fault("token_page", "%s is no part of url", found[0])
		}
	}
	return text
}

// next reads where the address of the next page is.
func (k *keys) next() *next {
	text := k.text("next", "$.links.next")
	switch text {
	case "":
		return nil
	case "link":
		return &next{link: true}
	}
	p := k.compile("next", text)
	if p == nil {
		return nil
	}
	return &next{path: p}
}

// limits reads the headers of the budget.
func (k *keys) limits() (n ratelimit.Names) {
	t := k.table("rate_limit", `rate_limit = { limit = "X-RateLimit-Limit", remaining = "X-RateLimit-Remaining" }`)
	if t == nil {
		return n
	}
	n = ratelimit.Names{
		Limit: t.headerName("limit"), Remaining: t.headerName("remaining"), Reset: t.headerName("reset"),
		ResetAs: t.word("reset_as", ratelimit.ResetEpoch, ratelimit.ResetEpochMS, ratelimit.ResetSeconds, ratelimit.ResetRFC3339),
	}
	t.unknown()
	return n
}

// secretFree looks for secrets in what no reader of a key has looked at.
func (k *keys) secretFree() {
	for _, key := range []string{"title", "token_page"} {
		if s, _ := k.values[key].(string); looksSecret(s) {
			k.fault(key, "seems to hold a secret; a description holds none")
		}
	}
}
