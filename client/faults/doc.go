// Package faults holds no code but the fault matrix of the tests: every way that we
// know of in which a service, or what lies between it and rollcall, misbehaves, with
// what a person is told of it. Each row runs over real connections on loopback:
// matrix_test.go says what must hold for all, the other files have the rows, and
// testdata/faults.golden has one line for each, which is there to be read.
package faults
