package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/service/declared"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/spelling"
)

func (a *app) serviceCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "service",
		Short: "List, print and test the descriptions of services",
		Long: `List the services that a profile can name, print the description of one, and test
a description of your own on an answer that you have saved. Nobody is asked for it.`,
	}
	c.AddCommand(a.serviceListCommand(), a.serviceShowCommand(), a.serviceTestCommand())
	return c
}

// Where services come from.
const (
	fromBuiltIn = "built in"
	fromShipped = "shipped"
	fromOwn     = "own"
)

// listedService is a service that a profile can name.
type listedService struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// From is built in, shipped or own; File and Line are where an own one is.
	From string `json:"from"`
	File string `json:"file"`
	Line int    `json:"line"`
	// Shadows is set where it takes the place of a shipped one.
	Shadows bool `json:"shadows"`
	// Problem says why it cannot be used; empty where it can.
	Problem string `json:"problem"`
}

// where says where a service comes from.
func (s listedService) where() string {
	if s.From != fromOwn {
		return s.From
	}
	where := s.File
	if s.Line > 1 {
		where = fmt.Sprintf("%s:%d", s.File, s.Line)
	}
	if s.Shadows {
		where += ", in place of the shipped one"
	}
	return where
}

func (a *app) serviceListCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "list",
		Short: "Print the services that a profile can name, and where each comes from",
		Long: `Print the services that a profile can name as its provider: those that are built
in, those whose descriptions are shipped, and those that your configuration
describes. A description of your own takes the place of a shipped one of its name.`,
		Example: `  rollcall service list
  rollcall service list -o json | jq -r '.services[].name'`,
		Args: cobra.NoArgs,
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	c.RunE = run(func(*cobra.Command, []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		all, problems := a.services.listed(l.Declarations)
		for _, p := range l.Problems {
			// A name that no service can have is in no list.
			if strings.HasPrefix(p.Key, "services.") && !slices.ContainsFunc(problems, func(e error) bool { return e.Error() == p.Error() }) {
				problems = append(problems, p)
			}
		}
		for _, p := range l.PassedOver {
			a.warn(withRemedy(p.Error(), p.Remedy))
		}
		if out.value == formatJSON {
			err = writeJSON(a.stdout, struct {
				Schema   int             `json:"schema"`
				Services []listedService `json:"services"`
			}{schema, all})
		} else {
			err = writeTable(a.stdout, a.screenOf(a.stdout), serviceColumns(), serviceRows(all))
		}
		if err != nil || len(problems) == 0 {
			return err
		}
		return configError(errors.Join(problems...))
	})
	return c
}

func serviceColumns() []column {
	return []column{{title: "PROVIDER", whole: true}, {title: "SERVICE"}, {title: "FROM"}}
}

func serviceRows(all []listedService) [][]cell {
	var rows [][]cell
	for _, s := range all {
		where := s.where()
		if s.Problem != "" {
			where += ": wrong"
		}
		rows = append(rows, []cell{{text: s.Name}, {text: s.Title}, {text: where}})
	}
	return rows
}

// listed are all services, and what is wrong with the configuration's own.
func (s *services) listed(own []config.Declaration) (all []listedService, problems []error) {
	all = []listedService{}
	for _, one := range s.builtIn {
		i := one.Info()
		all = append(all, listedService{Name: i.Name, Title: i.Title, From: fromBuiltIn})
	}
	for _, d := range own {
		listed := listedService{Name: d.Name, Title: d.Name, From: fromOwn, File: d.File, Line: d.Line, Problem: d.Refused}
		listed.Shadows = slices.ContainsFunc(s.shipped, func(one *declared.Service) bool { return one.Name() == d.Name })
		if d.Refused == "" {
			one, faults := declared.New(d.Name, d.Values)
			listed.Title = one.Info().Title
			for _, p := range d.Problems(configFaults(faults)) {
				listed.Problem = cmp.Or(listed.Problem, p.Message)
				problems = append(problems, p)
			}
		} else {
			problems = append(problems, config.Problem{File: d.File, Line: d.Line, Message: d.Refused})
		}
		all = append(all, listed)
	}
	for _, one := range s.shipped {
		if !slices.ContainsFunc(own, func(d config.Declaration) bool { return d.Name == one.Name() }) {
			all = append(all, listedService{Name: one.Name(), Title: one.Info().Title, From: fromShipped})
		}
	}
	return all, problems
}

// unread are what is wrong with the configuration's own services that it has not told: a
// description is read where a profile names it.
func (s *services) unread(c *config.Config) (all []config.Problem) {
	_, problems := s.listed(c.Declarations)
	for _, err := range problems {
		p, is := configProblem(err)
		if is && !slices.ContainsFunc(c.Problems, func(told config.Problem) bool { return told.Error() == p.Error() }) {
			all = append(all, p)
		}
	}
	return all
}

// configFaults are the faults of a description as the configuration takes them.
func configFaults(faults []declared.Fault) []config.Fault {
	var all []config.Fault
	for _, f := range faults {
		all = append(all, config.Fault(f))
	}
	return all
}

func (a *app) serviceShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Print the description of a service",
		Long: `Print the description of a service: a shipped one, or one that lies in a file of its
own. Written to a file of services.d beside the configuration, it is yours to change.`,
		Example: `  rollcall service show digitalocean
  rollcall service show digitalocean > ~/.config/rollcall/services.d/digitalocean.toml`,
		Args: cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return a.services.Names(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: run(func(_ *cobra.Command, args []string) error {
			l, err := a.load()
			if err != nil {
				return err
			}
			defer l.close()
			description, err := a.description(l.Declarations, args[0])
			if err != nil {
				return configError(err)
			}
			_, err = fmt.Fprint(a.stdout, printableLines(description))
			return err
		}),
	}
}

// description is the text of a description.
func (a *app) description(own []config.Declaration, name string) (string, error) {
	for _, d := range own {
		if d.Name != name {
			continue
		}
		if !d.Alone {
			return "", fmt.Errorf("%s is described in %s:%d; look there", name, d.File, d.Line)
		}
		data, err := config.ReadSaved(d.File)
		return string(data), err
	}
	if shipped, ok := declared.ShippedText(name); ok {
		return shipped, nil
	}
	if _, ok := a.services.Named(name); ok {
		return "", fmt.Errorf("%s is built in, and has no description", name)
	}
	return "", fmt.Errorf("there is no service %s%s", text.Printable(spelling.Quote(name)), spelling.DidYouMean(name, a.services.Names()))
}

// header is what the --header flag takes: "Name: value".
func header(line string) (name, value string, err error) {
	name, value, ok := strings.Cut(line, ":")
	if name = strings.TrimSpace(name); !ok || name == "" || strings.ContainsAny(name, " \t") {
		return "", "", fmt.Errorf(`--header %s must be a name and a value, such as "X-RateLimit-Remaining: 0"`, spelling.Quote(line))
	}
	return name, strings.TrimSpace(value), nil
}
