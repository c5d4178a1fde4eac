package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/insight"
	"rollcall/config"
)

// sortFlag is --sort: a field, turned round by a hyphen before it. It implements
// pflag.Value, so that a wrong one is refused before anything runs.
type sortFlag struct {
	by       insight.Order
	reversed bool
}

func (f *sortFlag) String() string {
	if f.reversed {
		return "-" + string(f.by)
	}
	return string(f.by)
}

func (f *sortFlag) Type() string { return "field" }

func (f *sortFlag) Set(s string) error {
	field, reversed := strings.CutPrefix(strings.ToLower(s), "-")
	known := sortNames()
	if !slices.Contains(known, field) {
		return unknownWord("field", field, known)
	}
	f.by, f.reversed = insight.Order(field), reversed
	return nil
}

func sortNames() []string { return insight.OrderNames() }

// listNames are those that a list has, whatever its columns.
func listNames() (names []string) {
	for _, o := range insight.Orders() {
		names = append(names, string(o))
	}
	return names
}

// addTableFlags adds what says how a table of profiles looks; by is its order where
// nothing else is said.
func addTableFlags(c *cobra.Command, by insight.Order) *tableOptions {
	o := &tableOptions{sort: &sortFlag{by: by}, columns: new(columnsFlag), given: c.Flags().Changed}
	c.Flags().Var(o.sort, "sort", "sort by this `field`: "+strings.Join(listNames(), ", ")+", or any of the columns; a hyphen before it turns it round")
	c.Flags().Var(o.columns, "columns", "print these `columns`: "+strings.Join(columnNames(), ", "))
	_ = c.RegisterFlagCompletionFunc("sort", func(_ *cobra.Command, _ []string, written string) ([]string, cobra.ShellCompDirective) {
		turned := ""
		if strings.HasPrefix(written, "-") {
			turned = "-"
		}
		var all []string
		for _, name := range sortNames() {
			all = append(all, turned+name)
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	})
	_ = c.RegisterFlagCompletionFunc("columns", completeColumns)
	return o
}

// completeColumns offers the lists that are one column longer than what is written.
func completeColumns(_ *cobra.Command, _ []string, written string) (all []string, directive cobra.ShellCompDirective) {
	before := ""
	if at := strings.LastIndexByte(written, ','); at >= 0 {
		before = written[:at+1]
	}
	for _, name := range columnNames() {
		if !slices.Contains(strings.Split(before, ","), name) {
			all = append(all, before+name)
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// tableOptions are what the command line says of a table of profiles.
type tableOptions struct {
	sort    *sortFlag
	columns *columnsFlag
	// given reports whether the command line has a flag.
	given func(flag string) bool
}

// follow has the table look as a saved view says, but for what the command line says.
func (o *tableOptions) follow(v config.View) error {
	if v.Sort != "" && !o.given("sort") {
		if err := o.sort.Set(v.Sort); err != nil {
			return err
		}
	}
	if len(v.Columns) > 0 && !o.given("columns") {
		return o.columns.Set(strings.Join(v.Columns, ","))
	}
	return nil
}
