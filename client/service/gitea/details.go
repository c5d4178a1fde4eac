package gitea

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

const (
	// perPage is as many as Gitea gives unless it is set up otherwise; maxPages bounds
	// a list.
	perPage  = 50
	maxPages = 40
)

// asking asks for the details of one token. It learns the token's scopes from the
// refusal of any of them.
type asking struct {
	ask service.Ask
	// scopes are those of the token; nil until a refusal told them.
	scopes []string
}

// Details asks for the e-mail addresses, and for the organizations with what the
// user may do there. A token's scopes are told only in a refusal, so that they are
// known where one came.
func (Service) Details(ctx context.Context, ask service.Ask, q service.Asked, acc account.Account) (d service.Details) {
	s := asking{ask: ask, scopes: acc.Token.Scopes}
	var emails service.List[address]
	if err := s.get(ctx, "/user/emails", nil, &emails); err != nil {
		d.Notes = append(d.Notes, s.note(account.PartUser, "e-mail addresses", err))
	} else {
		d.Emails, d.Totals.Emails = texts(emails.Kept), emails.Total()
	}
	var note account.Notes
	d.Organizations, d.Totals.Organizations, note = s.organizations(ctx, q)
	d.Notes = append(d.Notes, note...)
	if s.scopes == nil && !q.Basic() {
		s.probe(ctx)
	}
	if s.scopes != nil {
		// Those that are known from before are told again: the identity answer has none.
		token := acc.Token
		token.Scopes = s.scopes
		d.Token = &token
	}
	return d
}

// address is an e-mail address of the user.
type address struct {
	Email   string `json:"email"`
	Primary bool   `json:"primary"`
}

// texts are the addresses, the primary one first.
func texts(all []address) []string {
	list := []string{}
	for _, first := range []bool{true, false} {
		for _, a := range all {
			if a.Email != "" && a.Primary == first {
				list = append(list, a.Email)
			}
		}
	}
	return list
}

// probe asks for what hardly any token may see, for the sake of the refusal. It is
// not asked again of a token whose scopes are known.
func (s *asking) probe(ctx context.Context) {
	var tasks service.List[struct{}]
	_ = s.get(ctx, "/admin/cron", url.Values{"limit": {"1"}}, &tasks)
}

// organization is one as lists and teams tell it.
type organization struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	OldName  string `json:"username"`
	FullName string `json:"full_name"`
}

type team struct {
	Permission   string       `json:"permission"`
	Organization organization `json:"organization"`
	// Units are what the team may do with each part of a repository.
	Units service.Lenient[service.Keyed[string]] `json:"units_map"`
}

// best is the most that the team may do anywhere. Its permission is "none" unless it
// may administer: the units tell the rest.
func (t team) best() string {
	best := t.Permission
	for _, p := range t.Units.V.Kept {
		if slices.Index(permissions, p) > slices.Index(permissions, best) {
			best = p
		}
	}
	return best
}

// permissions are what a team may do, from the least on.
var permissions = []string{"none", "read", "write", "admin", "owner"}

// organizations joins what the list of organizations tells with the best that a team
// of the user may do in each. Whoever belongs to an organization belongs to a team of it, so that
// the teams will do where the scopes do not allow the list.
func (s *asking) organizations(ctx context.Context, q service.Asked) (_ []account.Organization, total int, _ account.Notes) {
	teams, teamsMore, teamsErr := pages[team](ctx, s, "/user/teams")
	told, listMore, listErr := pages[organization](ctx, s, "/user/orgs")
	if teamsErr != nil && listErr != nil {
		return nil, 0, account.Notes{s.note(account.PartOrganizations, "organizations", listErr)}
	}
	list, roles := told.Kept, map[int64]string{}
	for _, t := range teams.Kept {
		list = append(list, t.Organization)
		id := t.Organization.ID
		if best := t.best(); slices.Index(permissions, best) > slices.Index(permissions, roles[id]) {
			roles[id] = best
		}
	}
	all := []account.Organization{}
	seen := map[int64]bool{}
	for _, o := range list {
		if o.ID == 0 || seen[o.ID] {
			continue
		}
		seen[o.ID] = true
		all = append(all, o.account(roles[o.ID], q))
	}
	var notes account.Notes
	if teamsErr != nil {
		notes = account.Notes{s.note(account.PartOrganizations, "teams", teamsErr)}
	}
	if listErr == nil && listMore > 0 || listErr != nil && teamsMore > 0 {
		total = max(listMore, teamsMore)
		notes = append(notes, account.Note{
			Kind: account.NoteLimited, About: account.PartOrganizations, What: "organizations", Count: len(all), Total: total,
		})
	}
	return all, max(total, told.Total()), notes
}

