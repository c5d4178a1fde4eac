// Package cmd holds the commands of rollcall: they parse flags, wire the
// configuration, the clients and the screen together, and print.
package cmd
