package discover

// datadog are the tools of Datadog, which wants two secrets at once.
func datadog() source {
	const not = "Datadog wants a second secret beside it (DD-APPLICATION-KEY); write the profile with token and second_token"
	return source{
		tool: "datadog", provider: "datadog",
		variables: []variable{{name: "DATADOG_API_KEY", not: not}, {name: "DD_API_KEY", not: not}},
		files:     []file{{paths: []string{"~/.dogrc"}, not: not}},
	}
}
