package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
	"rollcall/config/credential"
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

// TestFindsAreAdded adds all that can be added at one key, once.
func TestFindsAreAdded(t *testing.T) {
	var asked [][]config.Draft
	var fails error
	b := beginning(Options{Import: func(_ context.Context, all []config.Draft) (string, error) {
		asked = append(asked, all)
		return "added katapult; added katapult-cli; added onezone", fails
	}}, sampleFinds(), 100, 30)
	add := b.addFinds()
	if b.addFinds() != nil {
		t.Error("they are added a second time meanwhile")
	}
	b.send(add())
	b.wants(t, "added onezone; U undoes")
	if len(asked) != 1 || len(asked[0]) != 3 || asked[0][1].Name != "katapult-cli" {
		t.Fatalf("asked to add %+v", asked)
	}
	fails = errors.New("the disk is full")
	b.send(b.addFinds()())
	b.wants(t, "That did not work", "the disk is full")
	if len(asked) != 2 {
		t.Errorf("asked %d times", len(asked))
	}
}

// TestNobodyLooks has nothing be looked for where there are profiles.
func TestNobodyLooks(t *testing.T) {
	b := mixed(Options{Finds: func(context.Context) []Find { t.Error("looked"); return nil }}, 80, 24)
	if b.findAccounts() != nil {
		t.Error("accounts are looked for")
	}
}
