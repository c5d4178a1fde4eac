package client

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
)

// realGitea is a Gitea that runs for a test.
type realGitea struct {
	binary, dir, url string
	admin            string
}

const realGiteaConfig = `RUN_MODE = prod
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = %[2]s
ROOT_URL = http://127.0.0.1:%[2]s/
STATIC_ROOT_PATH = %[3]s
DISABLE_SSH = true
OFFLINE_MODE = true
[database]
DB_TYPE = sqlite3
PATH = %[1]s/gitea.db
[security]
INSTALL_LOCK = true
SECRET_KEY = only-for-a-test
[log]
MODE = console
LEVEL = Error
[oauth2]
JWT_SIGNING_ALGORITHM = HS256
[service]
DISABLE_REGISTRATION = true
`

func newRealGitea(t *testing.T) *realGitea {
	g := &realGitea{binary: foreign(t, "ROLLCALL_REAL_GITEA", ".github/real-gitea"), dir: t.TempDir()}
	port := freePort(t)
	g.url = "http://127.0.0.1:" + port
	config := fmt.Sprintf(realGiteaConfig, g.dir, port, filepath.Join(filepath.Dir(g.binary), "share"))
	if err := os.WriteFile(filepath.Join(g.dir, "app.ini"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	output(t, g.command("migrate"))
	g.user(t, "root", "--admin", "--must-change-password=false")
	g.admin = g.token(t, "root", "all")
	startReal(t, g.url+"/api/v1/version", g.command("web"))
	return g
}

func (g *realGitea) command(args ...string) *exec.Cmd {
	cmd := exec.Command(g.binary, append([]string{"--config", filepath.Join(g.dir, "app.ini")}, args...)...)
	cmd.Dir = g.dir
	cmd.Env = append(os.Environ(), "GITEA_WORK_DIR="+g.dir, "GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT=true", "HOME="+g.dir)
	return cmd
}

const realPassword = "Passw0rd-9-otter"

func (g *realGitea) user(t *testing.T, name string, flags ...string) {
	t.Helper()
	output(t, g.command(append([]string{"admin", "user", "create", "--username", name, "--password", realPassword, "--email", name + "@otter.example"}, flags...)...))
}

// token makes a token with scopes.
func (g *realGitea) token(t *testing.T, user, scopes string) string {
	t.Helper()
	return output(t, g.command("admin", "user", "generate-access-token", "--username", user, "--token-name", "t-"+strings.NewReplacer(",", "-", ":", "-").Replace(scopes),
		"--scopes", scopes, "--raw"))
}

// call changes something as the administrator.
func (g *realGitea) call(t *testing.T, method, path, body string) {
	t.Helper()
	r, err := http.NewRequest(method, g.url+"/api/v1"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "token "+g.admin)
	r.Header.Set("Content-Type", "application/json")
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if said, _ := io.ReadAll(a.Body); a.StatusCode/100 != 2 {
		t.Fatalf("%s %s: %d %s", method, path, a.StatusCode, said)
	}
}

// stripping is a proxy before a server that drops what nobody should lose.
func stripping(t *testing.T, to string) string {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Header.Del("Authorization")
	}})
	t.Cleanup(s.Close)
	return s.URL
}

