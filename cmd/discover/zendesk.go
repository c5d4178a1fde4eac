package discover

// zendesk are the tools of Zendesk, which wants an address and an e-mail address
// with the token.
func zendesk() source {
	const not = "Zendesk wants an e-mail address with the token; write the profile with username and token"
	return source{tool: "zendesk", provider: "zendesk", variables: []variable{{name: "ZENDESK_API_TOKEN", not: not}}}
}
