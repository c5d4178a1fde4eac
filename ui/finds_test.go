package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// sampleFinds are accounts that a machine has; the last one cannot be added.
func sampleFinds() []Find {
	return []Find{
		{Where: "KATAPULT_API_TOKEN", Draft: config.Draft{Name: "katapult", Provider: "katapult", Source: credential.SourceEnv, Reference: "KATAPULT_API_TOKEN"}},
		{Where: "/home/sam/.katapult/katapult.yaml", Draft: config.Draft{Name: "katapult-cli", Provider: "katapult", Source: credential.SourceCommand, Reference: "sed"}},
		{Where: "ONEZONE_API_KEY", Draft: config.Draft{Name: "onezone", Provider: "onezone", Source: credential.SourceEnv, Reference: "ONEZONE_API_KEY"}},
		{Where: "ONEZONE_BASIC_AUTH", Problem: "it has a user name and a password in one"},
	}
}

// beginning is the first screen of somebody whose machine has accounts.
func beginning(o Options, finds []Find, w, h int) *bench {
	o.Config, o.FirstRun = sampleEmpty(), true
	o.Finds = func(context.Context) []Find { return finds }
	b := newBench(o)
	b.send(tea.WindowSizeMsg{Width: w, Height: h})
	b.send(b.findAccounts()())
	return b
}

func TestFindsAreOffered(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 50}, {40, 10}, {60, 14}} {
		name := fmt.Sprintf("finds-%dx%d", size[0], size[1])
		t.Run(name, func(t *testing.T) {
			b := beginning(Options{}, sampleFinds(), size[0], size[1])
			checkSize(t, b, size[0], size[1])
			golden(t, name, b.text())
		})
	}
	b := beginning(Options{}, nil, 80, 24)
	if strings.Contains(b.text(), "found on this machine") {
		t.Error("nothing is told as something")
	}
	b = beginning(Options{}, sampleFinds()[:1], 80, 24)
	b.wants(t, "1 account was found on this machine:", "i add it")
}

// manyFinds are accounts as a machine of some years has them.
func manyFinds() []Find {
	file := func(name, provider, path, format, at string) Find {
		return Find{Where: path, Draft: config.Draft{
			Name: name, Provider: provider, Source: credential.SourceFile, Reference: path, Within: extract.Place{Format: format, Path: at},
		}}
	}
	all := []Find{
		{Where: "KATAPULT_API_KEY", Also: []string{"env:KATAPULT_API_TOKEN"}, Draft: config.Draft{Name: "katapult", Provider: "katapult", Source: credential.SourceEnv, Reference: "KATAPULT_API_KEY"}},
		{Where: "ONEZONE_BASIC_AUTH", Draft: config.Draft{Name: "onezone", Provider: "onezone"},
			Problem: "it has a user name and a password in one, which a profile cannot refer to; make a profile with 'rollcall add', which can keep the password in the keyring"},
		file("github", "github", "~/.config/gh/hosts.yml", "yaml", "$['github.com'].users.sam.oauth_token"),
		file("enterprise-example-org", "github", "~/.config/gh/hosts.yml", "yaml", "$['enterprise.example.org'].oauth_token"),
		file("gitlab", "gitlab", "~/.config/glab-cli/config.yml", "yaml", "$.hosts['gitlab.com'].token"),
		file("gitea-codeberg-org", "gitea", "~/.config/tea/config.yml", "yaml", "$.logins[?@.name == 'codeberg.org'].token"),
		{Where: "~/.config/hcloud/cli.toml", Draft: config.Draft{Name: "hetzner-prod", Provider: "hetzner"}, Problem: "rollcall has no service for it"},
		{Where: "~/.netrc", Draft: config.Draft{Name: "heroku", Provider: "heroku"}, Known: "paas"},
		file("sentry", "sentry", "~/.sentryclirc", "ini", "auth.token"),
		file("vault", "vault", "~/.vault-token", "", ""),
	}
	all[3].Draft.BaseURL, all[5].Draft.BaseURL = "https://enterprise.example.org", "https://codeberg.org"
	return all
}

func TestFindsAreChosen(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {40, 10}} {
		name := fmt.Sprintf("finds-chosen-%dx%d", size[0], size[1])
		t.Run(name, func(t *testing.T) {
			b := beginning(Options{Import: func(context.Context, []config.Draft) (string, error) { return "", nil }, AskFind: func(context.Context, config.Draft) account.Snapshot { return account.Snapshot{} }}, manyFinds(), size[0], size[1])
			b.press("i", "down", "space", "down")
			checkSize(t, b, size[0], size[1])
			golden(t, name, b.text())
			d := b.overlays.top().(*findsDialog)
			for i, s := range []account.Snapshot{sampleSnapshots()[0], {Health: account.Health{State: account.InvalidToken}}} {
				b.send(findCheckedMsg{d, i, s})
			}
			b.press("end")
			checkSize(t, b, size[0], size[1])
			golden(t, name+"-checked", b.text())
		})
	}
}

