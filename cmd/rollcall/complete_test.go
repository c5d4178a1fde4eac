package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCompletion asks as the scripts of the shells do: the last line tells what
// else the shell may offer, 4 for nothing, 0 for files, 8 for files with an
// ending, 16 for folders.
func TestCompletion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := os.Chmod(w.write("bin/rolling", ""), 0o700); err != nil {
		t.Fatal(err)
	}
	w.env = []string{"PATH=" + filepath.Join(w.home, "bin"), "ROLLCALL_CONFIG=" + w.write("config.toml", `[profiles.work]
provider = "katapult"
token = { env = "A" }
tags = ["prod", "two words"]
[profiles."with space"]
provider = "katapult"
token = { env = "A" }
[profiles."bad\u001b[31m"]
provider = "nowhere"
[views.clients]
[views."two words"]
query = "tg:x"
`)}
	const all = "work,with space,:4"
	for _, tt := range []struct {
		line []string
		want string
	}{
		{[]string{"status", ""}, all},
		{[]string{"status", "work", ""}, "with space,:4"},
		{[]string{"show", ""}, all},
		{[]string{"show", "work", ""}, ":4"},
		{[]string{"rename", "work", ""}, ":4"},
		{[]string{"--profile", ""}, all},
		{[]string{"bind", ""}, ":16"},
		{[]string{"bind", "work", ""}, all},
		{[]string{"exec", ""}, all},
		{[]string{"exec", "work", ""}, "--,:4"},
		{[]string{"exec", "work", "--", "ro"}, "rolling,:4"},
		{[]string{"exec", "--", "ro"}, "rolling,:4"},
		{[]string{"exec", "work", "--", "./ro"}, ":0"},
		{[]string{"exec", "work", "--", "rolling", ""}, ":0"},
		{[]string{"exec", "--min-ttl", ""}, "10m,1h,8h,1d,7d,:4"},
		{[]string{"env", "work", "--organization", ""}, ":4"},
		{[]string{"status", "--timeout", ""}, "10s,30s,1m,5m,1h,:4"},
		{[]string{"--log-file", ""}, ":0"},
		{[]string{"add", "--tag", ""}, "prod,two words,:4"},
		{[]string{"add", "--env", "ROLLCALL_C"}, "ROLLCALL_CONFIG,:4"},
		{[]string{"config", ""}, "check\tPrint what is wrong with the configuration,path\tPrint where the configuration is, and what decides that,:4"},
		{[]string{"list", ""}, ":4"},
		{[]string{"list", "-o", ""}, "table,json,:4"},
		{[]string{"changes", "--since", ""}, "1d,7d,30d,90d,:4"},
		{[]string{"snooze", ""}, all},
		{[]string{"snooze", "work", ""}, "1d,7d,30d,off,:36"},
		{[]string{"snooze", "work", "7d", ""}, ":4"},
		{[]string{"status", "--select", "tag"}, "tag:,:6"},
		{[]string{"status", "--sort", ""}, "urgency,due,name,state,service,user,file,email,host,label,tags,orgs,expires,budget,latency,since,changed,source,token,note,:4"},
		{[]string{"list", "--sort=-"}, "-urgency,-due,-name,-state,-service,-user,-file,-email,-host,-label,-tags,-orgs,-expires,-budget,-latency,-since,-changed,-source,-token,-note,:4"},
		{[]string{"status", "--view", ""}, "clients,two words,:4"},
		{[]string{"doctor", "--view", "cl"}, "clients,two words,:4"},
		{[]string{"status", "--select", "tag:"}, `tag:prod,tag:"two words",:4`},
		{[]string{"status", "--fail-on", "ok ends"}, "ok ends<,:6"},
		{[]string{"doctor", "--select", "!ser"}, "!service:,!server_error,:6"},
		{[]string{"list", "--select", "service:"}, "service:katapult,:4"},
		{[]string{"list", "--private", "--select", "source:"}, ":4"},
		{[]string{"env", "--shell", ""}, "sh,bash,zsh,dash,fish,powershell,pwsh,:4"},
		{[]string{"add", "x", "--file", ""}, ":0"},
		{[]string{"--config", ""}, "toml,:8"},
		{[]string{"pin", "--config", "missing.toml", ""}, ":1"},
	} {
		r := w.run(append([]string{"__complete"}, tt.line...)...)
		if got := strings.ReplaceAll(strings.TrimSpace(r.stdout), "\n", ","); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.want)
		}
	}
	if r := w.run("__complete", "add", "x", "--"); strings.Contains(r.stdout, "`") || !strings.Contains(r.stdout, "--url\tits address, where") {
		t.Errorf("flags have marks in their texts:\n%s", r.stdout)
	}
	if r := w.run("__complete", "show", "--demo", "wo"); !strings.Contains(r.stdout, "work\n") {
		t.Errorf("no sample account is offered:\n%s", r.stdout)
	}
}
