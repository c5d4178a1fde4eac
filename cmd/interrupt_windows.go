package cmd

import "os"

// isMarker reports false: there are no signals here that could mark a place among
// others.
func isMarker(os.Signal) bool { return false }

func (y *yielded) hearAll() {}
