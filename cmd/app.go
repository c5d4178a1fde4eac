package cmd

import (
	"os"
	"time"

	"rollcall/client"
)

// app is what the commands share: the world around the process, and the flags
// that every command takes.
type app struct {
	stdin          *os.File
	stdout, stderr *os.File
	getenv         func(string) string
	environ        []string
	// workDir is the working folder; empty where it is gone.
	workDir string
	now     func() time.Time
	version string

	// help is stdout for what the library prints: help and completion.
	help printer

	// json is set where errors and warnings are to be JSON.
	json bool

	configFlag  string
	profileFlag string
	demo        bool
	// accessible has the dashboard talk in plain lines.
	accessible bool
	// mask gives stand-ins for what tells who people are; nil where none are
	// wanted.
	mask *client.Mask
}
