package cmd

// listJSON is the profiles as the configuration has them, in its order.
type listJSON struct {
	// Schema is the number of this format.
	Schema int `json:"schema"`
	// Profiles are those that were asked for.
	Profiles []listedProfile `json:"profiles"`
}

// listedProfile is a profile as the configuration has it. With --sources it has the keys
// from plain_text on, too.
type listedProfile struct {
	// Name is the profile's name in the configuration.
	Name string `json:"name"`
	// Provider is the name of the service.
	Provider string `json:"provider"`
	// Label is what the configuration shows beside the name; empty for nothing.
	Label string `json:"label"`
	// Tags are the words that the configuration gives the profile.
	Tags []string `json:"tags"`
	// Active is set for the profile that commands take where none is named.
	Active bool `json:"active"`
	// Disabled is set where the profile is switched off.
	Disabled bool `json:"disabled"`
	// Endpoint is the address that is asked; empty where nothing can be.
	Endpoint string `json:"endpoint"`
	// Source is where the secret is, never the secret itself: "env KATAPULT_API_KEY".
	Source string `json:"source"`
	// provenance is set where the sources were asked for.
	*provenance
}

// provenance is where the secret of a profile comes from, and what else has the
// same secret or hides it.
type provenance struct {
	// PlainText is set where a file holds the secret in plain text.
	PlainText bool `json:"plain_text"`
	// ShadowedBy are the variables in this shell that have the service's own
	// tools act as somebody else.
	ShadowedBy []string `json:"shadowed_by"`
	// SameSecretAs are the profiles with the same secret.
	SameSecretAs []string `json:"same_secret_as"`
	// Problem says why the secret could not be had; empty where it could.
	Problem string `json:"problem"`
	// SecondToken is the second secret of a service that wants two; null for others.
	SecondToken *secondTokenJSON `json:"second_token"`

	// fingerprint stands for the secret; empty where there is none.
	fingerprint string
}

// secondTokenJSON is where the second secret of a profile comes from.
type secondTokenJSON struct {
	// Source is where it is, never the secret itself: "env DD_APP_KEY".
	Source string `json:"source"`
	// PlainText is set where a file holds it in plain text.
	PlainText bool `json:"plain_text"`
	// SameSecretAs are the other profiles with the same secret.
	SameSecretAs []string `json:"same_secret_as"`
	// Problem says why it could not be had; empty where it could.
	Problem string `json:"problem"`

	// fingerprint stands for the secret; empty where there is none.
	fingerprint string
}
