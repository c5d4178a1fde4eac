package declared

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"rollcall/client/service"
)

// header is one header of a request, whose value can have credentials in it.
type header struct {
	name  string
	value secretText
}

// signIn is how a credential is shown.
type signIn struct {
	// headers are those with it, and the fixed ones.
	headers []header
	// basic are the user and the password of HTTP Basic; nil for another way.
	basic *[2]secretText
}

// secretText is a text in which {token}, {second_token} and {username} stand for what
// a profile holds.
type secretText string

// slots are what such a text can hold.
var slots = []string{"{token}", "{second_token}", "{username}"}

// filled is the text with what a bearer shows.
func (t secretText) filled(b service.Bearer) string {
	return strings.NewReplacer("{token}", b.Secret(), "{second_token}", b.Second(), "{username}", b.Username()).Replace(string(t))
}

const authExample = `auth = "Bearer {token}"`

// signIn reads how the credential is shown, and the fixed headers.
func (k *keys) signIn() (s signIn) {
	switch v, there := k.take("auth"); v := v.(type) {
	case nil:
		if !there {
			k.fault("", "auth is missing; write %s", authExample)
		}
	case string:
		s.headers = append(s.headers, header{"Authorization", k.secretText("auth", v)})
	case map[string]any:
		t := &keys{reading: k.reading, path: k.at("auth"), values: v}
		if t.has("basic") {
			s.basic = t.basic()
		} else {
			s.headers = append(s.headers, t.headerWithCredential())
		}
		t.unknown()
	default:
		k.fault("auth", `must be a text, { header = "X-Key", value = "{token}" } or { basic = ["{username}", "{token}"] }`)
	}
	s.headers = append(s.headers, k.fixedHeaders()...)
	if there := k.has("auth"); there && !s.shows("{token}") {
		k.fault("auth", "does not say where the token goes; write {token} in its place, as in %s", authExample)
	}
	return s
}

func (k *keys) basic() *[2]secretText {
	v, _ := k.take("basic")
	list, _ := v.([]any)
	var both [2]secretText
	ok := len(list) == 2
	for i := range list {
		s, isText := list[i].(string)
		if ok = ok && isText; ok {
			both[i] = k.secretText("basic", s)
		}
	}
	if !ok {
		k.fault("basic", `must be a user and a password, such as ["{username}", "{token}"]; either may be ""`)
	}
	return &both
}

func (k *keys) headerWithCredential() header {
	h := header{name: k.headerName("header"), value: k.secretText("value", k.text("value", "{token}"))}
	for _, key := range []string{"header", "value"} {
		if !k.has(key) {
			k.fault("", `%s is missing; write auth = { header = "X-Key", value = "{token}" }`, key)
		}
	}
	return h
}

// fixedHeaders reads what every request says.
func (k *keys) fixedHeaders() (all []header) {
	t := k.table("headers", `headers = { Accept = "application/json" }`)
	if t == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(t.values)) {
		value := t.text(name, "application/json")
		if t.checkHeader(name, name) && t.checkFixed(name) && value != "" {
			all = append(all, header{name, t.secretText(name, value)})
		}
	}
	return all
}

// checkFixed refuses the headers that show who asks, which is what auth says, and those
// that make another request of a GET.
func (k *keys) checkFixed(name string) bool {
	switch canonical := http.CanonicalHeaderKey(name); canonical {
	case "Authorization", "Cookie":
		k.fault(name, "%s shows who asks; write it as auth", canonical)
	case "X-Http-Method-Override", "X-Http-Method", "X-Method-Override":
		k.fault(name, "a description asks by GET alone")
	default:
		return true
	}
	return false
}

// headerName reads the name of a header; empty where there is none.
func (k *keys) headerName(key string) string {
	name := k.text(key, "X-Key")
	if name == "" || !k.checkHeader(key, name) {
		return ""
	}
	return name
}

// forbidden are headers that belong to the connection.
var forbidden = []string{"Host", "Connection", "Content-Length", "Transfer-Encoding", "Upgrade", "Trailer", "Te", "Accept-Encoding", "Proxy-Authorization"}

func (k *keys) checkHeader(key, name string) bool {
	switch {
	case !httpguts.ValidHeaderFieldName(name):
		k.fault(key, "%q is no name of a header; write one such as X-Key", name)
	case slices.Contains(forbidden, http.CanonicalHeaderKey(name)):
		k.fault(key, "%s cannot be set here: it belongs to the connection", name)
	default:
		return true
	}
	return false
}

// secretText checks a text that can have credentials in it, and that it has no secret
// of its own.
func (k *keys) secretText(key, text string) secretText {
	bare := text
	for _, slot := range slots {
		bare = strings.ReplaceAll(bare, slot, " ")
	}
	if strings.ContainsAny(bare, "{}") {
		k.fault(key, "has braces around something else than %s", strings.Join(slots, ", "))
	}
	if looksSecret(bare) {
		k.fault(key, "seems to hold a secret; a description holds none: write {token}, and the secret into the profile")
	}
	if !httpguts.ValidHeaderFieldValue(bare) {
		k.fault(key, "cannot be sent in a header")
	}
	return secretText(text)
}

// shows reports whether a slot is filled anywhere.
func (s signIn) shows(slot string) bool {
	if s.basic != nil && (strings.Contains(string(s.basic[0]), slot) || strings.Contains(string(s.basic[1]), slot)) {
		return true
	}
	return slices.ContainsFunc(s.headers, func(h header) bool { return strings.Contains(string(h.value), slot) })
}

// password reports whether a user name and password in the usual way will do.
func (s signIn) password() bool {
	return s.basic != nil && *s.basic == [2]secretText{"{username}", "{token}"}
}

// prepare puts the credential and the fixed headers into those of a request.
func (s signIn) prepare(h http.Header, b service.Bearer) {
	if s.basic != nil {
		pair := s.basic[0].filled(b) + ":" + s.basic[1].filled(b)
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
	}
	for _, one := range s.headers {
		h.Set(one.name, one.value.filled(b))
	}
}
