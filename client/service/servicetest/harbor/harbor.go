package harbor

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// The buckets of requests that Harbor counts.
const (
	BucketCore   = "core"
	BucketSearch = "search"
)

// Service is Harbor as rollcall asks it.
type Service struct{}

// Info describes Harbor.
func (Service) Info() account.ServiceInfo {
	return account.ServiceInfo{
		Name: "harbor", Title: "Harbor", Prefix: "/api", Path: "/whoami", Window: time.Minute, LimitPerUser: true,
		GroupsWord: "teams", Unlinked: true,
	}
}

// Address is that of an installation.
func (s Service) Address(base string, _ map[string]string) (service.Address, error) {
	return service.NewAddress(base, s.Info())
}

// Prepare shows the key in Harbor's own header, and says which version is meant.
func (Service) Prepare(h http.Header, b service.Bearer) {
	h.Set("X-Harbor-Key", b.Secret())
	h.Set("X-Harbor-Version", "2")
}

// Identify finds out where the user is to be asked for, and asks there. The answer
// names the user in a header.
func (Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	a, err := ask(ctx, service.Request{Path: q.Origin + "/.well-known/harbor", Bare: true, Conditional: true})
	if err != nil {
		return nil, service.Unanswered(err)
	}
	var at struct {
		User string `json:"user"`
	}
	if problem := service.Decode(a, &at); a.Status != http.StatusOK || problem != "" || at.User == "" {
		return nil, service.DiagnoseStatus(a, q)
	}
	return service.IdentifyBy(ctx, ask, q, service.Request{Path: at.User, Bucket: BucketCore, Conditional: true}, read)
}

// read tells what the answer to the question for the user means: a status of 200
// may be a refusal.
func read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	var body struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
		Name  string `json:"name"`
	}
	problem := service.Decode(a, &body)
	switch {
	case body.Error == "slow_down":
		return nil, service.Refusal(a, q, service.Diagnosed(account.RateLimited, "Harbor wants fewer requests.", service.WaitForLimit), body.Error, "")
	case body.Error == "revoked":
		return nil, service.Refusal(a, q, service.Diagnosed(account.InvalidToken, "The key was revoked.", q.Renew("in Harbor")), body.Error, "")
	case a.Status != http.StatusOK:
		return nil, service.Refusal(a, q, account.Diagnosis{}, body.Error, "")
	case problem != "":
		return nil, service.BadResponse(a, q, problem)
	}
	id := a.Header.Get("X-Harbor-User")
	if id == "" {
		return nil, service.BadResponse(a, q, "The answer does not say who the user is.")
	}
	return &account.Account{User: account.User{ID: id, FullName: body.Name}}, account.Diagnosis{State: account.Healthy}
}

// mostPages is how many pages of teams are asked for.
const mostPages = 5

// Details asks for the teams, which come in pages, and for the record of the key,
// which many keys may not read.
func (Service) Details(ctx context.Context, ask service.Ask, _ service.Asked, known account.Account) service.Details {
	d := service.Details{Organizations: []account.Organization{}}
	_, err := service.Pages(ctx, ask, service.Request{Path: "/teams", Bucket: BucketCore}, mostPages, func(a service.Answer) error {
		var page []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
			SSO  bool   `json:"sso"`
		}
		if err := json.Unmarshal(a.Body, &page); err != nil {
			return err
		}
		for _, team := range page {
			o := account.Organization{ID: team.ID, Name: team.Name}
			if team.SSO {
				o.Access = account.AccessSSORequired
			}
			d.Organizations = append(d.Organizations, o)
		}
		return nil
	})
	if err != nil {
		d.Notes = account.Notes{service.Unread(account.PartOrganizations, "teams", err)}
	}
	var record struct {
		Name string `json:"name"`
	}
	err = service.AskJSON(ctx, ask, service.Request{Path: "/keys/self", Bucket: BucketSearch}, &record, func([]byte) string { return "" })
	if err == nil {
		token := known.Token
		token.Name = record.Name
		d.Token = &token
	}
	return d
}
