package cmd

import (
	"embed"

	"github.com/spf13/cobra"
)

// schemaFiles are the JSON Schemas, a file each. Tests make them from the types and
// tables of the program.
//
//go:embed schemas/*.json
var schemaFiles embed.FS

// jsonSchema is a schema by its name, with what it is of.
type jsonSchema struct{ name, of string }

// jsonSchemas are all of them, in the order of their list.
func jsonSchemas() []jsonSchema {
	return []jsonSchema{
		{"config", "the configuration, as data of TOML"},
		{"service", "the description of a service, a file of services.d"},
		{"status", "status -o json"},
		{"show", "show -o json, a profile"},
		{"list", "list -o json"},
		{"changes", "changes -o json"},
		{"doctor", "doctor -o json"},
		{"event", "a line of status -o json --watch"},
	}
}

// schemaNames are the names of the schemas.
func schemaNames() (all []string) {
	for _, s := range jsonSchemas() {
		all = append(all, s.name)
	}
	return all
}

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [NAME]",
		Short: "Print a JSON Schema, of the configuration or of what -o json prints",
		Long: `Print a JSON Schema (draft 2020-12): of the configuration and of the description of
a service, for editors, and of what commands print as JSON, for programs. Without a
name, print which there are.

An editor that knows TOML checks and completes the configuration where its first line
is '#:schema ./schema.json', and the schema lies beside it.`,
		Example: `  rollcall schema
  rollcall schema config > ~/.config/rollcall/schema.json
  rollcall schema status > status.schema.json`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return schemaNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: run(func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listSchemas()
			}
			data, err := schemaFiles.ReadFile("schemas/" + args[0] + ".json")
			if err != nil {
				return unknownWord("schema", args[0], schemaNames())
			}
			_, err = a.stdout.Write(data)
			return err
		}),
	}
}

// listSchemas prints which schemas there are, and of what.
func (a *app) listSchemas() error {
	var rows [][]cell
	for _, s := range jsonSchemas() {
		rows = append(rows, []cell{{text: s.name}, {text: s.of}})
	}
	return writeTable(a.stdout, a.screenOf(a.stdout), []column{{title: "SCHEMA", whole: true}, {title: "OF"}}, rows)
}