func (o organization) account(permission string, q service.Asked) account.Organization {
	name := cmp.Or(o.Name, o.OldName)
	org := account.Organization{ID: strconv.FormatInt(o.ID, 10), Name: cmp.Or(o.FullName, name), SubDomain: name}
	if org.SubDomain == org.Name {
		org.SubDomain = ""
	}
	if permission != "none" {
		org.Role = permission
	}
	if q.Base != "" && name != "" {
		org.URL = q.Base + "/" + url.PathEscape(name)
	}
	return org
}

// note says why something could not be read.
func (s *asking) note(about account.Part, what string, err error) account.Note {
	if refused, ok := errors.AsType[scopesError](err); ok {
		return account.Note{Kind: account.NoteRefused, About: about, What: what, Scope: text.AllOf(refused.missing())}
	}
	return service.Unread(about, what, err)
}

// scopesError is a request that the token's scopes do not allow.
type scopesError struct{ scopeRefusal }

func (e scopesError) Error() string { return "the token lacks the scope " + text.AllOf(e.missing()) }

// get asks for JSON. A refusal for lack of scopes tells those that there are.
func (s *asking) get(ctx context.Context, path string, query url.Values, v any) error {
	_, err := s.page(ctx, path, query, v)
	return err
}

// page is get for one page of a list: total is how many there are in all, or zero
// where the answer does not tell.
func (s *asking) page(ctx context.Context, path string, query url.Values, v any) (total int, err error) {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	err = service.Reading(ctx, s.ask, service.Request{Path: path}, func(a service.Answer) (err error) {
		total, err = s.read(a, v)
		return err
	})
	return total, err
}

// read reads an answer as JSON.
func (s *asking) read(a service.Answer, v any) (total int, err error) {
	if a.Status == 403 {
		if r, ok := readScopes(message(a.Body)); ok {
			if s.scopes == nil {
				s.scopes = r.own
			}
			if len(r.missing()) > 0 {
				return 0, scopesError{r}
			}
		}
	}
	if a.Status/100 != 2 {
		return 0, service.RefusedError{Status: a.Status, Code: message(a.Body)}
	}
	if problem := service.Decode(a, v); problem != "" {
		return 0, errors.New(problem)
	}
	total, _ = strconv.Atoi(a.Header.Get("X-Total-Count"))
	return total, nil
}

// pages asks for a whole list, a page after the other by number: links to the next page are
// made of the address that the installation believes to have. more is how many there
// are in all where they are too many.
func pages[T any](ctx context.Context, s *asking, path string) (all service.List[T], more int, err error) {
	for n := 1; n <= maxPages; n++ {
		var some service.List[T]
		total, err := s.page(ctx, path, url.Values{"limit": {fmt.Sprint(perPage)}, "page": {fmt.Sprint(n)}}, &some)
		if err != nil {
			return all, 0, err
		}
		all.Add(some)
		// An installation may give fewer a page than were asked for.
		if some.Told == 0 || all.Told >= total && (total > 0 || some.Told < perPage) {
			return all, 0, nil
		}
		more = total
	}
	return all, max(more, all.Told+1), nil
}
