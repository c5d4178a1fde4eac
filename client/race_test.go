//go:build race

package client

// raceDetector says that the tests run under the race detector, with which SQLite
// takes many times as long.
const raceDetector = true
