package cmd

import (
	"context"
	"errors"
	"time"

	"rollcall/client/insight"
)

// watch checks profiles again and again, and tells of each change until ctx ends.
func (a *app) watch(ctx context.Context, l *loaded, names []string, o statusOptions) error {
	if o.output.value == formatOpenMetrics {
		return configError(errors.New("--watch tells of changes, of which there are no metrics\nLeave out -o, or use -o json"))
	}
	f, err := a.follow(l, o.only.of(names...))
	if err != nil {
		return err
	}
	return f.run(ctx, a.newWatcher(f, o).tell)
}

// watcher tells of profiles as their snapshots come.
type watcher struct {
	*follower
	options statusOptions
	edges   insight.Edges
	// tell prints what is new, and says when to look again if nothing comes
	// before that.
	tell func() (next time.Duration, err error)
}

// newWatcher tells of profiles on a screen, or in lines where there is none that
// could be drawn on.
func (a *app) newWatcher(f *follower, o statusOptions) *watcher {
	w := &watcher{follower: f, options: o}
	w.tell = w.tellEvents
	if o.output.value == formatTable && a.screenOf(a.stdout).terminal && !dumb(a.getenv) {
		d := &redrawn{to: a.stdout}
		w.tell = func() (time.Duration, error) { return w.tellTable(d) }
	}
	return w
}
