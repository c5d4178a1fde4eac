package cmd

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// compiled is a schema as the program prints it, ready to be used.
func compiled(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	data, err := schemaFiles.ReadFile("schemas/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, decoded(t, string(data))); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// decoded is a text of JSON as data.
func decoded(t testing.TB, text string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	return v
}

// encoded is a value as the program prints it.
func encoded(t *testing.T, v any) any {
	t.Helper()
	var b bytes.Buffer
	if err := writeJSON(&b, v); err != nil {
		t.Fatal(err)
	}
	return decoded(t, b.String())
}

// TestSchemasOfTheDemo has what every command says of the demo, in which every state is
// but the one of a profile that is not yet asked, be what its schema says.
func TestSchemasOfTheDemo(t *testing.T) {
	status := output(t, "status", "-o", "json", "--demo")
	for name, command := range map[string]string{
		"list": "list", "changes": "changes --since 90d", "doctor": "doctor", "show": "show work",
	} {
		printed := decoded(t, output(t, append(strings.Fields(command), "-o", "json", "--demo")...))
		if err := compiled(t, name).Validate(printed); err != nil {
			t.Errorf("%s: %v", command, err)
		}
	}
	sources := decoded(t, output(t, "list", "--sources", "-o", "json", "--demo"))
	if err := compiled(t, "list").Validate(sources); err != nil {
		t.Error(err)
	}
	all := decoded(t, status)
	if err := compiled(t, "status").Validate(all); err != nil {
		t.Error(err)
	}
	show, event := compiled(t, "show"), compiled(t, "event")
	met := map[string]bool{}
	for _, p := range all.(map[string]any)["profiles"].([]any) {
		met[p.(map[string]any)["health"].(map[string]any)["state"].(string)] = true
		line := map[string]any{"schema": json.Number("1"), "at": "2026-11-21T12:00:00Z", "events": []any{"now", "changed"}, "profile": p}
		for _, err := range []error{show.Validate(p), event.Validate(line)} {
			if err != nil {
				t.Error(err)
			}
		}
	}
	for _, state := range account.States() {
		if !met[string(state)] && state != account.Checking {
			t.Errorf("no profile of the demo is %s", state)
		}
	}
}

// TestSchemaOfEvents has every line of --watch be what its schema says.
func TestSchemaOfEvents(t *testing.T) {
	w := newWatching(t, "")
	event := compiled(t, "event")
	w.take(account.Event{Snapshots: w.all})
	refused := w.all[0]
	refused.Health.State, refused.Verdict = account.InvalidToken, account.Verdict{State: account.InvalidToken, At: noon()}
	refused.Changes = []account.Change{{At: noon(), Kind: account.ChangeState, Is: account.Value{State: account.InvalidToken}}}
	lines := 0
	for _, e := range []account.Event{{}, {Snapshots: []account.Snapshot{refused}}, {Snapshots: w.all[:1]}} {
		w.take(e)
		if _, err := w.tell(); err != nil {
			t.Fatal(err)
		}
	}
	w.now = noon().Add(4*24*time.Hour - time.Minute)
	if _, err := w.tell(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(w.out.Name())
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if lines++; !strings.HasPrefix(line, "{") {
			t.Errorf("no event: %s", line)
		} else if err := event.Validate(decoded(t, line)); err != nil {
			t.Errorf("%v: %s", err, line)
		}
	}
	if lines < 5 {
		t.Errorf("%d lines", lines)
	}
}

// place is where something is in data, by keys and numbers of elements.
type place []any

// of is the value at a place.
func (p place) of(v any) any {
	for _, step := range p {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v
}

// objects calls f with each object of data.
func objects(v any, at place, f func(place, map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(at, v)
		for key, one := range v {
			objects(one, append(at[:len(at):len(at)], key), f)
		}
	case []any:
		for i, one := range v {
			objects(one, append(at[:len(at):len(at)], i), f)
		}
	}
}

// TestSchemasAreStrict changes what is printed in one place after the other: another
// key is none of its business, a key that is missing or is of another type is.
func TestSchemasAreStrict(t *testing.T) {
	for name, whole := range samples(t) {
		s := compiled(t, name)
		if err := s.Validate(whole); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		changes := 0
		objects(whole, nil, func(at place, o map[string]any) {
			if slices.Contains(at, any("custom")) {
				return // It is whatever the identity provider gave.
			}
			try := func(what string, fits bool, change func(map[string]any)) {
				changed := decoded(t, string(text))
				change(at.of(changed).(map[string]any))
				changes++
				if err := s.Validate(changed); (err == nil) != fits {
					t.Errorf("%s: %s in %v: %v", name, what, at, err)
				}
			}
			try("another key", true, func(o map[string]any) { o["another"] = []any{"new"} })
			for key, value := range o {
				if key == "custom" {
					continue
				}
				try("no "+key, false, func(o map[string]any) { delete(o, key) })
				try("another type of "+key, false, func(o map[string]any) { o[key] = otherType(value) })
			}
		})
		t.Logf("%s: %d changes", name, changes)
	}
}

// otherType is a value of another type.
func otherType(v any) any {
	switch v.(type) {
	case string, nil:
		return []any{true}
	}
	return "text"
}

// TestSchemaWords has a word that there is not, and null where a value always is, fit
// no schema.
func TestSchemaWords(t *testing.T) {
	all := samples(t)
	for _, tt := range []struct {
		schema string
		at     place
		key    string
		values []any
	}{
		{"status", nil, "schema", []any{json.Number("2"), "1", nil}},
		{"status", nil, "generated_at", []any{nil, "today"}},
		{"status", nil, "profiles", []any{nil}},
		{"status", place{"summary", "urgency"}, "now", []any{json.Number("-1"), json.Number("1.5")}},
		{"show", place{"health"}, "state", []any{"", "broken", nil}},
		{"show", place{"health"}, "severity", []any{"", "bad"}},
		{"show", place{"health"}, "urgency", []any{"", "later"}},
		{"show", place{"health"}, "action", []any{"dance", nil}},
		{"show", place{"health"}, "checked_at", []any{"", "2026-11-21", "2026-11-21 12:00"}},
		{"show", place{"health"}, "latency_ms", []any{json.Number("-1"), "1ms"}},
		{"show", place{"health", "verdict"}, "state", []any{"unreachable", "rate_limited", "disabled"}},
		{"show", place{"health", "verdict"}, "at", []any{nil}},
		{"show", place{"token"}, "expiry", []any{"", "soon"}},
		{"show", place{"token"}, "caveats", []any{nil}},
		{"show", place{"organizations", 0}, "access", []any{"denied", nil}},
		{"changes", place{"changes", 0}, "kind", []any{"", "colour"}},
		{"doctor", place{"checks", 0}, "severity", []any{"", "bad"}},
		{"event", nil, "events", []any{[]any{"later"}, nil}},
	} {
		text, err := json.Marshal(all[tt.schema])
		if err != nil {
			t.Fatal(err)
		}
		for _, value := range tt.values {
			changed := decoded(t, string(text))
			tt.at.of(changed).(map[string]any)[tt.key] = value
			if err := compiled(t, tt.schema).Validate(changed); err == nil || !strings.Contains(err.Error(), tt.key) {
				t.Errorf("%s: %v in %s of %v: %v", tt.schema, value, tt.key, tt.at, err)
			}
		}
	}
}

// samples are one of what each command prints, in which all is set that can be.
func samples(t *testing.T) map[string]any {
	t.Helper()
	a, l, _ := mixedDay(t)
	full := fullSnapshot()
	full.Snooze = account.Snooze{Until: noon().Add(time.Hour), Note: "Kim asks for it", Verdict: full.Verdict.State}
	full.Account.Organizations[0].Access = account.AccessPending
	p := a.newProfileJSON(l, l.Profiles[0], full)
	status := a.newStatusJSON(l, l.Profiles[:1], []account.Snapshot{full})
	status.Incidents = []incidentJSON{{account.Unreachable, "one.example.org cannot be reached", "Nobody answers.", "Wait.", []string{"east", "west"}}}
	listed := []listedProfile{{
		Name: "work", Provider: "katapult", Tags: []string{"prod"}, Source: "env T",
		provenance: &provenance{ShadowedBy: []string{"T"}, SameSecretAs: []string{"west"}},
	}}
	changes := newChangesJSON([]profileChange{{profile: "work", Change: account.Change{At: noon(), Kind: account.ChangeScope, Was: account.Value{Name: "read"}}}})
	doctor := newDoctorJSON(noon(), []finding{good("credential", "had from env T")})
	return map[string]any{
		"show": encoded(t, p), "status": encoded(t, status), "list": encoded(t, listJSON{schema, listed}),
		"changes": encoded(t, changes), "doctor": encoded(t, doctor),
		"event": encoded(t, eventJSON{schema, timeJSON(noon()), []insight.Edge{insight.EdgeNow}, p}),
	}
}
