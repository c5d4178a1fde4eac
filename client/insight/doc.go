// Package insight tells what several snapshots say together: which profiles fail
// for one reason, and which belong to one person. It asks nobody and keeps nothing.
package insight
