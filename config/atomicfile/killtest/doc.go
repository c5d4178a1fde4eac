// Package killtest kills a process of the test program while it writes: after a time, or
// at one call of the system after the other. It is for tests.
package killtest
