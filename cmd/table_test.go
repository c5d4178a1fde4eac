package cmd

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/config"
)

func TestWriteTable(t *testing.T) {
	columns := []column{{title: "NAME", whole: true}, {title: "USER"}, {title: "SIZE", whole: true, spare: 1}, {title: "NOTE", spare: 2}}
	for _, tt := range []struct {
		name string
		sc   screen
		want string
	}{
		{
			"a pipe", screen{},
			"NAME  USER                 SIZE  NOTE\nwork  李明                 12    a note that is long\n" +
				"\ufffd]\ufffd   Ada Quist, Observer        a b\n",
		}, {
			"room enough", screen{width: 54},
			"NAME  USER                 SIZE  NOTE\nwork  李明                 12    a note that is long\n" +
				"\ufffd]\ufffd   Ada Quist, Observer        a b\n",
		}, {
			"texts are cut", screen{width: 45},
			"NAME  USER              SIZE  NOTE\nwork  李明              12    a note that is…\n" +
				"\ufffd]\ufffd   Ada Quist, Obse…        a b\n",
		}, {
			"a column less", screen{width: 37},
			"NAME  USER             NOTE\nwork  李明             a note that i…\n\ufffd]\ufffd   Ada Quist, Obs…  a b\n",
		}, {
			"two columns less", screen{width: 20},
			"NAME  USER\nwork  李明\n\ufffd]\ufffd   Ada Quist, Ob…\n",
		}, {
			"without Unicode", screen{width: 20, ascii: true},
			"NAME  USER\nwork  李明\n\ufffd]\ufffd   Ada Quist, ...\n",
		}, {
			"no room for what stays whole", screen{width: 3},
			"NA…\nwo…\n\ufffd]…\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := [][]cell{
				{{"work", nil}, {"李明", nil}, {"12", nil}, {"a note that is long", nil}},
				{{"\x1b]\a", nil}, {"Ada Quist, Observer", nil}, {"", nil}, {"a\nb", bold()}},
			}
			var b strings.Builder
			if err := writeTable(&b, tt.sc, columns, rows); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), tt.want)
			}
		})
	}
}

func TestWriteRows(t *testing.T) {
	var b strings.Builder
	err := writeRows(&b, screen{width: 10}, [][]cell{
		{{"a title alone, wider than its column", bold()}}, {{"x", nil}, {"", nil}, {"end", nil}}, {{"name", nil}, {"李明", nil}, {"1", nil}},
	})
	want := "a title alone, wider than its column\nx           end\nname  李明  1\n"
	if err != nil || b.String() != want {
		t.Errorf("%v, got:\n%s\nwant:\n%s", err, b.String(), want)
	}
}

// TestLongNames has one name that is longer than all else: the others keep their
// columns and their notes, on a screen and in a pipe.
func TestLongNames(t *testing.T) {
	const means = "The environment variable WORK_TOKEN is not set."
	name := strings.Repeat("a-long-name-", 25)
	for width, room := range map[int]int{0: 160, 100: 100, 160: 160, 200: 200} {
		sc := screen{width: width}
		var profiles []config.Profile
		var snapshots []account.Snapshot
		for _, n := range []string{"work", name} {
			profiles = append(profiles, config.Profile{Name: n})
			snapshots = append(snapshots, account.Snapshot{Profile: n, Health: account.Health{State: account.CredentialMissing, Explanation: means}})
		}
		var b strings.Builder
		if err := writeTable(&b, sc, statusColumns(), statusRows(sc, time.Unix(0, 0), profiles, snapshots, nil)); err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n") {
			if w := ansi.StringWidth(line); w > room {
				t.Errorf("at %d columns, a row of %d: %q", width, w, line)
			}
			for _, want := range [][]string{{"STATE", "NOTE"}, {"work", "credential missing", means[:20]}, {name[:20], "…", "credential missing", means[:20]}}[i] {
				if !strings.Contains(line, want) {
					t.Errorf("at %d columns, no %q: %q", width, want, line)
				}
			}
		}
	}
}

// TestStatusFits prints 200 profiles for every width that a terminal can have:
// no line is wider, and every state stands below its title.
func TestStatusFits(t *testing.T) {
	var profiles []config.Profile
	var snapshots []account.Snapshot
	for i := range 200 {
		name := fmt.Sprintf("profile-%d", i)
		s := account.Snapshot{Profile: name, Health: account.Health{State: account.Healthy}}
		switch i % 3 {
		case 0:
			s.Health = account.Health{State: account.CredentialMissing, Explanation: "The environment variable is empty or not set."}
		case 1:
			s.Account = &account.Account{User: account.User{ID: "u", FullName: strings.Repeat("李明 ", i%20)}}
		}
		profiles, snapshots = append(profiles, config.Profile{Name: name}), append(snapshots, s)
	}
	for width := 40; width <= 300; width++ {
		sc := screen{width: width}
		var b strings.Builder
		if err := writeTable(&b, sc, statusColumns(), statusRows(sc, time.Unix(0, 0), profiles, snapshots, nil)); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		at := strings.Index(lines[0], "STATE")
		if len(lines) != 201 || at < 0 {
			t.Fatalf("at %d columns, %d lines with the titles %q", width, len(lines), lines[0])
		}
		for i, l := range lines {
			if w := ansi.StringWidth(l); w > width {
				t.Fatalf("at %d columns, line %d has %d: %q", width, i, w, l)
			}
			if i > 0 && !strings.HasPrefix(ansi.Cut(l, at, width), snapshots[i-1].Health.State.Word()) {
				t.Fatalf("at %d columns, the state of line %d is not below its title: %q", width, i, l)
			}
		}
	}
}
