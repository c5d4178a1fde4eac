package discover

import "rollcall/config"

// onezoneVariables are those of the clients of Onedata.
func onezoneVariables() tokenVariables {
	return tokenVariables{provider: "onezone", needsAddress: true, tokens: []tokenVariable{
		{name: "ONEZONE_API_KEY", addresses: []string{"ONEZONE_HOST"}},
		{name: "ONEDATA_API_KEY", addresses: []string{"ONEDATA_ZONE", "ONEZONE_HOST"}},
		{name: "ONECLIENT_ACCESS_TOKEN", addresses: []string{"ONEZONE_HOST"}},
	}}
}

// onezoneBasic is the variable with a user name and a password in one, which no
// profile can take apart.
type onezoneBasic struct{}

func (onezoneBasic) look(m Machine) []Find {
	const name = "ONEZONE_BASIC_AUTH"
	if m.Getenv(config.ProfileVariable) != "" || m.Getenv(name) == "" {
		return nil
	}
	return []Find{{Where: name, Problem: "it has a user name and a password in one, which a profile cannot refer to; " +
		"make a profile with 'rollcall add', which can keep the password in the keyring"}}
}
