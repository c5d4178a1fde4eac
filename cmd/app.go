package cmd

import "time"

// app is what the commands share: the console, and what the command line says to
// every command.
type app struct {
	console

	// workDir is the working folder; empty where it is gone.
	workDir string
	now     func() time.Time
	version string

	// help is stdout for what the library prints: help and completion.
	help printer

	configFlag  string
	profileFlag string
	demo        bool
	// accessible has the dashboard talk in plain lines.
	accessible bool
}
