package client

import (
	"context"
	"log/slog"
	"math"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/redact"
	"rollcall/client/service"
	"rollcall/client/text"
	"rollcall/client/transport"
)

// What the lines of the log are about. What went wrong follows, after a colon.
const (
	aboutCredential = "credential"
	aboutRequest    = "request"
	aboutCheck      = "check"
	aboutDetails    = "details"
)

// entry is what one line of the log tells of a profile. What has the zero value is not
// known, or is nothing that the line is about.
type entry struct {
	about, wrong string
	method, url  string
	status       int
	state        account.State
	took         time.Duration
	attempt      int
}

// log writes a line. Each has all keys in the same order, so that whoever reads them
// need not ask which are there.
func (c *Client) log(level slog.Level, e entry) {
	if e.wrong != "" {
		e.about += ": " + text.Harmless(text.Bound(e.wrong, text.MaxFact))
	}
	c.network.Log.LogAttrs(context.Background(), level, e.about,
		slog.String("profile", c.profile.Name), slog.String("method", e.method), slog.String("url", e.url),
		number("status", e.status), slog.String("state", string(e.state)),
		slog.Float64("duration_ms", math.Round(float64(e.took)/float64(time.Microsecond))/1000), number("attempt", e.attempt))
}

// number is null where it is not known.
func number(key string, n int) slog.Attr {
	if n == 0 {
		return slog.Any(key, nil)
	}
	return slog.Int(key, n)
}

// attempted logs the requests that are sent as a bearer, without what is secret of it;
// nil where nobody reads that.
func (c *Client) attempted(b service.Bearer) func(transport.Attempt) {
	if c.network.Log == nil {
		return nil
	}
	return func(a transport.Attempt) {
		level, wrong := slog.LevelInfo, ""
		if a.Failed != nil {
			level, wrong = slog.LevelWarn, b.Redact(a.Failed.Explanation)
		}
		c.log(level, entry{
			about: aboutRequest, wrong: wrong, method: a.Method, url: loggedURL(a.URL, b),
			status: a.Status, took: a.Took, attempt: a.Number,
		})
	}
}

// loggedURL is an address without the secret of a bearer, nor the beginning of it where the
// query was cut off.
func loggedURL(url string, b service.Bearer) string {
	return text.Harmless(text.Bound(strings.TrimRight(redact.Beginning(url, b.Redact), redact.Ellipsis), text.MaxFact))
}

// logResolved logs how long it took to have the secret of a check, and why there is none.
func (c *Client) logResolved(ctx context.Context, d account.Diagnosis, took time.Duration) {
	if c.network.Log == nil {
		return
	}
	e, level := entry{about: aboutCredential, took: took}, slog.LevelInfo
	switch {
	case d.State != "" && ctx.Err() != nil:
		e.wrong = endedEarly
	case d.State != "":
		e.wrong, e.state, level = d.Explanation, d.State, slog.LevelError
	}
	c.log(level, e)
}

// endedEarly is what is wrong with what nobody waits for any more.
const endedEarly = "it was ended before it was done"

// logCheck logs what came of a check, as it counts for the profile.
func (c *Client) logCheck(h account.Health, out outcome) {
	switch {
	case c.network.Log == nil || out.skipped:
		return
	case out.aborted:
		c.log(slog.LevelInfo, entry{about: aboutCheck, wrong: endedEarly, took: out.took})
		return
	}
	e, level := entry{about: aboutCheck, status: h.HTTPStatus, state: h.State, took: out.took, attempt: h.Attempts}, slog.LevelInfo
	switch h.State.Severity() {
	case account.SeverityFail:
		e.wrong, level = h.Explanation, slog.LevelError
	case account.SeverityWarn:
		e.wrong, level = h.Explanation, slog.LevelWarn
	}
	c.log(level, e)
}

// logDetails logs how long details took, and what is missing of them.
func (c *Client) logDetails(notes account.Notes, took time.Duration) {
	if c.network.Log == nil {
		return
	}
	e, level := entry{about: aboutDetails, took: took}, slog.LevelInfo
	if texts := notes.Texts(); len(texts) > 0 {
		e.wrong, level = text.AllOf(texts), slog.LevelWarn
	}
	c.log(level, e)
}
