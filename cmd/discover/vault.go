package discover

// vault is that of HashiCorp, whose file has the token alone.
func vault() source {
	addresses := []string{"VAULT_ADDR"}
	return source{
		tool: "vault", provider: "vault", variables: []variable{{name: "VAULT_TOKEN", addresses: addresses, needsAddress: true}},
		files: []file{{
			paths: []string{"~/.vault-token"}, needsAddress: true,
			address: func(m Machine) string { return firstAddress(m, addresses) },
		}},
	}
}
