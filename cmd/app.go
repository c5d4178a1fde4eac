package cmd

import (
	"context"
	"log/slog"
	"time"
)

// app is what the commands share: the console, and what the command line says to
// every command.
type app struct {
	console

	// workDir is the working folder; empty where it is gone.
	workDir string
	// life ends with the first signal; nil for ever.
	life    context.Context
	now     func() time.Time
	version string

	// help is stdout for what the library prints: help and completion.
	help printer

	// clock is that of the whole command, log what it is told to keep: a path, a file and
	// what writes it; nil for nothing.
	clock   clock
	logPath string
	logFile *logFile
	log     *slog.Logger

	configFlag  string
	profileFlag string
	demo        bool
	// accessible has the dashboard talk in plain lines.
	accessible bool
}

// ending is what a wait for a file of somebody else ends with.
func (a *app) ending() context.Context {
	if a.life == nil {
		return context.Background()
	}
	return a.life
}
