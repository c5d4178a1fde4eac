package talk

import (
	"bufio"
	"fmt"
	"strings"
	"testing"

	"rollcall/client/account"
)

// TestSplitter cuts lines, whatever ends them.
func TestSplitter(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", longestLine)
	for text, want := range map[string]string{
		"":                      "",
		"a\nb\n":                "a|b",
		"a\r\nb\r\n\r\nc":       "a|b||c",
		"a\rb\n\r\n":            "a|b|",
		long + "\nb":            long + "|b",
		long + "yy\nb\n" + "cd": "too long|b|cd",
		long + "y":              "too long",
	} {
		s := splitter{in: bufio.NewReader(strings.NewReader(text))}
		var got []string
		for l, err := s.next(); err == nil; l, err = s.next() {
			if l.tooLong {
				l.text += "too long"
			}
			got = append(got, l.text)
		}
		if all := strings.Join(got, "|"); all != want {
			t.Errorf("%.20q: got %.40q of %d, want %.40q", text, all, len(all), want)
		}
	}
}

// TestLinesTypedAhead hears every line of a person who does not wait, and a long one
// does not end the conversation.
func TestLinesTypedAhead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a"))
	w.keep("a", "kt-old")
	w.answers["kt-new"] = of(account.Snapshot{Health: account.Health{State: account.Healthy}}, "Sam", 0)
	for _, end := range []string{"\n", "\r\n", "\r"} {
		var out strings.Builder
		in := strings.Join([]string{strings.Repeat("y", 1<<17), strings.Repeat("z", longestLine+1), "rotate 1", "kt-new", "no", "show 1", "q", "show 1"}, end)
		o := w.options()
		o.Secret = nil // What is piped in is shown by nothing.
		c := New(t.Context(), strings.NewReader(in), &out, o)
		events := make(chan account.Event, 1)
		events <- account.Event{Snapshots: []account.Snapshot{checked("a", "a.example", account.Healthy)}}
		c.Run(t.Context(), events, nil)
		for _, want := range []string{"y\" is neither", "That line is too long.", "New: healthy, Sam Roe (user_sam), never ends.", "Nothing was changed.", "All of a."} {
			if strings.Count(out.String(), want) != 1 {
				t.Errorf("%q: no %q in\n%s", end, want, out.String()[max(0, out.Len()-2000):])
			}
		}
	}
}

// TestSecretEnds changes nothing where no secret comes.
func TestSecretEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a"))
	w.keep("a", "kt-old")
	for _, in := range []string{"rotate 1", "rotate 1\n\n", "rotate 1\n\x01\n", "rotate 1\nkt-new", "rotate 1\nkt-new\n", "rotate 1\nkt-new\nperhaps\n"} {
		w.answers["kt-new"] = of(account.Snapshot{Health: account.Health{State: account.Healthy}}, "Sam", 0)
		var out strings.Builder
		o := w.options()
		o.Secret = nil
		events := make(chan account.Event, 1)
		events <- account.Event{Snapshots: []account.Snapshot{checked("a", "a.example", account.Healthy)}}
		New(t.Context(), strings.NewReader(in), &out, o).Run(t.Context(), events, nil)
		if !strings.Contains(out.String(), "Nothing was changed.") {
			t.Errorf("%q: it says\n%s", in, out.String())
		}
	}
}

// Every command has a line of help, and a word of its own.
func TestCommands(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range commands() {
		for _, word := range []string{k.name, k.short} {
			if word == "" {
				continue
			}
			if seen[word] {
				t.Errorf("%q is two commands", word)
			}
			seen[word] = true
			if known, ok := commandNamed(strings.ToUpper(word)); !ok || known.name != k.name {
				t.Errorf("%q is not found", word)
			}
		}
		if line := k.line(); k.help == "" || strings.Contains(line, "\n") || !strings.HasPrefix(line, k.name) {
			t.Errorf("the help of %s is %q", k.name, line)
		}
	}
	for word, name := range synonyms() {
		if known, ok := commandNamed(word); !ok || known.name != name || seen[word] {
			t.Errorf("%q is not %s", word, name)
		}
	}
	w, all := mixed(t)
	c := w.begin(all)
	for _, line := range []string{"fix", "show", "snooze", "login", "open", "use", "pin", "edit", "history"} {
		if got := strings.Join(c.do(t.Context(), line), "\n"); got != "Which profile? Add its number." {
			t.Errorf("%s: it says %q", line, got)
		}
		want := fmt.Sprintf(`"99" is neither a number from 1 to %d nor the name of a profile.`, len(all))
		if got := strings.Join(c.do(t.Context(), line+" 99"), "\n"); got != want {
			t.Errorf("%s 99: it says %q", line, got)
		}
	}
}
