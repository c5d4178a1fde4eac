package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/config"
)

// tour goes through the rotations of several profiles, one after another.
type tour struct {
	*app
	m    *manage.Manager
	c    *config.Config
	each rotation
	// names are the profiles that it goes through; nil for all that were begun.
	names  []string
	status int
	// written, skipped and refused count what came of them; pending are those whose new
	// secret waits for rollcall to be started anew.
	written, skipped, refused, pending int
}

// rotateSeveral rotates the secrets of the profiles that are wanted, or goes on with the
// rotations that were left where none are.
func (a *app) rotateSeveral(ctx context.Context, w wanted, r rotation) error {
	if a.demo {
		_, _, err := a.loadToManage()
		return err
	}
	l, err := a.load()
	if err != nil {
		return err
	}
	defer l.close()
	o := a.manageLoaded(l)
	o.Store = func() *store.Store { return l.store }
	t := &tour{app: a, m: manage.New(o), c: l.Config, each: r}
	t.each.asks = true
	var left []config.LeftOut
	if len(w.names) == 0 && w.Empty() && w.view == "" {
		all, err := t.m.Rotations()
		if err != nil {
			return configError(err)
		}
		here, _ := t.toDo(all)
		open := slices.ContainsFunc(all, func(r account.Rotation) bool { return r.Step.Open() })
		switch {
		case !open:
			return configError(errors.New("no rotation was begun: name the profiles, or choose them with --select, such as --select 'ends<14d'"))
		case !a.interactive() && len(here) > 0:
			return a.wantsTerminal(len(here))
		case !a.interactive():
			return configError(errors.New("no new secret is to be given; whether the old ones are deleted is asked on a terminal"))
		}
	} else {
		if t.names, left, err = a.toRotate(l, w); err != nil {
			return err
		}
		if !a.interactive() {
			return a.wantsTerminal(len(t.names))
		}
		if _, err := t.m.BeginRotation(t.names); err != nil {
			return configError(err)
		}
	}
	return t.goThrough(ctx, config.LeftOutWords(left, strings.Clone))
}

// wantsTerminal says that several secrets cannot be piped in.
func (a *app) wantsTerminal(n int) error {
	return configError(fmt.Errorf("%s to rotate, each with a secret of its own: that needs a terminal\n"+
		"Without one, give the new secret of one profile: rollcall rotate NAME", text.Plural(n, "profile")))
}

// toDo parts the rotations with a secret still to be given into those that are gone
// through, and others that were left before.
func (t *tour) toDo(all []account.Rotation) (here, before []account.Rotation) {
	for _, r := range all {
		switch {
		case !r.Step.ToDo():
		case t.has(r):
			here = append(here, r)
		default:
			before = append(before, r)
		}
	}
	return here, before
}

// has reports whether the tour goes through a rotation.
func (t *tour) has(r account.Rotation) bool {
	return t.names == nil || slices.Contains(t.names, r.Profile)
}

// toRotate are the profiles that are wanted and can be rotated, and those that are left
// out. Whoever names a profile knows whether its token ends.
func (a *app) toRotate(l *loaded, w wanted) (names []string, left []config.LeftOut, err error) {
	profiles, err := a.selectStored(l, w)
	if err != nil {
		return nil, nil, err
	}
	known := a.stored(l, profiles)
	for i, p := range profiles {
		s := known[i]
		endless := s.Account != nil && s.Account.Token.Expiry.Kind == account.ExpiryNever && s.Health.State.Accepted()
		if endless && len(w.names) == 0 && !p.Disabled {
			left = append(left, config.LeftOut{Profile: p.Name, Why: config.NeverEnds})
			continue
		}
		names = append(names, p.Name)
	}
	can, not := l.Rotatable(names)
	left = append(left, not...)
	if len(can) == 0 {
		return nil, nil, configError(errors.New("nothing is to be rotated: " + config.LeftOutWords(left, text.Printable)))
	}
	return can, left, nil
}

// goThrough takes the rotations one after another, asks about the old secrets at the end, and
// sums up.
func (t *tour) goThrough(ctx context.Context, left string) error {
	all, err := t.m.Rotations()
	if err != nil {
		return configError(err)
	}
	open, _ := t.toDo(all)
	for i, r := range open {
		p, _ := t.c.Profile(r.Profile)
		fmt.Fprintf(t.stderr, "\n%d of %d: %s\n", i+1, len(open), text.Printable(t.told(r.Profile)))
		if err := t.one(ctx, p); err != nil {
			t.sum(left)
			return err
		}
	}
	if err := t.ends(ctx); err != nil {
		return err
	}
	t.sum(left)
	if err := t.fileProblems(t.c); err != nil {
		return err
	}
	if t.status != exitOK {
		return &exitError{code: t.status}
	}
	return nil
}

