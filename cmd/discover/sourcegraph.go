package discover

// sourcegraph is src, the command line of Sourcegraph.
func sourcegraph() source {
	return source{tool: "src", provider: "sourcegraph", variables: variables([]string{"SRC_ENDPOINT"}, "SRC_ACCESS_TOKEN")}
}
