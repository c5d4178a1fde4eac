package cmd

import (
	"context"
	"errors"
	"slices"

	"rollcall/client/account"
	"rollcall/config"
)

// check asks for the profiles that are wanted, and returns them with what came. What
// a query wants to know is asked of what came, and nobody is asked for a profile
// that the configuration alone rules out.
func (a *app) check(ctx context.Context, l *loaded, w wanted, offline bool) ([]config.Profile, []account.Snapshot, error) {
	if err := l.mustExist(); err != nil {
		return nil, nil, err
	}
	candidates, err := a.candidates(l.Config, w)
	if err != nil {
		return nil, nil, err
	}
	s := a.open(l, candidates)
	defer func() { a.warnNotKept(s.close()) }()
	if offline {
		return a.selected(l.Config, w, candidates, s.poller.Stored())
	}
	snapshots := s.poller.Once(ctx)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	profiles, snapshots, err := a.selected(l.Config, w, candidates, snapshots)
	if err != nil {
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
	return profiles, snapshots, nil
}

// conclude reports the problems of the configuration that concern the whole
// file or the profiles, and gives the exit status; bad says which profiles are bad
// for certain.
func (a *app) conclude(l *loaded, bad func(account.Snapshot) bool, profiles []config.Profile, snapshots []account.Snapshot) error {
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
	if code := exitStatus(badFile, bad, snapshots); code != exitOK {
		return &exitError{code: code}
	}
	return nil
}
