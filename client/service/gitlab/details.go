package gitlab

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
)

// maxPages is of how many pages, of a hundred each, a list is read.
const maxPages = 10

// Details asks for the token's own record, the groups and the further addresses.
func (s Service) Details(ctx context.Context, ask service.Ask, q service.Asked, known account.Account) service.Details {
	r := reader{ctx: ctx, ask: ask, q: q}
	d := service.Details{Token: r.token(known.Token), Organizations: r.groups(), Emails: r.emails()}
	d.Notes = r.notes
	return d
}

// reader reads what belongs to one token.
type reader struct {
	ctx   context.Context
	ask   service.Ask
	q     service.Asked
	notes account.Notes
}

// recordWord is what the record of a token is called in notes.
const recordWord = "token's own record"

// token is what the server tells of the token; nil where it tells nothing. An older
// server takes the word self for a number that it does not know, and refuses it as it
// refuses a bad token: that says nothing about this one.
func (r *reader) token(known account.Token) *account.Token {
	code := func(body []byte) string { return readRefusal(body).code() }
	var kept record
	err := service.AskJSON(r.ctx, r.ask, service.Request{Path: "/personal_access_tokens/self"}, &kept, code)
	if err == nil && kept.ID != 0 {
		return kept.token(known, strconv.FormatInt(kept.ID, 10))
	}
	if refusal, ok := errors.AsType[service.RefusedError](err); !ok || refusal.Status != 401 && refusal.Status != 404 {
		r.unread(account.PartToken, recordWord, err)
		return nil
	}
	if known.Kind != kindOf(strings.Repeat("0", 64)).word {
		r.notes = append(r.notes, account.Note{Kind: account.NoteUnread, About: account.PartToken, What: recordWord,
			Cause: "the server is too old to tell a token of itself, or this is no access token"})
		return nil
	}
	a, err := r.ask(r.ctx, service.Request{Path: r.q.Base + "/oauth/token/info"})
	var told grant
	if err != nil || a.Status/100 != 2 || service.Decode(a, &told) != "" {
		return nil
	}
	return told.token(known, a.At)
}

func (r *reader) unread(part account.Part, what string, err error) {
	if err != nil {
		r.notes = append(r.notes, service.Unread(part, what, err))
	}
}

// list reads a list of all pages.
func list[T any](r *reader, path string, take func(T)) error {
	more, err := service.Pages(r.ctx, r.ask, service.Request{Path: path}, maxPages, func(a service.Answer) error {
		var page []T
		if problem := service.Decode(a, &page); problem != "" {
			return errors.New(problem)
		}
		for _, one := range page {
			take(one)
		}
		return nil
	})
	if more {
		r.notes = append(r.notes, account.Note{Kind: account.NoteUnfound, What: "rest of a list", Count: maxPages})
	}
	return err
}

// group is one as lists have it.
type group struct {
	ID       int64                   `json:"id"`
	Name     service.Lenient[string] `json:"name"`
	FullName service.Lenient[string] `json:"full_name"`
	FullPath service.Lenient[string] `json:"full_path"`
	WebURL   service.Lenient[string] `json:"web_url"`
	// Level is what the user may do, told by newer servers.
	Level service.Lenient[int] `json:"access_levels"`
}

func (g group) organization() account.Organization {
	o := account.Organization{ID: strconv.FormatInt(g.ID, 10), Name: g.FullName.V, SubDomain: g.FullPath.V, Kind: "group", URL: g.WebURL.V, Role: level(g.Level.V)}
	if o.Name == "" {
		o.Name = g.Name.V
	}
	return o
}

// level is an access level in the words of GitLab's pages; empty for none.
func level(n int) string {
	words := map[int]string{
		5: "minimal access", 10: "guest", 15: "planner", 20: "reporter", 30: "developer", 40: "maintainer", 50: "owner",
	}
	if word, ok := words[n]; ok || n == 0 {
		return word
	}
	return fmt.Sprint("level ", n)
}

// groups are those of the user. Newer servers tell them with the level, whatever the
// scopes of the token.
func (r *reader) groups() []account.Organization {
	all := []account.Organization{}
	take := func(g group) {
		if g.ID != 0 {
			all = append(all, g.organization())
		}
	}
	if err := associations(r, take); err == nil {
		return all
	}
	all = []account.Organization{}
	err := list(r, "/groups?min_access_level=10&top_level_only=true&per_page=100", take)
	refusal, refused := errors.AsType[service.RefusedError](err)
	switch {
	case err == nil:
		return all
	case refused && refusal.Status == 403:
		r.notes = append(r.notes, account.Note{Kind: account.NoteRefused, About: account.PartOrganizations, What: "groups", Scope: "read_api"})
	default:
		r.unread(account.PartOrganizations, "groups", err)
	}
	return nil
}

// associations are the groups that the token reaches.
func associations(r *reader, take func(group)) error {
	path := "/personal_access_tokens/self/associations?min_access_level=10&per_page=100"
	_, err := service.Pages(r.ctx, r.ask, service.Request{Path: path}, maxPages, func(a service.Answer) error {
		var page struct {
			Groups []group `json:"groups"`
		}
		if problem := service.Decode(a, &page); problem != "" {
			return errors.New(problem)
		}
		for _, g := range page.Groups {
			take(g)
		}
		return nil
	})
	return err
}

// emails are the addresses of the identity answer with the confirmed further ones.
// What is known already may have addresses that the user has removed.
func (r *reader) emails() []string {
	var u user
	if err := service.AskJSON(r.ctx, r.ask, service.Request{Path: Service{}.Info().Path, Conditional: true}, &u, func([]byte) string { return "" }); err != nil {
		return nil
	}
	all := append([]string{}, u.account().User.Emails...)
	err := list(r, "/user/emails", func(e struct {
		Email       string                  `json:"email"`
		ConfirmedAt service.Lenient[string] `json:"confirmed_at"`
	}) {
		if e.ConfirmedAt.V != "" {
			all = distinct(append(all, e.Email)...)
		}
	})
	if err != nil {
		r.unread(account.PartUser, "further e-mail addresses", err)
		return nil
	}
	return all
}
