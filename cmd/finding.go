package cmd

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/client/together"
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
	var running together.Group
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

// wrong reports whether a person has to do something about a finding.
func (f finding) wrong() bool {
	return f.severity == account.SeverityWarn || f.severity == account.SeverityFail
}

// findingWriter prints findings, each below those before it.
type findingWriter struct {
	to io.Writer
	sc screen
	// all is set where what is fine is printed, too.
	all bool
	// begun is set once something was printed, last with the profile of that.
	begun bool
	last  string
}

// write prints a finding, with a heading where it is the first of its profile.
func (w *findingWriter) write(f finding) {
	if !w.all && !f.wrong() {
		return
	}
	sc := w.sc
	if !w.begun || w.last != f.profile {
		head := sc.draw(bold(), cmp.Or(text.Printable(f.profile), "Set-up"))
		if w.begun {
			head = "\n" + head
		}
		fmt.Fprintln(w.to, head)
	}
	w.begun, w.last = true, f.profile
	// The longest is "configuration".
	const names = 13
	mark := sc.draw(severityStyle(f.severity), theme.Mark(f.severity, sc.ascii))
	name := sc.draw(faint(), fmt.Sprintf("%-*s", names, f.check))
	indent := strings.Repeat(" ", 2+1+1+names+2)
	fmt.Fprintf(w.to, "  %s %s  %s\n", mark, name, hanging(sc, text.Printable(f.text), indent))
	if f.remedy != "" {
		fmt.Fprintf(w.to, "%s%s %s\n", indent, theme.Arrow(sc.ascii), hanging(sc, text.Printable(f.remedy), indent+"  "))
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

// tally is the last line: how much is wrong, how much is fine, and how much there was
// no need or way to look at. Of what is not printed it says how to see it.
func (w *findingWriter) tally(findings []finding) string {
	var s summaryJSON
	for _, f := range findings {
		s.count(f.severity)
	}
	words := "nothing is wrong"
	if s.Warn+s.Fail > 0 {
		var wrong []string
		if s.Fail > 0 {
			wrong = append(wrong, text.Plural(s.Fail, "failure"))
		}
		if s.Warn > 0 {
			wrong = append(wrong, text.Plural(s.Warn, "warning"))
		}
		words = strings.Join(wrong, ", ")
	}
	if s.OK > 0 {
		words += fmt.Sprintf("; %d %s fine", s.OK, map[bool]string{true: "check is", false: "checks are"}[s.OK == 1])
	}
	if s.None > 0 {
		words += fmt.Sprintf("; %d %s not made", s.None, map[bool]string{true: "was", false: "were"}[s.None == 1])
	}
	if !w.all && s.OK+s.None > 0 {
		words += " (-v shows all)"
	}
	if w.begun {
		return "\n" + text.Capitalized(words)
	}
	return text.Capitalized(words)
}
