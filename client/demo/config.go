package demo

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// savedViews are what the dashboard of the demo has as tabs beside its own.
const savedViews = `
# ---- Saved views ----

# What clients wait for, the soonest end first
[views.clients]
query   = "tag:client !ok !snoozed"
sort    = "due"
columns = ["profile", "state", "due", "user", "note"]

# Whatever production runs on
[views.production]
query   = "tag:prod"
columns = ["profile", "state", "due", "user", "service", "budget", "latency"]
`

// writeConfig writes the configuration of the entries, in their order. Their secrets
// are in it or, where a folder is named, in files of that folder.
func writeConfig(entries []entry, secrets string) []byte {
	var b bytes.Buffer
	b.WriteString(`# The sample accounts of rollcall's demo. Every service below is served on this
# machine while the demo runs, and the tokens are good for nothing else.

default_profile  = "work"
refresh_interval = "30s"
request_timeout  = "10s"
expiry_warning   = "14d"
` + savedViews)
	section, described := "", map[string]bool{}
	for _, e := range entries {
		if e.Section != section {
			section = e.Section
			fmt.Fprintf(&b, "\n# ---- %s ----\n", section)
		}
		if s := e.host.service; s.Description != "" && !described[s.Provider] {
			described[s.Provider] = true
			fmt.Fprintf(&b, "\n# %s.\n[services.%s]\n%s", s.About, s.Provider, s.Description)
		}
		e.writeConfig(&b, secrets)
	}
	return b.Bytes()
}

func (e entry) writeConfig(b *bytes.Buffer, secrets string) {
	fmt.Fprintf(b, "\n# %s\n[profiles.%s]\n", e.About, e.Name)
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%-8s = %s\n", key, strconv.Quote(value))
		}
	}
	line("provider", e.host.service.Provider)
	line("base_url", e.baseURL())
	secret := func(key, value string) {
		if value != "" && secrets != "" {
			fmt.Fprintf(b, "%-8s = { file = %s }\n", key, strconv.Quote(secrets+"/"+e.Name))
			return
		}
		line(key, value)
	}
	secret("token", e.Token)
	line("username", e.Username)
	secret("password", e.Password)
	line("identity", e.Identity)
	line("label", e.Label)
	if len(e.Tags) > 0 {
		var quoted []string
		for _, t := range e.Tags {
			quoted = append(quoted, strconv.Quote(t))
		}
		fmt.Fprintf(b, "%-8s = [%s]\n", "tags", strings.Join(quoted, ", "))
	}
	if e.Disabled {
		b.WriteString("disabled = true\n")
	}
}
