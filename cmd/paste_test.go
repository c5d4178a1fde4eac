package cmd

import (
	"io"
	"slices"
	"testing"
	"time"
)

// chunks are read one at a time.
type chunks []string

func (c *chunks) Read(p []byte) (int, error) {
	if len(*c) == 0 {
		return 0, io.EOF
	}
	n := copy(p, (*c)[0])
	*c = (*c)[1:]
	return n, nil
}

// TestPasteGuard reads pastes as they come, in one piece and in many, and some
// whose end never comes. A chunk "…" is silence.
func TestPasteGuard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ come, want chunks }{
		"no paste":          {chunks{"abc", "\x03"}, chunks{"abc", "\x03"}},
		"whole":             {chunks{"\x1b[200~x\x1b[201~j", "…"}, chunks{"\x1b[200~x\x1b[201~j"}},
		"slow":              {chunks{"\x1b[200~x", "y\x1b[201~", "…"}, chunks{"\x1b[200~x", "y\x1b[201~"}},
		"marks in pieces":   {chunks{"\x1b[20", "0~x\x1b[2", "01~", "…", "q"}, chunks{"\x1b[20", "0~x\x1b[2", "01~", "q"}},
		"lost":              {chunks{"\x1b[200~x", "…", "q"}, chunks{"\x1b[200~x\x1b[201~", "q"}},
		"lost later":        {chunks{"\x1b[200~x", "yz", "…", "q"}, chunks{"\x1b[200~x", "yz\x1b[201~", "q"}},
		"lost twice":        {chunks{"\x1b[200~x", "…", "\x1b[200~y", "…"}, chunks{"\x1b[200~x\x1b[201~", "\x1b[200~y\x1b[201~"}},
		"the end is late":   {chunks{"\x1b[200~x", "…", "\x1b[201~q"}, chunks{"\x1b[200~x\x1b[201~", "\x1b[201~q"}},
		"a second paste":    {chunks{"\x1b[200~x\x1b[201~\x1b[200~y", "…"}, chunks{"\x1b[200~x\x1b[201~\x1b[200~y\x1b[201~"}},
		"interrupted":       {chunks{"\x1b[200~x", "\x03"}, chunks{"\x1b[200~x", "\x1b[201~\x03"}},
		"interrupted often": {chunks{"\x1b[200~x", "\x03\x03"}, chunks{"\x1b[200~x", "\x1b[201~\x03\x03"}},
		"by another name":   {chunks{"\x1b[200~x", "\x1b[99;5u"}, chunks{"\x1b[200~x", "\x1b[201~\x1b[99;5u"}},
		"with a lock":       {chunks{"\x1b[200~x", "\x1b[99;133u"}, chunks{"\x1b[200~x", "\x1b[201~\x1b[99;133u"}},
		"at its end":        {chunks{"\x1b[200~x\x03", "…"}, chunks{"\x1b[200~x\x1b[201~\x03"}},
		"a part of it":      {chunks{"\x1b[200~x\x03y\x1b[201~"}, chunks{"\x1b[200~x\x03y\x1b[201~"}},
	} {
		come := slices.Clone(test.come)
		g := pasteGuard{more: func(wait time.Duration) bool {
			if wait != time.Second {
				t.Errorf("%s: waited for %v", name, wait)
			}
			return len(come) > 0 && come[0] != "…"
		}}
		var got chunks
		var p [64]byte
		for len(come) > 0 {
			if come[0] == "…" {
				come = come[1:]
				continue
			}
			n, err := g.read(&come, p[:])
			if err != nil {
				t.Fatal(name, err)
			}
			got = append(got, string(p[:n]))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q\nwant %q", name, got, test.want)
		}
	}
}
