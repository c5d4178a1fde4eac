// Command rollcall shows who you are at each service, and how your tokens are
// doing.
package main

import (
	"os"

	"rollcall/cmd"
)

func main() { os.Exit(cmd.Main()) }