// TestFindsAreAdded adds those that are marked, once.
func TestFindsAreAdded(t *testing.T) { synctest.Test(t, testFindsAreAdded) }

func testFindsAreAdded(t *testing.T) {
	var asked [][]config.Draft
	var fails error
	b := beginning(Options{Import: func(_ context.Context, all []config.Draft) (string, error) {
		asked = append(asked, all)
		return "added katapult; added onezone", fails
	}}, sampleFinds(), 100, 30)
	b.press("i")
	b.wants(t, "[x] katapult ", "[x] onezone", "enter adds 3")
	// The one that cannot be added takes no mark.
	b.press("down", "space", "end", "space")
	b.wants(t, "[ ] katapult-cli", "enter adds 2", "a user name and a password in one")
	b.press("n")
	b.wants(t, "nothing is marked")
	if b.press("enter"); b.overlays.top() == nil {
		t.Error("nothing was marked, and it is gone")
	}
	b.press("a", "up", "up", "space")
	b.press("enter")
	if b.overlays.top() != nil {
		t.Error("the list is still there")
	}
	if b.importFinds() != nil {
		t.Error("they are offered a second time meanwhile")
	}
	b.takeFinds(t)
	b.wants(t, "added onezone; U undoes")
	if len(asked) != 1 || len(asked[0]) != 2 || asked[0][0].Name != "katapult" || asked[0][1].Name != "onezone" {
		t.Fatalf("asked to add %+v", asked)
	}
	fails = errors.New("the disk is full")
	b.send(b.addFinds(asked[0])())
	b.wants(t, "That did not work", "the disk is full")
}

// takeFinds runs the last command, and takes in what it tells of finds.
func (b *bench) takeFinds(t *testing.T) {
	t.Helper()
	for _, msg := range b.run(t) {
		switch msg.(type) {
		case findsReadMsg, findCheckedMsg, findsAddedMsg:
			b.send(msg)
		}
	}
}

// TestFindsAreChecked asks the services of those that can be added, and tells what each
// said.
func TestFindsAreChecked(t *testing.T) {
	b := beginning(Options{
		Import:  func(context.Context, []config.Draft) (string, error) { return "", nil },
		AskFind: func(context.Context, config.Draft) account.Snapshot { return account.Snapshot{} },
	}, sampleFinds(), 100, 30)
	b.press("i", "c")
	b.wants(t, "asking")
	d := b.overlays.top().(*findsDialog)
	if wish := d.ask().wish.(checkFindsWish); len(wish.finds) > 0 {
		t.Errorf("asked again meanwhile: %v", wish.finds)
	}
	b.send(findCheckedMsg{d, 0, sampleSnapshots()[0]}, findCheckedMsg{d, 1, account.Snapshot{Health: account.Health{State: account.InvalidToken}}})
	b.wants(t, "Sam Roe", "invalid token", "asking")
	if strings.Contains(b.text(), "s3cret") {
		t.Error("a secret is shown")
	}
}

// TestImportLater looks anew where there are profiles, from the palette.
func TestImportLater(t *testing.T) { synctest.Test(t, testImportLater) }

func testImportLater(t *testing.T) {
	looked := 0
	b := mixed(Options{
		Finds:  func(context.Context) []Find { looked++; return sampleFinds() },
		Import: func(context.Context, []config.Draft) (string, error) { return "added katapult", nil },
	}, 100, 30)
	b.press(":")
	b.write("choose from the accounts")
	b.press("enter")
	b.takeFinds(t)
	b.wants(t, "Accounts on this machine 4", "enter adds 3")
	if looked != 1 {
		t.Errorf("looked %d times", looked)
	}
	b.press("esc")
	if b.overlays.top() != nil {
		t.Error("esc does not close it")
	}
	b = beginning(Options{Import: func(context.Context, []config.Draft) (string, error) { return "", nil }}, nil, 80, 24)
	b.press("i")
	b.wants(t, "no account was found on this machine")
	b = beginning(Options{Import: func(context.Context, []config.Draft) (string, error) { return "", nil }}, sampleFinds()[3:], 80, 24)
	b.wants(t, "i what was found")
	b.press("i")
	b.wants(t, "nothing is marked", "a user name and a password in one")
}

// TestNobodyLooks has nothing be looked for where there are profiles.
func TestNobodyLooks(t *testing.T) {
	b := mixed(Options{Finds: func(context.Context) []Find { t.Error("looked"); return nil }}, 80, 24)
	if b.findAccounts() != nil {
		t.Error("accounts are looked for")
	}
}
