//go:build unix

package client

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"rollcall/client/account"
)

// realPostgres runs a database until the test ends, and is the address of it.
func realPostgres(t *testing.T) string {
	t.Helper()
	programs := foreign(t, "ROLLCALL_REAL_POSTGRES", ".github/real-servers")
	// It does not run as root, and whoever it runs as gets to no folder of the test.
	dir, err := os.MkdirTemp("", "rollcall-postgres")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as := &syscall.SysProcAttr{}
	if nobody, err := user.Lookup("nobody"); os.Getuid() == 0 && err == nil {
		uid, _ := strconv.ParseUint(nobody.Uid, 10, 32)
		gid, _ := strconv.ParseUint(nobody.Gid, 10, 32)
		as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, int(uid), int(gid)); err != nil {
			t.Fatal(err)
		}
	}
	run := func(program string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(programs, program), append([]string{"-D", filepath.Join(dir, "data")}, args...)...)
		cmd.Dir, cmd.SysProcAttr = dir, as
		return cmd
	}
	output(t, run("initdb", "--auth=trust", "--username=miniflux", "--no-sync"))
	output(t, run("pg_ctl", "--log="+filepath.Join(dir, "log"), "--wait", "--options=-c listen_addresses= -c fsync=off -k "+dir, "start"))
	t.Cleanup(func() { output(t, run("pg_ctl", "--mode=immediate", "--wait", "stop")) })
	return "host=" + dir + " user=miniflux dbname=postgres sslmode=disable"
}

// TestRealMiniflux asks a Miniflux by the description that is shipped.
func TestRealMiniflux(t *testing.T) {
	binary, port := foreign(t, "ROLLCALL_REAL_MINIFLUX", ".github/real-servers"), freePort(t)
	base := "http://127.0.0.1:" + port
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), "DATABASE_URL="+realPostgres(t), "LISTEN_ADDR=127.0.0.1:"+port, "RUN_MIGRATIONS=1",
		"CREATE_ADMIN=1", "ADMIN_USERNAME=otter", "ADMIN_PASSWORD="+realPassword, "DISABLE_SCHEDULER_SERVICE=1")
	startReal(t, base+"/healthcheck", cmd)
	call := func(method, path, body string) (key struct{ Token string }) {
		r, err := http.NewRequestWithContext(t.Context(), method, base+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth("otter", realPassword)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode/100 != 2 {
			t.Fatalf("%s %s: %s", method, path, resp.Status)
		}
		_ = json.NewDecoder(resp.Body).Decode(&key)
		return key
	}
	good := call("POST", "/v1/api-keys", `{"description":"kept"}`).Token
	removed := call("POST", "/v1/api-keys", `{"description":"removed"}`).Token
	call("DELETE", "/v1/api-keys/2", "")
	for _, c := range []realCase{
		{name: "good", secret: good, state: account.Healthy},
		{name: "removed", secret: removed, state: account.InvalidToken, says: "does not know the API key", action: account.ActionRotate},
		{name: "unknown", secret: "no-such-key", state: account.InvalidToken, says: "does not know the API key", action: account.ActionRotate},
		{name: "wrong place", base: base + "/feeds", secret: good, state: account.BadResponse, says: "a web page", action: account.ActionOpen},
	} {
		c.provider = "miniflux"
		if c.base == "" {
			c.base = base
		}
		c.run(t)
	}
	if a := realCheck(t, "miniflux", base, "", good).Account; a == nil || a.User.ID != "1" || a.User.Username != "otter" {
		t.Errorf("account %+v", a)
	}
}
