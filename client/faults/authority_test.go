package faults_test

import (
	"testing"
	"time"

	"rollcall/client/transport/authoritytest"
)

// authorities sign certificates: the good one is trusted by the profiles, and the other
// one is not.
type authorities struct{ good, other, between *authoritytest.Authority }

// The times of certificates are fixed, since sentences repeat them.
var (
	lately = time.Date(2002, 3, 4, 5, 6, 7, 0, time.UTC)
	later  = time.Date(2100, 2, 3, 4, 5, 6, 0, time.UTC)
)

func newAuthorities(t *testing.T) *authorities {
	good := authoritytest.New(t, "Otter Test Authority", nil, nil)
	return &authorities{
		good: good, other: authoritytest.New(t, "Stoat Test Authority", nil, nil),
		between: authoritytest.New(t, "Otter Branch Authority", good, nil),
	}
}
