package cmd

import (
	"context"
	"errors"
	"slices"

	"rollcall/client/account"
	"rollcall/config"
)

// check asks for the named profiles, or all, and returns them with what came.
func (a *app) check(ctx context.Context, l *loaded, names []string, offline bool) ([]config.Profile, []account.Snapshot, error) {
	if err := l.mustExist(); err != nil {
		return nil, nil, err
	}
	profiles, err := choose(l.Config, names)
	if err != nil {
		return nil, nil, err
	}
	s := a.open(l, profiles)
	defer func() { a.warnNotKept(s.close()) }()
	if offline {
		return profiles, a.shownAll(s.poller.Stored()), nil
	}
	snapshots := s.poller.Once(ctx)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	for _, snap := range snapshots {
		if a.json {
			break // They are in the result.
		}
		for _, n := range snap.Notes {
			a.warn(snap.Profile + ": " + n.String())
		}
	}
	return profiles, a.shownAll(snapshots), nil
}

// conclude reports the problems of the configuration that concern the whole
// file or the profiles, and gives the exit status.
func (a *app) conclude(l *loaded, strict bool, profiles []config.Profile, snapshots []account.Snapshot) error {
	var problems []error
	badFile := false
	for _, p := range l.Problems {
		if p.Profile == "" {
			badFile = true
		} else if !slices.ContainsFunc(profiles, func(q config.Profile) bool { return q.Name == p.Profile }) {
			continue
		}
		problems = append(problems, p)
	}
	if err := l.unclear(); err != nil {
		a.warn(err.Error())
	}
	if len(problems) > 0 {
		a.printError(errors.Join(problems...))
	}
	if code := exitStatus(badFile, strict, snapshots); code != exitOK {
		return &exitError{code: code}
	}
	return nil
}
