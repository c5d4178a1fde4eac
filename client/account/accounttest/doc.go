// Package accounttest fills values with texts and finds all texts in them, for
// tests of functions that must reach every text of a snapshot. It works on any
// value, and knows no account itself.
package accounttest
