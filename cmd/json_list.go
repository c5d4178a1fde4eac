package cmd

type listJSON struct {
	Schema   int             `json:"schema"`
	Profiles []listedProfile `json:"profiles"`
}

type listedProfile struct {
	Name     string   `json:"name"`
	Provider string   `json:"provider"`
	Label    string   `json:"label"`
	Tags     []string `json:"tags"`
	Active   bool     `json:"active"`
	Disabled bool     `json:"disabled"`
	Endpoint string   `json:"endpoint"`
	Source   string   `json:"source"`
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

	// fingerprint stands for the secret; empty where there is none.
	fingerprint string
}
