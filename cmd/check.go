package cmd

import (
	"context"
	"errors"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// check asks for the profiles that are wanted, and returns them with what came. What
// a query wants to know is asked of what came, and nobody is asked for a profile
// that the configuration alone rules out.
func (a *app) check(ctx context.Context, l *loaded, w wanted, how howToAsk) ([]config.Profile, []account.Snapshot, error) {
	if err := l.mustExist(); err != nil {
		return nil, nil, err
	}
	w, err := w.inView(l.Config)
	if err != nil {
		return nil, nil, err
	}
	candidates, err := a.candidates(l.Config, w)
	if err != nil {
		return nil, nil, err
	}
	s := a.open(l, candidates)
	defer func() { a.warnNotKept(s.close()) }()
	if how.offline {
		return a.selected(l.Config, w, candidates, s.poller.Stored())
	}
	a.collectLate()
	begun := time.Now()
	snapshots := a.once(ctx, s, len(candidates))
	if how.impatient {
		if err := a.askAllTheSame(ctx, s, snapshots, begun, how.yes); err != nil {
			return nil, nil, err
		}
	}
	if up, is := timeUpOf(ctx); is {
		a.unchecked(up, snapshots)
	} else if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	profiles, snapshots, err := a.selected(l.Config, w, candidates, snapshots)
	if err != nil {
		return nil, nil, err
	}
	if !a.json { // They are in the result there.
		for _, line := range noteLines(snapshots) {
			a.warn(line)
		}
	}
	return profiles, snapshots, nil
}

// noteLines are what should be corrected, each thing once with the profiles that it is
// about: many can take their secrets from one file.
func noteLines(snapshots []account.Snapshot) (lines []string) {
	var notes []string
	profiles := map[string][]string{}
	for _, s := range snapshots {
		for _, n := range s.Notes.Texts() {
			if profiles[n] == nil {
				notes = append(notes, n)
			}
			profiles[n] = append(profiles[n], s.Profile)
		}
	}
	for _, n := range notes {
		lines = append(lines, text.AllOf(profiles[n])+": "+n)
	}
	return lines
}

// once checks all profiles, and tells whoever waits how far that is.
func (a *app) once(ctx context.Context, s *session, profiles int) []account.Snapshot {
	p, poller := a.newProgress(profiles), s.poller.Silently()
	if p == nil {
		return poller.Once(ctx)
	}
	defer p.end()
	return poller.OnceEach(a.lendBeside(ctx, p), p.done)
}

// conclude reports the problems of the configuration that concern the whole
// file or the profiles, and gives the exit status; bad says which profiles are bad
// for certain.
func (a *app) conclude(l *loaded, bad func(account.Snapshot) bool, profiles []config.Profile, snapshots []account.Snapshot) error {
	badFile := a.tellProblems(l, profiles)
	if code := exitStatus(badFile, bad, snapshots); code != exitOK {
		return &exitError{code: code}
	}
	return nil
}

// tellProblems says what is wrong with the configuration where that concerns these
// profiles or none, and reports whether it is the whole file.
func (a *app) tellProblems(l *loaded, profiles []config.Profile) (badFile bool) {
	var problems []error
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
	return badFile
}
