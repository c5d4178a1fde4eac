// Package cmd holds the commands of rollcall: they parse flags, wire the
// configuration, the clients and the screen together, and print. Each command is
// the file of its name; root.go names them all, and nothing names root.go.
//
// Below the commands lie what several of them do (check.go, change.go, prove.go,
// handover.go), the session (session.go: the configuration with its clients), what
// is printed (json*.go, table.go, account.go, words.go) and, at the bottom, the
// console (console.go, terminal.go, prompt.go, errors.go) and the exit statuses
// (exit.go). The package knows nothing of how a service is asked or how a screen
// is drawn.
package cmd
