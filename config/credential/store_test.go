package credential_test

import (
	"testing"

	"rollcall/config/credential"
)

// Only files and the keyring take a secret.
func TestNoStore(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]credential.Credential{
		"literal": credential.Literal("s3cret"), "env": credential.Env("A"), "command": credential.Command("pass"), "": {},
	} {
		want = "a secret cannot be stored in the source " + want + "; choose the keyring"
		if secret, err := c.Stored(t.Context()); secret != "" || err == nil || err.Error() != want {
			t.Errorf("%q, %v, want %s", secret, err, want)
		}
		if err := c.Store(t.Context(), "x"); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
