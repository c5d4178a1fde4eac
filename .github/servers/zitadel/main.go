// Command zitadel runs the example provider of github.com/zitadel/oidc on loopback, signs its test
// user in as a browser would, and prints the issuer and the access tokens as one line of
// JSON. It ends when its input does.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

const callback = "http://localhost:9/callback"

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fail(err)
	}
	issuer := fmt.Sprintf("http://localhost:%d/", l.Addr().(*net.TCPAddr).Port)
	storage.RegisterClients(storage.WebClient("web", "secret", callback))
	handler := exampleop.SetupServer(issuer, storage.NewStorage(storage.NewUserStore(issuer)), slog.New(slog.DiscardHandler), false)
	go func() { fail(http.Serve(l, handler)) }()

	told := map[string]string{"issuer": issuer}
	for name, scope := range map[string]string{"full": "openid profile email", "bare": "openid"} {
		if told[name], err = signIn(issuer, scope); err != nil {
			fail(err)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		fail(err)
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// fail ends the program. The example has taken over the usual log.
func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// signIn is the access token that the test user gives to the client web.
func signIn(issuer, scope string) (token string, err error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	browser := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	at := issuer + "auth?" + url.Values{
		"client_id": {"web"}, "redirect_uri": {callback}, "response_type": {"code"}, "scope": {scope}, "state": {"x"},
	}.Encode()
	page, err := next(browser.Get(at))
	if err != nil {
		return "", err
	}
	form := url.Values{"id": {page.Query().Get("authRequestID")}, "username": {"test-user@localhost"}, "password": {"verysecure"}}
	page, err = next(browser.PostForm(page.String(), form))
	if err != nil {
		return "", err
	}
	if page, err = next(browser.Get(page.String())); err != nil {
		return "", err
	}
	body := url.Values{"grant_type": {"authorization_code"}, "code": {page.Query().Get("code")}, "redirect_uri": {callback}}
	r, err := http.NewRequest(http.MethodPost, issuer+"oauth/token", strings.NewReader(body.Encode()))
	if err != nil {
		return "", err
	}
	r.SetBasicAuth("web", "secret")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	a, err := browser.Do(r)
	if err != nil {
		return "", err
	}
	defer a.Body.Close()
	var got struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(a.Body).Decode(&got); err != nil || got.AccessToken == "" {
		return "", fmt.Errorf("no token with status %d: %v", a.StatusCode, err)
	}
	return got.AccessToken, nil
}

// next is where an answer leads.
func next(a *http.Response, err error) (*url.URL, error) {
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	to, err := a.Location()
	if err != nil {
		return nil, fmt.Errorf("%s answered with status %d: %w", a.Request.URL.Path, a.StatusCode, err)
	}
	return to, nil
}
