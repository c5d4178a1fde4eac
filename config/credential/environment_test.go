//go:build unix

package credential_test

import (
	"slices"
	"strings"
	"testing"

	"rollcall/config/credential"
)

func TestWithhold(t *testing.T) {
	t.Parallel()
	environ := []string{
		"PATH=/bin", "A_TOKEN=s3cret-s3cret", "ALIAS=s3cret-s3cret", "A_TOKENS=kept", "SHORT=yes", "ALSO=yes", "EMPTY=", "NONE=", "=C:=C:\\", "B=x=y",
	}
	before := slices.Clone(environ)
	got := credential.Withhold(environ, []string{"A_TOKEN", "SHORT", "EMPTY", "ABSENT"})
	if want := []string{"PATH=/bin", "A_TOKENS=kept", "ALSO=yes", "NONE=", "=C:=C:\\", "B=x=y"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if !slices.Equal(environ, before) {
		t.Error("the environment itself was changed")
	}
}

// TestCommandEnvironment keeps the secrets of other profiles from a credential command,
// but for those that it names.
func TestCommandEnvironment(t *testing.T) {
	t.Setenv("RC_OTHER_TOKEN", "other-s3cret")
	t.Setenv("RC_ALIAS", "other-s3cret")
	t.Setenv("RC_NEEDED", "needed-s3cret")
	t.Setenv("RC_NEEDED_TOO", "needed-s3cret")
	secrets := []string{"RC_OTHER_TOKEN", "RC_NEEDED", "RC_NEEDED_TOO"}
	for script, want := range map[string]string{
		`env | grep -c 's3cret'; true`:                   "0",
		`env | grep -c "$RC_NEEDED"`:                     "1",
		`echo ${RC_NEEDED}`:                              "needed-s3cret",
		`echo "$RC_NEEDED" "$(env | grep -c ^RC_OTHER)"`: "needed-s3cret 0",
		`env | grep -c XRC_NEEDED; env | grep ^RC_; :`:   "0",
	} {
		got, _, err := credential.Command("sh", "-c", script).Without(secrets).Resolve(t.Context())
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", script, got, err, want)
		}
	}
	_, _, err := credential.Command("sh", "-c", "exit 1").Without(secrets).Resolve(t.Context())
	told, ok := err.(interface{ Unwrap() error })
	if !ok {
		t.Fatalf("%v", err)
	}
	if remedy := told.Unwrap().(*credential.Error).Remedy(); !strings.HasSuffix(remedy, "; it ran without RC_OTHER_TOKEN, RC_NEEDED, RC_NEEDED_TOO, where profiles have their secrets: name what it needs in its arguments") {
		t.Errorf("%q", remedy)
	}
}
