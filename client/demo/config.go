package demo

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// writeConfig writes the configuration of the samples, in their order.
func writeConfig(samples []sample, urls [hosts]string) []byte {
	var b bytes.Buffer
	b.WriteString(`# The sample accounts of rollcall's demo. Every service below is served on this
# machine while the demo runs, and the tokens are good for nothing else.

default_profile  = "work"
refresh_interval = "30s"
request_timeout  = "10s"
expiry_warning   = "14d"
`)
	for _, s := range samples {
		if s.section != "" {
			fmt.Fprintf(&b, "\n# ---- %s ----\n", s.section)
		}
		s.writeConfig(&b, urls[s.host]+s.path)
	}
	return b.Bytes()
}

func (s sample) writeConfig(b *bytes.Buffer, baseURL string) {
	fmt.Fprintf(b, "\n# %s\n[profiles.%s]\n", s.about, s.profile)
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%-8s = %s\n", key, strconv.Quote(value))
		}
	}
	line("provider", s.provider())
	line("base_url", baseURL)
	line("token", s.token)
	line("username", s.username)
	line("password", s.password)
	line("identity", s.identity)
	line("label", s.label)
	if len(s.tags) > 0 {
		var quoted []string
		for _, t := range s.tags {
			quoted = append(quoted, strconv.Quote(t))
		}
		fmt.Fprintf(b, "%-8s = [%s]\n", "tags", strings.Join(quoted, ", "))
	}
	if s.disabled {
		b.WriteString("disabled = true\n")
	}
}
