package ratelimit

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The forms in which a service can say that it tells the reset of a budget.
const (
	ResetEpoch   = "epoch"
	ResetEpochMS = "epoch_ms"
	ResetSeconds = "seconds"
	ResetRFC3339 = "rfc3339"
)

// Names are the headers in which a service tells of one budget, where they are known
// beforehand.
type Names struct {
	// Limit, Remaining and Reset are headers; each may be empty.
	Limit, Remaining, Reset string
	// ResetAs is the form of the reset; empty for one that its value tells.
	ResetAs string
}

// Parse reads the budget of the named headers, and what [Parse] reads of the others.
func (n Names) Parse(h http.Header, now time.Time) []Bucket {
	others := h.Clone()
	fields := map[string]field{}
	for kind, name := range map[string]string{"limit": n.Limit, "remaining": n.Remaining, "reset": n.Reset} {
		if value := h.Get(name); name != "" && value != "" {
			fields[kind] = field{name, value}
			others.Del(name)
		}
	}
	reset := fields["reset"]
	reset.value = n.moment(reset.value)
	fields["reset"] = reset
	all := Parse(others, now)
	if r := plainLimit(fields, now, skew(h, now)); r.Source != "" {
		all = append([]Bucket{r}, all...)
	}
	return all
}

// moment is the value of a reset in a form of which nothing has to be guessed.
func (n Names) moment(value string) string {
	v, ok := decimal(strings.Trim(value, ` "`))
	if !ok {
		return value
	}
	switch n.ResetAs {
	case ResetSeconds:
		return strconv.FormatFloat(v, 'f', -1, 64) + "s"
	case ResetEpochMS:
		return strconv.FormatFloat(v/1000, 'f', -1, 64)
	}
	return value
}
