package cmd

// hasShell reports whether somebody wakes a program that is stopped: there is
// no job control here.
func hasShell() bool { return false }
