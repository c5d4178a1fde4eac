package cmd

import (
	"slices"
	"strings"
	"testing"
)

// outputs are the types of what is printed as JSON, by the names of their schemas.
var outputs = map[string]string{
	"status": "statusJSON", "show": "profileJSON", "list": "listJSON", "changes": "changesJSON", "doctor": "doctorJSON", "event": "eventJSON",
}

// TestSchemas holds the files to what they are made from: the types that are printed, and
// the tables that read the configuration.
func TestSchemas(t *testing.T) {
	types := newTypeSchemas(t)
	for _, s := range jsonSchemas() {
		var made []byte
		switch title := "rollcall: " + s.of; s.name {
		case "config":
			made = finished(t, title, "The configuration file of rollcall.", configSchema(), configDefinitions(t))
		case "service":
			made = finished(t, title, "The description of a service, which a file of services.d holds.", serviceSchema(t), serviceDefinitions())
		default:
			made = types.root(title, outputs[s.name])
		}
		golden(t, "../schemas/"+s.name+".json", made)
	}
}

// TestSchemaCommand lists the schemas, prints each, and offers their names.
func TestSchemaCommand(t *testing.T) {
	list := output(t, "schema")
	for _, name := range schemaNames() {
		if !strings.Contains(list, "\n"+name+" ") {
			t.Errorf("%s is not in the list:\n%s", name, list)
		}
		if file := readText(t, "schemas/"+name+".json"); output(t, "schema", name) != file {
			t.Errorf("%s is not printed as it is", name)
		}
		compiled(t, name)
	}
	offered := output(t, "__complete", "schema", "")
	if got := strings.Fields(offered)[:len(schemaNames())]; !slices.Equal(got, schemaNames()) {
		t.Errorf("offered are %s", offered)
	}
	root := demoApp().rootCommand()
	root.SetArgs([]string{"schema", "confg"})
	if err := root.ExecuteContext(t.Context()); err == nil || err.Error() != `there is no schema "confg"; did you mean "config"?` {
		t.Errorf("a name that there is not: %v", err)
	}
}
