// Package accounttest fills values with texts and finds all texts in them, for
// tests of what must reach every text of a snapshot.
package accounttest
