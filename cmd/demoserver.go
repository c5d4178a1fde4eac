package cmd

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/demo"
)

func (a *app) demoServerCommand() *cobra.Command {
	var port int
	c := &cobra.Command{
		Use:   "demo-server",
		Short: "Serve the demo services on loopback until interrupted",
		Long: `Serve the demo services on loopback until interrupted.

What it prints is a ready configuration; addresses and tokens stand in its
comments for curl and other clients. Its last line begins with "# end": a script
that has it in a file waits for that line.`,
		Example: `  rollcall demo-server
  rm -f demo.toml
  (umask 077; rollcall demo-server > demo.toml) &
  until grep -qs '^# end' demo.toml; do sleep 0.1; done
  rollcall status --config demo.toml`,
		Args: cobra.NoArgs,
	}
	c.Flags().IntVar(&port, "port", 0, "the first of the `ports`, which follow one another; 0 for any that are free")
	completeNothing(c, "port")
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		server, err := demo.Start(demo.Options{Port: port})
		if err != nil {
			return configError(fmt.Errorf("the demo services cannot start: %w", err))
		}
		defer server.Close()
		if _, err := fmt.Fprint(a.stdout, demoGuide(server.Services()), string(server.Config()), demoEnd); err != nil {
			return err
		}
		<-c.Context().Done()
		return nil
	})
	return c
}

// demoEnd is the last line that is printed: a script that reads along knows by
// it that all is there.
const demoEnd = "\n# end of the configuration; interrupt to stop the services\n"

// demoGuide lists the addresses and tokens as TOML comments.
func demoGuide(services []demo.Service) string {
	var b strings.Builder
	b.WriteString("# The demo services of rollcall, served until interrupted. Try:\n")
	shown := map[string]bool{}
	for _, s := range services {
		if !shown[s.Provider] {
			fmt.Fprintf(&b, "#   curl -H '%s%s' %s%s\n", s.Header, s.Accounts[0].Token, s.Accounts[0].BaseURL, s.Path)
		}
		shown[s.Provider] = true
	}
	for _, s := range services {
		fmt.Fprintf(&b, "#\n# %s\n#   %s, %s\n", s.URL, s.Provider, s.About)
		for _, acc := range s.Accounts {
			secret := cmp.Or(acc.Token, acc.Username+":"+acc.Password)
			fmt.Fprintf(&b, "#   %-10s %-18s %s\n", acc.Profile, acc.State, secret)
		}
	}
	b.WriteString("\n")
	return b.String()
}
