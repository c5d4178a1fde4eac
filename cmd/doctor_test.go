package cmd

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/transport"
	"rollcall/config"
)

// TestExamine has a slow section, which must hold up those after it and none
// before it.
func TestExamine(t *testing.T) {
	t.Parallel()
	last, slow := make(chan struct{}), make(chan struct{})
	named := func(name string, before, after chan struct{}) section {
		return func(_ context.Context, tell func(finding)) {
			if before != nil {
				<-before
			}
			tell(good(name, ""))
			tell(good(name+" too", ""))
			if after != nil {
				close(after)
			}
		}
	}
	var told []string
	examine(t.Context(), []section{
		named("first", nil, nil),
		// It begins once the last one has ended, and once the first was told.
		func(ctx context.Context, tell func(finding)) {
			<-last
			<-slow
			named("slow", nil, nil)(ctx, tell)
		},
		named("last", nil, last),
	}, func(f finding) {
		told = append(told, f.check)
		if f.check == "first too" {
			close(slow)
		}
	})
	if got := strings.Join(told, ", "); got != "first, first too, slow, slow too, last, last too" {
		t.Errorf("told %s", got)
	}
}

func TestFindingsStatus(t *testing.T) {
	t.Parallel()
	warn, fail := doubtful("", "", ""), bad("", "", "")
	usage, unchecked := fail, fail
	usage.status, unchecked.status = exitUsage, exitUnchecked
	for _, tt := range []struct {
		name         string
		findings     []finding
		want, strict int
	}{
		{"nothing", nil, 0, 0},
		{"good", []finding{good("", ""), indifferent("", "")}, 0, 0},
		{"a warning", []finding{warn}, 0, 1},
		{"unchecked", []finding{unchecked, good("", "")}, 3, 3},
		{"unchecked and a warning", []finding{unchecked, warn}, 3, 1},
		{"bad and unchecked", []finding{unchecked, fail}, 1, 1},
		{"the configuration", []finding{unchecked, fail, usage}, 2, 2},
	} {
		if got := findingsStatus(false, tt.findings); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
		if got := findingsStatus(true, tt.findings); got != tt.strict {
			t.Errorf("%s, strictly: %d, want %d", tt.name, got, tt.strict)
		}
	}
}

// TestWriteFinding holds the look of findings that try to act on the terminal.
func TestWriteFinding(t *testing.T) {
	t.Parallel()
	findings := []finding{
		good("configuration", "fine"),
		doubtful("state", "one two three four five six seven", "Do this and that and something else."),
		bad("certificate", "of \x1b[31m\notter", "Tell."),
	}
	findings[2].profile = "work"
	for _, tt := range []struct {
		name  string
		sc    screen
		wrong bool
		want  string
	}{
		{"what is wrong", screen{}, true, "Set-up\n  ▲ state          one two three four five six seven\n" +
			"                   → Do this and that and something else.\n\nwork\n  ✗ certificate    of �[31m otter\n                   → Tell.\n"},
		{"a pipe", screen{}, false, "Set-up\n  ● configuration  fine\n  ▲ state          one two three four five six seven\n" +
			"                   → Do this and that and something else.\n\nwork\n  ✗ certificate    of �[31m otter\n                   → Tell.\n"},
		{"a narrow terminal without Unicode", screen{width: 44, ascii: true}, false, "Set-up\n  o configuration  fine\n" +
			"  ! state          one two three four five\n                   six seven\n" +
			"                   > Do this and that and\n                     something else.\n" +
			"\nwork\n  x certificate    of �[31m otter\n                   > Tell.\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			w := findingWriter{to: &b, sc: tt.sc, all: !tt.wrong}
			for _, f := range findings {
				w.write(f)
			}
			if b.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), tt.want)
			}
		})
	}
}

