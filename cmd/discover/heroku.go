package discover

// heroku is the command line of Heroku, which keeps its token in netrc.
func heroku() source {
	return source{tool: "heroku", provider: "heroku", variables: variables(nil, "HEROKU_API_KEY")}
}
