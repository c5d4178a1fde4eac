package discover

// openai, anthropic and gemini are the libraries of those who serve language models.
func openai() source {
	return source{tool: "openai", provider: "openai", variables: variables(nil, "OPENAI_API_KEY")}
}

func anthropic() source {
	return source{tool: "anthropic", provider: "anthropic", variables: variables(nil, "ANTHROPIC_API_KEY")}
}

func gemini() source {
	return source{tool: "gemini", provider: "gemini", variables: variables(nil, "GEMINI_API_KEY")}
}
