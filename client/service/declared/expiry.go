package declared

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// The forms in which services tell a time.
const (
	asRFC3339 = "rfc3339"
	asDate    = "date"
	asEpoch   = "epoch"
	asEpochMS = "epoch_ms"
	asLeft    = "seconds_left"
)

// answerSource says where facts come from that an answer tells.
const answerSource = "service"

// expiry finds the end of a token.
type expiry struct {
	path   field
	header string
	as     string
	// never is set where null means that there is no end.
	never bool
}

const expiryExample = `expiry = { path = "$.expires_at", as = "rfc3339" }`

// expiry reads where the end of the token is; nil where the description names none.
func (k *keys) expiry() *expiry {
	t := k.table("expiry", expiryExample)
	if t == nil {
		return nil
	}
	e := &expiry{path: t.field("path"), header: t.headerName("header"), as: asRFC3339}
	if as := t.word("as", asRFC3339, asDate, asEpoch, asEpochMS, asLeft); as != "" {
		e.as = as
	}
	e.never = t.word("null", "never") != ""
	t.oneOfTwo("path", "header", expiryExample)
	if e.never && e.header != "" {
		t.fault("null", "goes with path: a header is there or not")
	}
	t.unknown()
	return e
}

// oneOfTwo checks that exactly one of two keys is there.
func (k *keys) oneOfTwo(a, b, example string) {
	switch {
	case k.has(a) && k.has(b):
		k.fault(b, "there is %s already; keep one of the two", a)
	case !k.has(a) && !k.has(b):
		k.fault("", "%s or %s is missing; write %s", a, b, example)
	}
}

// found is what the answer says of the end; ok is false where it says nothing that
// makes sense.
func (e *expiry) found(doc any, h http.Header, now time.Time) (end account.Expiry, ok bool) {
	if e == nil {
		return end, false
	}
	if e.header != "" {
		at, ok := e.moment(h.Get(e.header), now)
		return account.Expiry{Kind: account.ExpiryDate, At: at, Source: "header"}, ok
	}
	v, there := e.path.value(doc)
	if there && v == nil && e.never {
		return account.Expiry{Kind: account.ExpiryNever, Source: answerSource}, true
	}
	at, ok := e.moment(plain(v), now)
	return account.Expiry{Kind: account.ExpiryDate, At: at, Source: answerSource}, ok
}

// moment is the time that a text tells.
func (e *expiry) moment(s string, now time.Time) (time.Time, bool) {
	s = strings.TrimSpace(s)
	switch e.as {
	case asRFC3339:
		return dateTime(s)
	case asDate:
		at, err := time.Parse(time.DateOnly, s[:min(len(s), len(time.DateOnly))])
		return at, err == nil
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n > 0) {
		return time.Time{}, false
	}
	switch e.as {
	case asEpochMS:
		return service.UnixTime(n / 1000), true
	case asLeft:
		return service.UnixTime(float64(now.Unix()) + n), true
	}
	return service.UnixTime(n), true
}

// dateTime reads RFC 3339, and what services send in place of it: without a zone,
// or with spaces before the time and the zone.
func dateTime(s string) (time.Time, bool) {
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z0700",
		"2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05 -0700",
	} {
		at, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		at = at.UTC()
		return at, at.Year() >= 1 && !at.After(service.MaxTime)
	}
	return time.Time{}, false
}

// created is the time of a field in whatever form: services agree on none, and a
// number tells its unit by its size.
func created(v any) time.Time {
	if n, ok := v.(json.Number); ok {
		seconds, err := n.Float64()
		switch {
		case err != nil || seconds <= 0:
			return time.Time{}
		case seconds >= 1e11:
			seconds /= 1000
		}
		return service.UnixTime(seconds)
	}
	s := plain(v)
	if at, ok := dateTime(s); ok {
		return at
	}
	at, _ := time.Parse(time.DateOnly, s)
	return at
}
