package cmd

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// eventJSON is a change of a profile, in a line.
type eventJSON struct {
	// Schema is the number of this format.
	Schema int `json:"schema"`
	// At is when it happened.
	At timeJSON `json:"at"`
	// Events are what happened: an urgency that was come to, a change at the service, or a
	// fault in common with other profiles.
	Events []insight.Edge `json:"events"`
	// Profile is the one that it happened to, as it is now.
	Profile profileJSON `json:"profile"`
}

// longestQuiet is how long nobody looks where nothing changes by time alone.
const longestQuiet = time.Hour

// tellEvents prints a line for each profile of which there is news.
func (w *watcher) tellEvents() (next time.Duration, err error) {
	w.warn()
	now, warning := w.app.now(), w.loaded.ExpiryWarning
	news := w.edges.Look(w.latest, now, warning)
	shown := w.app.shownAll(slices.Clone(w.latest))
	for _, n := range news {
		p := w.profiles[n.Profile]
		if len(n.Edges) == 0 || !w.app.answers(w.loaded.Config, p, w.latest[n.Profile], w.wanted.Query) {
			continue
		}
		event := eventJSON{schema, timeJSON(now), n.Edges, w.app.newProfileJSON(w.loaded, p, shown[n.Profile])}
		if err := writeJSONLine(w.app.stdout, event); err != nil {
			return 0, err
		}
	}
	return untilTurn(w.latest, now, warning), nil
}

// untilTurn is how long it is until time alone changes how one of the profiles stands, at
// most longestQuiet.
func untilTurn(all []account.Snapshot, now time.Time, warning time.Duration) time.Duration {
	next := longestQuiet
	for i := range all {
		if turns := insight.StandingOf(&all[i], now, warning).Turns; !turns.IsZero() {
			next = min(next, turns.Sub(now))
		}
	}
	return next
}

// writeJSONLine writes v in one line, with every character escaped that could act
// on a terminal.
func writeJSONLine(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeControls(b.Bytes()))
	return err
}
