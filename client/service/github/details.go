package github

import (
	"context"
	"errors"

	"rollcall/client/account"
	"rollcall/client/service"
)

// maxPages is of how many pages, of a hundred each, a list is read.
const maxPages = 10

// Details asks for memberships, e-mail addresses and social accounts. What a token
// has no scope or permission for is noted, and harmless.
func (s Service) Details(ctx context.Context, ask service.Ask, q service.Asked, known account.Account) service.Details {
	r := reader{ctx: ctx, ask: ask, q: q}
	r.page, _ = s.site(q.Base)
	d := service.Details{Organizations: r.organizations(known.Organizations), Emails: r.emails(), LinkedAccounts: r.socialAccounts()}
	d.Totals, d.Notes, d.Rates = r.totals, r.notes, r.budgets()
	return d
}

// reader reads the lists of one user.
type reader struct {
	ctx   context.Context
	ask   service.Ask
	q     service.Asked
	page  string
	notes account.Notes
	// totals are those of the lists that are longer than what is kept of them.
	totals account.Totals
}

// listing is one of the lists: where it is, what it is called, and which scope it
// needs; empty for none.
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
	refusal, isRefused := errors.AsType[service.RefusedError](err)
	switch {
	case isRefused:
		r.notes = append(r.notes, r.refused(l, last, refusal))
	case err != nil:
		r.notes = append(r.notes, service.Unread(l.part, l.what, err))
	case more:
		r.notes = append(r.notes, account.Note{Kind: account.NoteUnfound, About: l.part, What: "rest of the " + l.what, Count: maxPages})
	}
	return err == nil
}

// refused is the note on a list that was refused. What a token lacks is told as
// scope or permission; some lists hide behind a status of their own.
func (r *reader) refused(l listing, a service.Answer, refusal service.RefusedError) account.Note {
	lacks := refused(a, r.q, l.what).State == account.ScopeMissing || a.Status == 404 && l.scope != ""
	if !lacks {
		return service.Unread(l.part, l.what, refusal)
	}
	n := account.Note{Kind: account.NoteRefused, About: l.part, What: l.what, Scope: l.scope}
	if l.scope != "" && scopesOf(a.Header) != nil {
		return n
	}
	// The token has permissions in place of scopes.
	n = account.Note{Kind: account.NoteUnread, About: l.part, What: l.what, Cause: "the token lacks a permission for it"}
	if needed := lackedPermissions(a.Header, r.q); needed != "" {
		n.Cause = "the token lacks the permission to " + needed
	}
	return n
}

// into reads the page of a list, and adds it to those before.
func into[T any](all *service.List[T]) func(service.Answer) error {
	return func(a service.Answer) error {
		var page service.List[T]
		if problem := service.Decode(a, &page); problem != "" {
			return errors.New(problem)
		}
		all.Add(page)
		return nil
	}
}

// email is one address of the user.
type email struct {
	Email    string `json:"email"`
	Primary  bool   `json:"primary"`
	Verified bool   `json:"verified"`
}

// emails are the addresses of the user that were found to be theirs, the primary one
// first. Nil without the scope for them: the public one of the identity answer is
// then all there is.
func (r *reader) emails() []string {
	var told service.List[email]
	if !r.read(listing{"/user/emails", "e-mail addresses", account.PartUser, "user:email"}, into(&told)) {
		return nil
	}
	all := []string{}
	for _, first := range []bool{true, false} {
		for _, e := range told.Kept {
			if e.Email != "" && e.Verified && e.Primary == first {
				all = append(all, e.Email)
			}
		}
	}
	r.totals.Emails = told.Total()
	return all
}

// socialAccount is an account elsewhere that the user names. Nobody has checked
// that it is theirs.
type socialAccount struct {
	Provider string `json:"provider"`
	URL      string `json:"url"`
}

// socialAccounts are the linked accounts; nil where they could not be read.
func (r *reader) socialAccounts() []account.LinkedAccount {
	var told service.List[socialAccount]
	if !r.read(listing{path: "/user/social_accounts", what: "social accounts", part: account.PartLinkedAccounts}, into(&told)) {
		return nil
	}
	all := []account.LinkedAccount{}
	for _, s := range told.Kept {
		if s.URL != "" {
			all = append(all, account.LinkedAccount{IDP: s.Provider, SubjectID: s.URL})
		}
	}
	r.totals.LinkedAccounts = told.Total()
	return all
}
