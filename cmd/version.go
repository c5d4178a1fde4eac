package cmd

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  rollcall version",
		Args:    cobra.NoArgs,
		RunE:    run(func(*cobra.Command, []string) error { return a.printVersion() }),
	}
}

func (a *app) printVersion() error {
	_, err := fmt.Fprintf(a.stdout, "rollcall %s %s %s/%s\n", a.version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
