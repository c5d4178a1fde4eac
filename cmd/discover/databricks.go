package discover

import "rollcall/config/credential/extract"

// databricks are the tools and libraries of Databricks; .databrickscfg has a section
// for each profile.
func databricks() source {
	return source{
		tool: "databricks", provider: "databricks",
		variables: []variable{{name: "DATABRICKS_TOKEN", addresses: []string{"DATABRICKS_HOST"}, needsAddress: true}},
		files: []file{{
			paths:  []string{"$DATABRICKS_CONFIG_FILE", "~/.databrickscfg"},
			format: extract.INI, kept: []kept{{at: "$[*].token", address: "host", needsAddress: true}},
		}},
	}
}