// TestRealGitea asks a Gitea of its own, as which its users and tokens are good, bad and
// limited, and as an OpenID Connect provider, which it is, too.
func TestRealGitea(t *testing.T) {
	g := newRealGitea(t)
	for _, name := range []string{"mira", "blocked", "idle"} {
		g.user(t, name, "--must-change-password=false")
	}
	g.user(t, "fresh", "--must-change-password=true")
	full, some := g.token(t, "mira", "read:user,read:organization"), g.token(t, "mira", "read:user")
	repos, public := g.token(t, "mira", "read:repository,write:issue"), g.token(t, "mira", "public-only,read:user")
	blocked, idle, fresh := g.token(t, "blocked", "all"), g.token(t, "idle", "all"), g.token(t, "fresh", "all")
	g.call(t, "POST", "/orgs", `{"username":"otter-labs","full_name":"Otter Labs"}`)
	g.call(t, "POST", "/orgs/otter-labs/teams", `{"name":"readers","permission":"write","units":["repo.code"]}`)
	g.call(t, "PUT", "/teams/2/members/mira", "")
	g.call(t, "PATCH", "/admin/users/blocked", `{"login_name":"blocked","source_id":0,"prohibit_login":true}`)
	g.call(t, "PATCH", "/admin/users/idle", `{"login_name":"idle","source_id":0,"active":false}`)

	for _, c := range []realCase{
		{name: "full", secret: full, state: account.Healthy},
		{name: "read:user alone", secret: some, state: account.Healthy},
		{name: "public-only", secret: public, state: account.Healthy},
		{name: "password", username: "mira", secret: realPassword, state: account.Healthy},
		{name: "no scope for the user", secret: repos, state: account.ScopeMissing, says: "lacks the scope read:user; it has", action: account.ActionRotate},
		{name: "unknown", secret: strings.Repeat("0123456789", 4), state: account.InvalidToken, says: "does not know this token", action: account.ActionRotate},
		{name: "wrong password", username: "mira", secret: "not-the-password", state: account.InvalidToken, says: "user name and password", action: account.ActionLogIn},
		{name: "prohibited", secret: blocked, state: account.Forbidden, says: "blocked", action: account.ActionCopy},
		{name: "inactive", secret: idle, state: account.Forbidden, says: "never activated", action: account.ActionCopy},
		{name: "new password", secret: fresh, state: account.Forbidden, says: "new password", action: account.ActionOpen},
		{name: "no API there", base: g.url + "/api/v1/nowhere", secret: full, state: account.Healthy},
		{name: "another place", base: g.url + "/nowhere", secret: full, state: account.NotFound, action: account.ActionEdit},
		{name: "on the way", base: stripping(t, g.url), secret: full, state: account.CredentialMissing, says: "removed it", action: account.ActionCopy},
		{name: "as an issuer", provider: "oidc", secret: full, state: account.Healthy},
		{name: "as an issuer, with a slash", provider: "oidc", base: g.url + "/", secret: full, state: account.Misconfigured, says: "slash at the end counts", action: account.ActionEdit},
		{name: "as an issuer, unknown", provider: "oidc", secret: strings.Repeat("0123456789", 4), state: account.InvalidToken, action: account.ActionRotate},
	} {
		if c.provider == "" {
			c.provider = "gitea"
		}
		if c.base == "" {
			c.base = g.url
		}
		c.run(t)
	}

	s := realCheck(t, "gitea", g.url, "", full)
	want := []account.Organization{{ID: "3", Name: "Otter Labs", SubDomain: "otter-labs", Role: "write", URL: g.url + "/otter-labs"}}
	if a := s.Account; a == nil || a.User.Username != "mira" || !slices.Equal(a.User.Emails, []string{"mira@otter.example"}) ||
		len(a.Organizations) != 1 || a.Organizations[0].Name != want[0].Name || a.Organizations[0].Role != want[0].Role || a.Organizations[0].URL != want[0].URL {
		t.Errorf("account %+v", a)
	}
	for secret, scopes := range map[string]string{full: "read:organization read:user", some: "read:user", public: "public-only read:user"} {
		if a := realCheck(t, "gitea", g.url, "", secret).Account; strings.Join(a.Token.Scopes, " ") != scopes || len(a.Organizations) != 1 {
			t.Errorf("with %s: scopes %v, organizations %v", scopes, a.Token.Scopes, a.Organizations)
		}
	}
	if a := realCheck(t, "oidc", g.url, "", full).Account; a == nil || a.User.ID == "" || a.User.Username != "mira" ||
		!slices.ContainsFunc(a.Organizations, func(o account.Organization) bool { return o.ID == "otter-labs:readers" && o.Kind == "group" }) {
		t.Errorf("as an issuer: %+v", a)
	}
}
