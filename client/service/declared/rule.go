package declared

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// rule says what an answer means that fits it.
type rule struct {
	// status is the one that the answer must have; 0 for any.
	status int
	when   []condition
	has    []*path
	lacks  []*path

	state               account.State
	explanation, remedy string
}

// condition compares a value of the answer with one of the description: a text, a
// number as float64, or a bool.
type condition struct {
	path *path
	want any
}

// keptSlot stands in a remedy for where the profile keeps its secret: " (env X_TOKEN)".
const keptSlot = "{kept}"

const rulesExample = `states = [{ status = 403, when = { "$.error" = "revoked" }, state = "invalid_token" }]`

// told are the states that an answer can mean.
func told() []string {
	var all []string
	for _, s := range account.States() {
		switch s {
		case account.Expiring, account.WrongAccount, account.Unreachable, account.Disabled, account.Checking:
			// rollcall itself tells those.
		default:
			all = append(all, string(s))
		}
	}
	return all
}

// rules reads what answers mean.
func (k *keys) rules() (all []rule) {
	for _, t := range k.tables("states", rulesExample) {
		r := rule{
			status: t.status(), when: t.conditions(), state: account.State(t.word("state", told()...)),
			explanation: t.text("explanation", "The token was revoked."), remedy: t.text("remedy", "Create a new token."),
			has: t.pathList("has"), lacks: t.pathList("lacks"),
		}
		if !t.has("state") {
			t.fault("", "state is missing; write %s", rulesExample)
		}
		if !t.has("status") && !t.has("when") && !t.has("has") && !t.has("lacks") {
			t.fault("", "fits every answer; write status, when, has or lacks, such as %s", rulesExample)
		}
		t.unknown()
		all = append(all, r)
	}
	return all
}

// status reads the status of a rule; 0 where there is none.
func (k *keys) status() int {
	v, ok := k.take("status")
	if !ok {
		return 0
	}
	n, ok := v.(int64)
	if !ok || n < 100 || n > 599 {
		k.fault("status", "must be a status of HTTP, such as 403")
		return 0
	}
	return int(n)
}

// conditions reads what the values of paths must be.
func (k *keys) conditions() (all []condition) {
	t := k.table("when", `when = { "$.error" = "revoked" }`)
	if t == nil {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(t.values)) {
		v, _ := t.take(key)
		switch n := v.(type) {
		case int64:
			v = float64(n)
		case string, bool, float64:
		default:
			t.fault(key, "must be compared with a text, a number, true or false")
			continue
		}
		if p := t.compile(key, key); p != nil {
			all = append(all, condition{p, v})
		}
	}
	if len(t.values) == 0 {
		k.fault("when", `must compare something, such as { "$.error" = "revoked" }`)
	}
	return all
}

// fits reports whether an answer is the one that the rule is about. readable is set
// where doc is its body: what cannot be read has nothing, and lacks nothing.
func (r rule) fits(status int, doc any, readable bool) bool {
	if r.status != 0 && r.status != status {
		return false
	}
	if !readable {
		return len(r.when)+len(r.has)+len(r.lacks) == 0
	}
	for _, c := range r.when {
		if !slices.ContainsFunc(c.path.nodes(doc), c.equals) {
			return false
		}
	}
	for _, p := range r.has {
		if !p.there(doc) {
			return false
		}
	}
	return !slices.ContainsFunc(r.lacks, func(p *path) bool { return p.there(doc) })
}

func (c condition) equals(v any) bool {
	n, ok := v.(json.Number)
	if !ok {
		return v == c.want
	}
	f, err := strconv.ParseFloat(n.String(), 64)
	return err == nil && f == c.want
}

// String tells the rule as it was written.
func (r rule) String() string {
	var all []string
	if r.status != 0 {
		all = append(all, "status "+strconv.Itoa(r.status))
	}
	for _, c := range r.when {
		want, _ := json.Marshal(c.want)
		all = append(all, c.path.text+" = "+string(want))
	}
	for _, p := range r.has {
		all = append(all, "has "+p.text)
	}
	for _, p := range r.lacks {
		all = append(all, "lacks "+p.text)
	}
	return strings.Join(all, ", ")
}

// diagnose is what an answer means that fits the rule.
func (r rule) diagnose(a service.Answer, q service.Asked, title string) account.Diagnosis {
	d := usual(r.state, q, title)
	d.Description = service.ErrorText(a)
	d.Explanation = cmp.Or(text.Sentence(r.explanation), d.Explanation)
	if r.remedy != "" {
		d.Remedy = text.Sentence(strings.ReplaceAll(r.remedy, keptSlot, q.Kept()))
	}
	return d
}

// usual is what a state means where the description does not say it in words of its
// own.
func usual(s account.State, q service.Asked, title string) account.Diagnosis {
	q.Host = title
	by := func(status int) account.Diagnosis { return service.DiagnoseStatus(service.Answer{Status: status}, q) }
	switch s {
	case account.NoUser:
		return service.Diagnosed(s, "The "+q.Credential()+" is good, but it belongs to no person.",
			"Nothing is broken; to see a person here, use a "+q.Credential()+" of a user"+q.Kept()+".")
	case account.ScopeMissing:
		return service.Diagnosed(s, "The "+q.Credential()+" lacks a scope that this needs.",
			"Give it more scopes in "+title+", or use one that has them"+q.Kept()+".").By(account.ActionOpen)
	case account.NetworkDenied:
		return service.Diagnosed(s, title+" does not take this "+q.Credential()+" from your present address.",
			"Allow your address in "+title+", or ask from an allowed one.")
	case account.CredentialMissing:
		return service.Diagnosed(s, title+" got no "+q.Credential()+" although one was sent: something on the way removed it.",
			"Look for a proxy or gateway before "+q.Endpoint+" that drops the header with it.").By(account.ActionCopy)
	case account.InvalidToken:
		return service.Diagnosed(s, title+" does not accept the "+q.Credential()+".", q.Renew("in "+title)).By(q.RenewBy())
	case account.Forbidden:
		return by(403)
	case account.NotFound:
		return by(404)
	case account.BadRequest:
		return service.Diagnosed(s, title+" does not understand the request.", "Check the description of "+title+", and base_url in the profile.")
	case account.RateLimited:
		return by(429)
	case account.Unavailable:
		return service.Diagnosed(s, title+" cannot answer at the moment.", "Wait: this most often passes by itself; if it does not, tell those who run it.")
	case account.ServerError:
		return service.Diagnosed(s, title+" failed while it answered.", "Check again in a while; if it stays so, tell those who run it.")
	case account.Misconfigured:
		return service.Diagnosed(s, title+" cannot be asked in this way.", "Check base_url and the other lines of the profile.")
	}
	return service.Diagnosed(s, "The answer is not what "+title+" promises.", "Check that "+q.Endpoint+" is the address of "+title+".")
}
