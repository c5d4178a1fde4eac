// Package hook runs the programs that are told of events: one run of a hook at a time,
// while what happens meanwhile is gathered for the next, so that neither a storm of events
// nor a program that hangs keeps anybody waiting. It knows no profile, does not find out
// what has happened, and does not know who else runs.
package hook
