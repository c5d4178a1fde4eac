package discover

// pypi are the tools that upload to PyPI.
func pypi() source {
	const not = "PyPI has no page that says whose a token is, so that rollcall cannot check it"
	return source{
		tool: "pypi", variables: []variable{{name: "TWINE_PASSWORD", not: not}},
		files: []file{{paths: []string{"~/.pypirc"}, not: not}},
	}
}
