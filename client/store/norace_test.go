//go:build !race

package store_test

// raceDetector says that the tests run without the race detector.
const raceDetector = false
