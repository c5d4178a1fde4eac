// Package harbor is a service that exists in the tests only, with all that is hard
// in real ones: a contract that fits it fits those. Its server is real HTTP; it
// knows nothing of rollcall.
package harbor