// TestFindingsFit prints for the narrowest screen that there is.
func TestFindingsFit(t *testing.T) {
	const width = 40
	for _, f := range []finding{
		doubtful("configuration", strings.Repeat("a long sentence ", 9), strings.Repeat("what to do about it ", 9)),
		bad("state", "/a/folder/whose/name/is/longer/than/the/line/is/wide", "Run: chmod go-w /a/folder/whose/name/is/longer/than/the/line"),
	} {
		var b strings.Builder
		(&findingWriter{to: &b, sc: screen{width: width}}).write(f)
		for line := range strings.Lines(b.String()) {
			if w := ansi.StringWidth(strings.TrimSuffix(line, "\n")); w > width {
				t.Errorf("%d columns: %q", w, line)
			}
		}
	}
}

// TestTally counts what was looked at.
func TestTally(t *testing.T) {
	fine, other, doubt, fault := good("a", ""), indifferent("b", ""), doubtful("c", "", ""), bad("d", "", "")
	for want, tt := range map[string]struct {
		all      bool
		findings []finding
	}{
		"Nothing is wrong; 2 checks are fine (-v shows all)":                     {false, []finding{fine, fine}},
		"Nothing is wrong; 2 checks are fine":                                    {true, []finding{fine, fine}},
		"Nothing is wrong; 1 check is fine; 2 were not made (-v shows all)":      {false, []finding{fine, other, other}},
		"\n1 failure, 1 warning; 1 check is fine; 1 was not made (-v shows all)": {false, []finding{fine, doubt, fault, other}},
		"\n2 failures":                 {false, []finding{fault, fault}},
		"\n1 warning; 1 check is fine": {true, []finding{doubt, fine}},
	} {
		w := findingWriter{to: io.Discard, all: tt.all}
		for _, f := range tt.findings {
			if f.wrong() {
				w.write(f)
			}
		}
		if got := w.tally(tt.findings); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestMakeWritable(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	if got := makeWritable(full); !strings.Contains(got, "space") {
		t.Errorf("a full disk: %s", got)
	}
	if got := makeWritable(fs.ErrPermission); !strings.Contains(got, "yours") {
		t.Errorf("no right: %s", got)
	}
}

func TestClockFinding(t *testing.T) {
	t.Parallel()
	for ahead, want := range map[time.Duration]account.Severity{
		0: account.SeverityOK, -30 * time.Second: account.SeverityOK, 31 * time.Second: account.SeverityWarn,
		-5 * time.Minute: account.SeverityWarn, 301 * time.Second: account.SeverityFail, -time.Hour: account.SeverityFail,
	} {
		if f := clockFinding(transport.Inspection{Host: "otter", ClockAhead: &ahead}); f.severity != want || !strings.Contains(f.text, "otter") {
			t.Errorf("%v: %s, want %s: %s", ahead, f.severity, want, f.text)
		}
	}
	if f := clockFinding(transport.Inspection{}); f.severity != account.SeverityNone {
		t.Errorf("no time: %s", f.severity)
	}
}

// TestPassedFailure has a way that failed although the service answered.
func TestPassedFailure(t *testing.T) {
	t.Parallel()
	d := &doctor{app: &app{now: time.Now}}
	in := transport.Inspection{Stage: transport.StageConnection, Problem: account.Diagnosis{State: account.Unreachable, Explanation: "Broken.", Remedy: "Mend."}}
	if f := d.way(in, true)[0]; f.severity != account.SeverityWarn || f.status != exitOK || f.remedy == "Mend." {
		t.Errorf("it has passed: %+v", f)
	}
	if f := d.way(in, false)[0]; f.severity != account.SeverityFail || f.status != exitUnchecked || f.remedy != "Mend." {
		t.Errorf("it has not passed: %+v", f)
	}
}

// TestAnswerSaysNothingTwice has an answer that failed like the way to it, and one
// that failed otherwise.
func TestAnswerSaysNothingTwice(t *testing.T) {
	t.Parallel()
	h := account.Health{State: account.Unreachable, Code: "refused", Explanation: "Nothing accepts connections.", Remedy: "Mend."}
	s := account.Snapshot{Health: h}
	// The words can differ: each names the address that it tried.
	same := account.Diagnosis{State: account.Unreachable, Code: "refused", Explanation: "Nothing accepts connections there."}
	at := func(stage transport.Stage, d account.Diagnosis) transport.Inspection {
		return transport.Inspection{Stage: stage, Problem: d}
	}
	if f := answerFinding(s, time.Now(), at(transport.StageConnection, same)); f.text != "unreachable" || f.remedy != "" {
		t.Errorf("the same: %q, %q", f.text, f.remedy)
	}
	for _, other := range []transport.Inspection{
		at(transport.StageAnswer, same), at(transport.StageAnswer, account.Diagnosis{}),
		at(transport.StageName, account.Diagnosis{State: account.Unreachable, Code: "dns"}),
	} {
		if f := answerFinding(s, time.Now(), other); !strings.Contains(f.text, h.Explanation) || f.remedy != "Mend." {
			t.Errorf("another: %q, %q", f.text, f.remedy)
		}
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("windows has no permission bits")
	}
	for _, tt := range []struct {
		file, folder os.FileMode
		want         string
	}{
		{0o600, 0o700, "only you"},
		{0o400, 0o755, "only you"},
		{0o644, 0o700, "others can read"},
		{0o660, 0o700, "others can change"},
		{0o600, 0o777, "only you; others can replace"},
		{0o600, 0o777 | os.ModeSticky, "only you"},
	} {
		dir := filepath.Join(t.TempDir(), "rollcall")
		path := filepath.Join(dir, "config.toml")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		for name, mode := range map[string]os.FileMode{path: tt.file, dir: tt.folder} {
			if err := os.Chmod(name, mode); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		permissions(path, func(f finding) {
			words := strings.Fields(f.text)
			got = append(got, strings.Join(words[:min(3, len(words))], " "))
			if (f.remedy == "") != (f.severity == account.SeverityOK) {
				t.Errorf("%v: %s with the remedy %q", tt, f.severity, f.remedy)
			}
		})
		if all := strings.ReplaceAll(strings.Join(got, "; "), "only you can", "only you"); all != tt.want {
			t.Errorf("file %v, folder %v: %s, want %s", tt.file, tt.folder, all, tt.want)
		}
	}
}

// TestResolveOnce has a credential that a person must unlock each time.
func TestResolveOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Parse("config.toml", []byte("[profiles.x]\nprovider = \"katapult\"\ntoken = { file = \""+filepath.ToSlash(file)+"\" }\n"), (&console{services: builtIn()}).knownProviders())
	if err != nil {
		t.Fatal(err)
	}
	once := resolveOnce(t.Context(), c.Profiles[0].Credential())
	for range 2 {
		if secret, _, err := once.Resolve(t.Context()); secret != "s3cret" || err != nil {
			t.Fatalf("got %q, %v", secret, err)
		}
		if err := os.WriteFile(file, []byte("another"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if once.Source() != c.Profiles[0].Credential().Source() {
		t.Errorf("it comes from %s", once.Source())
	}
}

// TestListFindings tells how many there are truly of what was cut, and nothing of what is
// whole.
func TestListFindings(t *testing.T) {
	t.Parallel()
	s := account.Snapshot{Account: &account.Account{Organizations: make([]account.Organization, 3)}}
	if got := listFindings(s); len(got) > 0 {
		t.Errorf("of a whole list: %+v", got)
	}
	s.Account.Totals.Organizations = 400_000
	const want = "The service told of 400000 organizations, of which the first 3 are kept."
	if got := listFindings(s); len(got) != 1 || got[0].text != want || got[0].severity != account.SeverityNone {
		t.Errorf("of a cut list: %+v", got)
	}
	if got := listFindings(account.Snapshot{}); len(got) > 0 {
		t.Errorf("of no answer: %+v", got)
	}
}
