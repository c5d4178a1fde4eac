// Package atomicfile puts a new file in the place of an old one, which is there as
// the old one or as the new one, but never in part, and keeps other rollcalls from
// doing so at the same time.
//
// It knows nothing of what is in a file, and makes no decision on whether a file may
// be replaced.
package atomicfile
