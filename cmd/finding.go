package cmd

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/theme"
)

// finding is what one check of the doctor found.
type finding struct {
	// profile is empty where the check is of the set-up as a whole.
	profile string
	// check is what was looked at: "certificate".
	check    string
	severity account.Severity
	text     string
	// remedy is what to do about it; empty where it is good.
	remedy string
	// status is the exit status that this finding asks for.
	status int
	// answer is the answer of the service that text and remedy quote; it is zero
	// where they quote none.
	answer account.Snapshot
}

// The findings of each severity. What is bad for certain asks for that exit
// status.
func good(check, text string) finding {
	return finding{check: check, severity: account.SeverityOK, text: text}
}

func indifferent(check, text string) finding {
	return finding{check: check, severity: account.SeverityNone, text: text}
}

func doubtful(check, text, remedy string) finding {
	return finding{check: check, severity: account.SeverityWarn, text: text, remedy: remedy}
}

func bad(check, text, remedy string) finding {
	return finding{check: check, severity: account.SeverityFail, text: text, remedy: remedy, status: exitBad}
}

// section is a group of checks; it tells its findings in their order.
type section func(ctx context.Context, tell func(finding))

// examine runs all sections side by side, and tells what they find in their
// order: a slow one holds up those after it only.
func examine(ctx context.Context, sections []section, tell func(finding)) {
	var running sync.WaitGroup
	defer running.Wait()
	// A section with more findings than this waits until they are told.
	const room = 32
	var all []chan finding
	for _, s := range sections {
		found := make(chan finding, room)
		all = append(all, found)
		running.Go(func() {
			defer close(found)
			s(ctx, func(f finding) { found <- f })
		})
	}
	for _, found := range all {
		for f := range found {
			tell(f)
		}
	}
}

// findingsStatus is the exit status: of those that findings ask for, the first
// of 2, 1, 3, 0.
func findingsStatus(strict bool, findings []finding) int {
	for _, code := range []int{exitUsage, exitBad, exitUnchecked} {
		if slices.ContainsFunc(findings, func(f finding) bool {
			return f.status == code || code == exitBad && strict && f.severity == account.SeverityWarn
		}) {
			return code
		}
	}
	return exitOK
}

// writeFinding prints a finding below those before it, with a heading where it
// begins a profile.
func writeFinding(w io.Writer, sc screen, f finding, before []finding) {
	style := func(s *ansi.Style, text string) string {
		if s == nil || !sc.colored() {
			return text
		}
		return s.Styled(text)
	}
	switch {
	case len(before) == 0 && f.profile == "":
		fmt.Fprintln(w, style(bold(), "Set-up"))
	case len(before) == 0 || before[len(before)-1].profile != f.profile:
		fmt.Fprintf(w, "\n%s\n", style(bold(), text.Printable(f.profile)))
	}
	// The longest is "configuration".
	const names = 13
	mark := style(severityStyle(f.severity), theme.Mark(f.severity, sc.ascii))
	name := style(faint(), fmt.Sprintf("%-*s", names, f.check))
	indent := strings.Repeat(" ", 2+1+1+names+2)
	fmt.Fprintf(w, "  %s %s  %s\n", mark, name, hanging(sc, text.Printable(f.text), indent))
	if f.remedy != "" {
		arrow := "→ "
		if sc.ascii {
			arrow = "> "
		}
		fmt.Fprintf(w, "%s%s%s\n", indent, arrow, hanging(sc, text.Printable(f.remedy), indent+"  "))
	}
}

// hanging breaks a text to the width of the screen; its further lines begin
// with the indent.
func hanging(sc screen, said, indent string) string {
	// Narrower lines than these are harder to read than broken ones.
	const narrowest = 12
	if room := sc.width - len(indent); room >= narrowest {
		said = strings.ReplaceAll(text.Wrap(said, room), "\n", "\n"+indent)
	}
	return said
}

// tally counts the findings in words.
func tally(findings []finding) string {
	var s summaryJSON
	for _, f := range findings {
		s.count(f.severity)
	}
	return s.words("check")
}