// one rotates the secret of a profile, again and again until it is written, waits for
// rollcall to be started anew, or the person leaves it. The error is that the person has
// left altogether.
func (t *tour) one(ctx context.Context, p config.Profile) error {
	r := t.each
	r.profile, r.draft = p, config.DraftOf(p)
	for {
		err := t.rotate(ctx, t.m, t.c, r)
		status, exits := errors.AsType[*exitError](err)
		switch {
		case err == nil:
			t.written++
			return nil
		case ctx.Err() != nil, exits && status.code == exitInterrupted, errors.Is(err, errNoAnswer):
			return err
		}
		t.printError(err)
		if errors.Is(err, manage.ErrRestart) {
			t.pending++
			return nil // Nothing that is done now changes what this run has.
		}
		again, asked := t.confirm(ctx, "Try once more? No leaves it as it is", true)
		if asked != nil {
			return asked
		}
		if again {
			continue
		}
		t.skipped++
		if exits && !errors.Is(err, errNoSecret) {
			t.status = firstStatus(t.status, status.code)
		}
		return t.m.StepRotation(p.Name, account.RotationSkipped)
	}
}

// firstStatus is the one of two exit statuses that counts.
func firstStatus(a, b int) int {
	for _, code := range []int{exitUsage, exitBad, exitUnchecked} {
		if a == code || b == code {
			return code
		}
	}
	return exitOK
}

// ends has the services asked about the old secrets that the person has deleted there.
func (t *tour) ends(ctx context.Context) error {
	all, err := t.m.Rotations()
	if err != nil {
		return configError(err)
	}
	for _, r := range all {
		if r.Step != account.RotationOld || !t.has(r) {
			continue
		}
		name := text.Printable(t.told(r.Profile))
		p, _ := t.c.Profile(r.Profile)
		if page := t.pageOf(p); page != "" {
			fmt.Fprintf(t.stderr, "\nDelete the old token of %s at %s\n", name, text.Printable(page))
		}
		deleted, asked := t.confirm(ctx, "Is the old secret of "+name+" deleted there?", false)
		if asked != nil {
			return asked
		}
		if !deleted {
			continue
		}
		switch answer, err := t.m.AskOld(ctx, r.Profile); {
		case err != nil:
			t.warn(withHint(err).Error())
		case answer.Refused:
			t.refused++
			fmt.Fprintln(t.stderr, "The service refuses it; what was kept of it is deleted.")
		default:
			fmt.Fprintf(t.stderr, "The service did not refuse it: %s.\n", answer.Health.State.Word())
		}
	}
	return nil
}

// sum says what came of all, and what is left.
func (t *tour) sum(left string) {
	parts := []string{text.Plural(t.written, "secret") + " replaced"}
	for _, part := range []struct {
		n    int
		word string
	}{{t.skipped, "left as they are"}, {t.refused, "refused of the old ones"}, {t.pending, "restart pending"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	all, _ := t.m.Rotations()
	here, before := t.toDo(all)
	if n := len(here); n > 0 {
		parts = append(parts, fmt.Sprintf("%d to do: 'rollcall rotate' goes on with them", n))
	}
	if n := len(before); n > 0 {
		parts = append(parts, fmt.Sprintf("%d left from before: 'rollcall rotate' goes on with them", n))
	}
	if left != "" {
		parts = append(parts, t.told(left))
	}
	fmt.Fprintln(t.stderr, text.Sentence(text.Printable(strings.Join(parts, "; "))))
}

// sweepTime is how long a command waits for a keyring to delete a secret.
const sweepTime = 5 * time.Second

// sweep deletes the old secrets of a configuration that were kept for long enough, and
// what a rollcall has left that was killed.
func (a *app) sweep(l *loaded) {
	a.sweepOnce(context.Background(), l)
	if l.firstRun || a.demo {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), sweepTime)
	defer cancel()
	o := a.manageLoaded(l)
	o.Store = func() *store.Store { return l.store }
	manage.New(o).Sweep(ctx)
}
