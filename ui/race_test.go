//go:build race

package ui

// raceDetector says that the tests run under the race detector. What counts the
// work of one goroutine, or goes through every size, has nothing to show it and
// takes many times as long with it.
const raceDetector = true
