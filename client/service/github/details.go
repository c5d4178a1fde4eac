package github

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// maxPages is of how many pages, of a hundred each, a list is read.
const maxPages = 10

// Details asks for memberships, e-mail addresses and social accounts. What a token
// has no scope or permission for is noted, and harmless.
func (s Service) Details(ctx context.Context, ask service.Ask, q service.Asked, known account.Account) service.Details {
	r := reader{ctx: ctx, ask: ask, q: q}
	r.page, _ = s.site(q.Base)
	d := service.Details{Organizations: r.organizations(), Emails: r.emails(), LinkedAccounts: r.socialAccounts()}
	d.Notes = r.notes
	return d
}

// reader reads the lists of one user.
type reader struct {
	ctx   context.Context
	ask   service.Ask
	q     service.Asked
	page  string
	notes account.Notes
}

// listing is one of the lists: where it is, what it is called, and which scope it
// needs.
type listing struct {
	path, what string
	part       account.Part
	scope      string
}

// read reads a list, of which each page is taken. It reports whether it could be
// read; why not is noted.
func (r *reader) read(l listing, take func(service.Answer) error) bool {
	var last service.Answer
	watched := func(ctx context.Context, one service.Request) (a service.Answer, err error) {
		last, err = r.ask(ctx, one)
		return last, err
	}
	first := service.Request{Path: l.path + "?per_page=100", Bucket: core, Conditional: true}
	more, err := service.Pages(r.ctx, watched, first, maxPages, take)
	switch refusal, isRefused := errors.AsType[service.RefusedError](err); {
	case isRefused:
		r.notes = append(r.notes, r.refused(l, last, refusal))
	case err != nil:
		r.notes = append(r.notes, service.Unread(l.part, l.what, err))
	case more:
		r.notes = append(r.notes, account.Note{Kind: account.NoteUnfound, About: l.part, What: "rest of the " + l.what, Count: maxPages})
	}
	return err == nil
}

// refused is the note on a list that was refused.
func (r *reader) refused(l listing, a service.Answer, refusal service.RefusedError) account.Note {
	d := refused(a, r.q, l.what)
	if d.State == account.ScopeMissing || a.Status == 404 && l.scope != "" {
		n := account.Note{Kind: account.NoteRefused, About: l.part, What: l.what}
		if scopesOf(a.Header) != nil {
			n.Scope = l.scope
		}
		return n
	}
	return service.Unread(l.part, l.what, refusal)
}

// into reads the page of a list, of which each element is taken.
func into[T any](take func(T)) func(service.Answer) error {
	return func(a service.Answer) error {
		var page []T
		if problem := service.Decode(a, &page); problem != "" {
			return errors.New(problem)
		}
		for _, one := range page {
			take(one)
		}
		return nil
	}
}

// organization is one as lists have it: with a name for addresses, and no other.
type organization struct {
	ID    int64  `json:"id"`
	Login string `json:"login"`
}

// membership is that of the user in an organization.
type membership struct {
	State        service.Lenient[string] `json:"state"`
	Role         service.Lenient[string] `json:"role"`
	Organization organization            `json:"organization"`
}

// organizations are those of the user with their roles. A token that may not see
// the memberships may still see the organizations. Those that want single sign-on
// for the token are left out of the lists, and told of in a header.
func (r *reader) organizations() []account.Organization {
	all := []account.Organization{}
	add := func(o organization, role, access string) {
		if o.ID == 0 && o.Login == "" {
			return
		}
		all = append(all, account.Organization{
			ID: strconv.FormatInt(o.ID, 10), Name: o.Login, Role: strings.ReplaceAll(role, "_", " "), Access: access, URL: r.page + "/" + o.Login,
		})
	}
	hidden := func(read func(service.Answer) error) func(service.Answer) error {
		return func(a service.Answer) error {
			for _, id := range hiddenOrganizations(a.Header.Get("X-Github-Sso")) {
				if !slices.ContainsFunc(all, func(o account.Organization) bool { return o.ID == id }) {
					all = append(all, account.Organization{ID: id, Access: account.AccessSSORequired})
				}
			}
			return read(a)
		}
	}
	if r.read(listing{"/user/memberships/orgs", "memberships", account.PartOrganizations, "read:org"}, hidden(into(func(m membership) {
		access := ""
		if m.State.V == "pending" {
			access = account.AccessPending
		}
		add(m.Organization, m.Role.V, access)
	}))) {
		return all
	}
	if r.read(listing{"/user/orgs", "organizations", account.PartOrganizations, "read:org"}, hidden(into(func(o organization) { add(o, "", "") }))) {
		return all
	}
	// Both lists want the same scope, which is to be told once.
	r.notes = r.notes[1:]
	return nil
}

// hiddenOrganizations are the ids of those that a header says a list leaves out.
func hiddenOrganizations(header string) []string {
	rest, ok := strings.CutPrefix(header, "partial-results;")
	_, ids, named := strings.Cut(rest, "organizations=")
	if !ok || !named {
		return nil
	}
	ids, _, _ = strings.Cut(ids, ";")
	return list(text.Clip(ids, text.MaxDescription))
}

// email is one address of the user.
type email struct {
	Email   string `json:"email"`
	Primary bool   `json:"primary"`
}

// emails are the addresses of the user, the primary one first. Without the scope for
// them, the public one of the identity answer is all there is.
func (r *reader) emails() []string {
	all := []string{}
	if r.read(listing{"/user/emails", "e-mail addresses", account.PartUser, "user:email"}, into(func(e email) {
		switch {
		case e.Email == "":
		case e.Primary:
			all = slices.Insert(all, 0, e.Email)
		default:
			all = append(all, e.Email)
		}
	})) {
		return all
	}
	return nil
}

// socialAccount is an account elsewhere that the user names. Nobody has checked
// that it is theirs.
type socialAccount struct {
	Provider string `json:"provider"`
	URL      string `json:"url"`
}

func (r *reader) socialAccounts() []account.LinkedAccount {
	all := []account.LinkedAccount{}
	if !r.read(listing{"/user/social_accounts", "social accounts", account.PartLinkedAccounts, ""}, into(func(s socialAccount) {
		if s.URL != "" {
			all = append(all, account.LinkedAccount{IDP: s.Provider, SubjectID: s.URL})
		}
	})) {
		return nil
	}
	return all
}
