package discover

// onezone are the clients of Onedata. One of their variables has a user name and a
// password in one, which no profile can take apart.
func onezone() source {
	return source{tool: "onedata", provider: "onezone", variables: []variable{
		{name: "ONEZONE_API_KEY", addresses: []string{"ONEZONE_HOST"}, needsAddress: true},
		{name: "ONEDATA_API_KEY", addresses: []string{"ONEDATA_ZONE", "ONEZONE_HOST"}, needsAddress: true},
		{name: "ONECLIENT_ACCESS_TOKEN", addresses: []string{"ONEZONE_HOST"}, needsAddress: true},
		{name: "ONEZONE_BASIC_AUTH", not: "it has a user name and a password in one, which a profile cannot refer to; " +
			"make a profile with 'rollcall add', which can keep the password in the keyring"},
	}}
}
