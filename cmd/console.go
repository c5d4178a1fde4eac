package cmd

import (
	"os"

	"rollcall/client/privacy"
	"rollcall/cmd/child"
)

// console is where a command reads and writes, and in what form. It knows no
// flags and no configuration.
type console struct {
	stdin          *os.File
	stdout, stderr *os.File
	getenv         func(string) string
	environ        []string
	// crashes see to an end the hard way; nil where nobody does.
	crashes *crashes
	// alone are the hooks that run, which are killed where the process ends the hard way;
	// nil where nobody keeps them.
	alone *child.Pack
	// bystanders are the programs that get none of the secrets in environ.
	bystanders *bystanders

	// services are those that there are.
	services *services
	// json is set where errors and warnings are to be JSON.
	json bool
	// mask gives stand-ins for what tells who people are; nil where none are
	// wanted.
	mask *privacy.Mask
}
