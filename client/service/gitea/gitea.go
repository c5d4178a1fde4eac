package gitea

import (
	"cmp"
	"context"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Service is an installation of Gitea or Forgejo. Its wire format is that of
// templates/swagger/v1_json.tmpl in code.gitea.io/gitea v1.26.0; what a refusal says is
// in routers/api/v1/api.go and services/auth of the same.
type Service struct{}

func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name:       "gitea",
		Alias:      "forgejo",
		Title:      "Gitea",
		Prefix:     "/api/v1",
		Path:       "/user",
		Basic:      true,
		LateEmails: true,
	}
}

// Variables serves the Terraform provider of Gitea, which takes a token, or a user
// name and a password, and an address (code.gitea.io/terraform-provider-gitea v0.7.0).
// tea, the command-line tool, reads none: its tokens are in a file of its own.
func (Service) Variables(g service.Grant) (set []service.Variable, read []string) {
	read = []string{"GITEA_TOKEN", "GITEA_BASE_URL", "GITEA_USERNAME", "GITEA_PASSWORD"}
	set = []service.Variable{{Name: "GITEA_BASE_URL", Value: g.Base}}
	if g.Username != "" {
		return append(set, service.Variable{Name: "GITEA_USERNAME", Value: g.Username},
			service.Variable{Name: "GITEA_PASSWORD", Value: g.Secret}), read
	}
	return append(set, service.Variable{Name: "GITEA_TOKEN", Value: g.Secret}), read
}

// TokenPage is the part of the user's settings where tokens are made. It takes no
// scopes in its address.
func (Service) TokenPage(base string) string { return base + "/user/settings/applications" }

// Address is that of the installation, with the prefix of its API.
func (s Service) Address(base string, _ map[string]string) (service.Address, error) {
	return service.NewAddress(base, s.Info())
}

// Prepare shows the token in the way that all versions understand.
func (Service) Prepare(h http.Header, b service.Bearer) {
	if b.Basic() {
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(b.Username()+":"+b.Secret())))
		return
	}
	h.Set("Authorization", "token "+b.Secret())
}

// Identify asks for the user of the token or password.
func (s Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	return service.IdentifyBy(ctx, ask, q, service.Request{Path: s.Info().Path}, read)
}

// identity is the answer to the identity request. The lenient fields are those that
// versions have and others lack.
type identity struct {
	ID        int64  `json:"id"`
	Login     string `json:"login"`
	FullName  string `json:"full_name"`
	Email     string `json:"email"`
	AvatarURL string `json:"avatar_url"`

	HTMLURL      service.Lenient[string] `json:"html_url"`
	Created      service.Lenient[string] `json:"created"`
	LastLogin    service.Lenient[string] `json:"last_login"`
	LoginName    service.Lenient[string] `json:"login_name"`
	SourceID     service.Lenient[int64]  `json:"source_id"`
	IsAdmin      service.Lenient[bool]   `json:"is_admin"`
	Restricted   service.Lenient[bool]   `json:"restricted"`
	Active       service.Lenient[*bool]  `json:"active"`
	ProhibitSign service.Lenient[bool]   `json:"prohibit_login"`
	OldLogin     service.Lenient[string] `json:"username"`
}

func read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	if a.Status/100 != 2 {
		return nil, refused(a, q)
	}
	var body identity
	if problem := service.Decode(a, &body); problem != "" {
		return nil, service.BadResponse(a, q, problem)
	}
	if body.ID == 0 {
		return nil, refused(a, q)
	}
	if body.ID < 0 {
		return nil, ofAJob(q)
	}
	acc := body.account()
	if q.Basic() {
		acc.Token.Kind = passwordKind
	}
	switch active := body.Active.V; {
	case body.ProhibitSign.V:
		return acc, prohibited(q)
	case active != nil && !*active:
		return acc, inactive(q)
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

const passwordKind = "password"

// ofAJob is the diagnosis of a token that a job of Gitea Actions is given: it acts
// as a user of the system, whose id is below zero.
func ofAJob(q service.Asked) account.Diagnosis {
	return service.Diagnosed(account.NoUser, "The token is good, but it belongs to a job of Gitea Actions and not to a person.",
		"Nothing is broken; it ends with its job. To see a person here, use a token of a user"+q.Kept()+".")
}

func (u identity) account() *account.Account {
	acc := &account.Account{User: account.User{
		ID:        strconv.FormatInt(u.ID, 10),
		FullName:  strings.TrimSpace(u.FullName),
		Username:  cmp.Or(u.Login, u.OldLogin.V),
		AvatarURL: u.AvatarURL,
		URL:       u.HTMLURL.V,
	}}
	if u.Email != "" {
		acc.User.Emails = []string{u.Email}
	}
	if at, ok := moment(u.Created.V); ok {
		acc.User.CreatedAt = at
	}
	if u.SourceID.V != 0 && u.LoginName.V != "" {
		acc.LinkedAccounts = []account.LinkedAccount{{
			IDP: "source " + strconv.FormatInt(u.SourceID.V, 10), SubjectID: u.LoginName.V,
		}}
	}
	fact := func(name, value string) {
		acc.Token.Facts = append(acc.Token.Facts, account.Fact{Name: name, Value: value, Source: "service"})
	}
	switch {
	case u.IsAdmin.V:
		fact("user is", "a site administrator")
	case u.Restricted.V:
		fact("user is", "restricted to what is shared with it")
	}
	if u.LastLogin.V != "" {
		last := "never"
		if at, ok := moment(u.LastLogin.V); ok {
			last = at.Format(time.DateOnly)
		}
		fact("last sign-in", last)
	}
	return acc
}

// moment reads a time. Gitea writes one that there never was as the beginning of the
// year 1 or of 1970: ok is false for these.
func moment(s string) (at time.Time, ok bool) {
	at, err := time.Parse(time.RFC3339, s)
	return at.UTC(), err == nil && at.Unix() > 0 && !at.After(service.MaxTime)
}
