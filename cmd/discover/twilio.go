package discover

// twilio are the tools of Twilio, which wants a key with its secret.
func twilio() source {
	const not = "Twilio wants the name of the key with its secret; write the profile with username and password"
	return source{tool: "twilio", provider: "twilio", variables: []variable{{name: "TWILIO_API_SECRET", not: not}, {name: "TWILIO_AUTH_TOKEN", not: not}}}
}
