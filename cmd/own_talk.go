package cmd

import (
	"context"
	"errors"

	"rollcall/cmd/talk"
)

// talkPrograms has a conversation run programs. What others should not see would be
// shown by any of them.
func (a *app) talkPrograms(o *talk.Options, own ownPrograms, in *pausedInput, out *pausedOutput) {
	if a.mask != nil {
		return
	}
	run := func(ctx context.Context, all series) (r ran) {
		// Whoever has no terminal still hears what a command prints.
		if all.keep || in.reader == nil {
			return all.behind(ctx)
		}
		_ = withTerminal(in, out, func() error {
			t, done, ok := a.openTerminal()
			if !ok {
				r.err = configError(errors.New("there is no terminal here"))
				return nil
			}
			defer done()
			r = all.on(ctx, t, false)
			return nil
		})
		return r
	}
	if in.reader != nil {
		o.Shell = func(ctx context.Context, profile string) (string, error) {
			all, err := own.shell(ctx, profile)
			if err != nil {
				return "", err
			}
			r := run(ctx, all)
			return r.said, r.err
		}
	}
	o.Program = func(ctx context.Context, profiles []string, name string) (said, printed string, err error) {
		all, err := own.command(ctx, profiles, name)
		if err != nil {
			return "", "", err
		}
		r := run(ctx, all)
		for i := len(r.notes) - 1; i >= 0; i-- {
			r.printed = r.notes[i] + "\n" + r.printed
		}
		return r.said, r.printed, r.err
	}
}
