package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rollcall/config"
)

// mostNotRun is how many profiles are named with one reason, before they are counted.
const mostNotRun = 3

// notRun are profiles for which a command is not run, for one reason.
type notRun struct {
	profiles []string
	why      string
}

// notRuns are those for which it is not run, by reason.
type notRuns []notRun

// add takes in why a command is not run for a profile.
func (l *notRuns) add(profile string, err error) {
	if known, ok := errors.AsType[*config.NotRunError](err); ok {
		err = known.Err
	}
	// The lines after the first say what to do about one alone.
	why, _, _ := strings.Cut(err.Error(), "\n")
	at := slices.IndexFunc(*l, func(one notRun) bool { return one.why == why })
	if at < 0 {
		at, *l = len(*l), append(*l, notRun{why: why})
	}
	(*l)[at].profiles = append((*l)[at].profiles, profile)
}

// count is how many profiles there are.
func (l notRuns) count() (n int) {
	for _, one := range l {
		n += len(one.profiles)
	}
	return n
}

// Error tells for which profiles it is not run, and why: "for lab, ci: switched off".
func (l notRuns) Error() string {
	var all []string
	for _, one := range l {
		names := one.profiles
		if more := len(names) - mostNotRun; more > 1 {
			names = append(slices.Clone(names[:mostNotRun]), fmt.Sprintf("%d more", more))
		}
		all = append(all, "for "+strings.Join(names, ", ")+": "+one.why)
	}
	return strings.Join(all, "; ")
}
