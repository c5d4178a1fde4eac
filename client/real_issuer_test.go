package client

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"rollcall/client/account"
)

// realIssuer runs a provider of OpenID Connect until the test ends. It tells its issuer and
// its access tokens by their names.
func realIssuer(t *testing.T, cmd *exec.Cmd) (told map[string]string) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // This is what ends it.
		_ = cmd.Wait()
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "{") {
			if err := json.Unmarshal(lines.Bytes(), &told); err != nil {
				t.Fatal(err)
			}
			return told
		}
	}
	t.Fatalf("%v has told nothing", cmd.Args)
	return nil
}

// TestRealZitadel asks the example provider of zitadel/oidc: its issuer has a slash at its
// end, its tokens have five parts, and it refuses in plain words.
func TestRealZitadel(t *testing.T) {
	told := realIssuer(t, exec.Command(foreign(t, "ROLLCALL_REAL_ZITADEL", ".github/real-servers")))
	issuer := told["issuer"]
	for _, c := range []realCase{
		{name: "good", secret: told["full"], state: account.Healthy},
		{name: "openid alone", secret: told["bare"], state: account.Healthy},
		{name: "unknown", secret: "no-such-token", state: account.InvalidToken, says: "expired, was revoked", action: account.ActionRotate},
		{name: "without the slash", base: strings.TrimSuffix(issuer, "/"), secret: told["full"], state: account.Misconfigured, says: "the slash at the end counts", action: account.ActionEdit},
		{name: "no issuer", base: issuer + "nowhere", secret: told["full"], state: account.NotFound, says: "no issuer", action: account.ActionEdit},
	} {
		c.provider = "oidc"
		if c.base == "" {
			c.base = issuer
		}
		c.run(t)
	}
	a := realCheck(t, "oidc", issuer, "", told["full"]).Account
	if a == nil || a.User.ID != "id1" || a.User.Name() != "Test User" || strings.Join(a.User.Emails, " ") != "test-user@zitadel.ch" || a.Token.Kind != "encrypted token" {
		t.Errorf("account %+v", a)
	}
}

// TestRealOIDCProvider asks a certified provider, which sends the errors of RFC 6750.
func TestRealOIDCProvider(t *testing.T) {
	script := foreign(t, "ROLLCALL_REAL_OIDC_PROVIDER", ".github/real-servers")
	told := realIssuer(t, exec.Command("node", script))
	issuer := told["issuer"]
	for _, c := range []realCase{
		{name: "good", secret: told["full"], state: account.Healthy},
		{name: "openid alone", secret: told["bare"], state: account.Healthy},
		{name: "without openid", secret: told["without"], state: account.ScopeMissing, code: "insufficient_scope", says: "lacks the scope openid", action: account.ActionRotate},
		{name: "revoked", secret: told["revoked"], state: account.InvalidToken, code: "invalid_token", says: "expired, was revoked", action: account.ActionRotate},
		{name: "user is gone", secret: told["gone"], state: account.InvalidToken, code: "invalid_token", action: account.ActionRotate},
		{name: "unknown", secret: "no-such-token", state: account.InvalidToken, code: "invalid_token", action: account.ActionRotate},
		{name: "with a slash", base: issuer + "/", secret: told["full"], state: account.Misconfigured, says: "the slash at the end counts", action: account.ActionEdit},
		{name: "pasted whole", base: issuer + "/.well-known/openid-configuration", secret: told["full"], state: account.Healthy},
	} {
		c.provider = "oidc"
		if c.base == "" {
			c.base = issuer
		}
		c.run(t)
	}
	s := realCheck(t, "oidc", issuer, "", told["full"])
	if a := s.Account; a == nil || a.User.ID != "u1" || a.User.Username != "mokafor" || len(a.Organizations) != 2 || a.Organizations[0].Name != "admins" ||
		a.User.AvatarURL != "https://id.example/p.png" || a.Token.Kind != "opaque token" {
		t.Errorf("account %+v", a)
	}
	if s.Address() != issuer+"/me" {
		t.Errorf("asked at %s", s.Address())
	}
	if a := realCheck(t, "oidc", issuer, "", told["bare"]).Account; a == nil || a.User.Name() != "u1" || a.Organizations != nil {
		t.Errorf("openid alone: %+v", a)
	}
}

// TestRealTokenIsRemoved has something on the way to UserInfo take the token away.
func TestRealTokenIsRemoved(t *testing.T) {
	script := foreign(t, "ROLLCALL_REAL_OIDC_PROVIDER", ".github/real-servers")
	told := realIssuer(t, exec.Command("node", script))
	onTheWay := stripping(t, told["issuer"])
	issuer := ""
	issuer = serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"issuer":%q,"userinfo_endpoint":%q}`, issuer, onTheWay+"/me")
	}).URL
	realCase{
		name: "removed", provider: "oidc", base: issuer, secret: told["full"],
		state: account.CredentialMissing, code: "invalid_token", says: "something on the way removed it", action: account.ActionCopy,
	}.run(t)
}
