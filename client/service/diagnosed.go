package service

import "rollcall/client/account"

// Diagnosed is a diagnosis without anything of the service's own in it.
func Diagnosed(s account.State, explanation, remedy string) account.Diagnosis {
	return account.Diagnosis{State: s, Explanation: explanation, Remedy: remedy}
}

func Misconfigured(explanation, remedy string) account.Diagnosis {
	return Diagnosed(account.Misconfigured, explanation, remedy)
}
