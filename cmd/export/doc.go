// Package export tells Prometheus how the profiles are: in a text for standard output
// or for a file, and over HTTP. One table of metrics is behind all of them.
//
// It writes what it is given. It checks no profile, and knows of no flag and no
// command.
package export
