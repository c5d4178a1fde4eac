//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"rollcall/client/account"
)

// TestCredentialActions has each place of a secret fail, and wants the action to be
// what the remedy says: to log in does not mend a command.
func TestCredentialActions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"PATH=" + os.Getenv("PATH")}
	w.write("plain", "#!/bin/sh\n")
	w.write("empty", "\n")
	text, want := "", map[string]account.Action{}
	add := func(name, token string, action account.Action) {
		text += "[profiles." + name + "]\nprovider = \"katapult\"\ntoken = " + token + "\n"
		want[name] = action
	}
	add("unset", `{ env = "NOBODY_SETS_THIS" }`, account.ActionCopy)
	add("fails", `{ command = ["sh", "-c", "echo locked >&2; exit 3"] }`, account.ActionAsk)
	add("silent", `{ command = ["true"] }`, account.ActionAsk)
	add("absent", `{ command = ["no-such-password-manager"] }`, account.ActionEdit)
	add("unrunnable", `{ command = ["`+filepath.Join(w.home, "plain")+`"] }`, account.ActionEdit)
	add("nofile", `{ file = "`+filepath.Join(w.home, "nowhere")+`" }`, account.ActionEdit)
	add("emptyfile", `{ file = "`+filepath.Join(w.home, "empty")+`" }`, account.ActionEdit)
	add("broken", `{ command = ["printf", "a\\tb"] }`, account.ActionEdit)
	w.write(".config/rollcall/config.toml", text)
	r := w.run("status", "-o", "json")
	var got struct {
		Profiles []struct {
			Name   string
			Health struct {
				State  account.State
				Action account.Action
				Remedy string
			}
		}
	}
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || len(got.Profiles) != len(want) {
		t.Fatalf("%v: %+v", err, r)
	}
	for _, p := range got.Profiles {
		if p.Health.State != account.CredentialMissing || p.Health.Action != want[p.Name] {
			t.Errorf("%s: %s, %q for %q; want %q", p.Name, p.Health.State, p.Health.Action, p.Health.Remedy, want[p.Name])
		}
	}
}

// TestNoEndpointOfTheUnaskable names no address where none is asked: that of the
// public service least of all, where the profile has another one, which is wrong.
func TestNoEndpointOfTheUnaskable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	text := ""
	for name, base := range map[string]string{"clear": "http://10.0.0.1", "query": "https://k.example/?a=b", "none": "k.example"} {
		text += "[profiles." + name + "]\nprovider = \"katapult\"\nbase_url = \"" + base + "\"\ntoken = \"kt-1\"\n"
	}
	w.write(".config/rollcall/config.toml", text)
	for _, command := range []string{"status", "list"} {
		r := w.run(command, "-o", "json")
		var got struct {
			Profiles []struct{ Name, Endpoint string }
		}
		if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || len(got.Profiles) != 3 {
			t.Fatalf("%v: %+v", err, r)
		}
		for _, p := range got.Profiles {
			if p.Endpoint != "" {
				t.Errorf("%s: %s is asked at %q", command, p.Name, p.Endpoint)
			}
		}
	}
}
