package gitlab

import (
	"context"
	"errors"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// maxPages is of how many pages, of a hundred each, a list is read.
const maxPages = 10

// Details asks for the token's own record, the groups and the further addresses.
func (s Service) Details(ctx context.Context, ask service.Ask, q service.Asked, known account.Account) service.Details {
	r := reader{ctx: ctx, ask: ask, q: q}
	d := service.Details{Token: r.token(known.Token), Organizations: r.groups(), Emails: r.emails()}
	d.Totals, d.Notes = r.totals, r.notes
	return d
}

// reader reads what belongs to one token.
type reader struct {
	ctx   context.Context
	ask   service.Ask
	q     service.Asked
	notes account.Notes
	// totals are those of the lists that are longer than what is kept of them.
	totals account.Totals
}

// recordWord is what the record of a token is called in notes.
const recordWord = "token's own record"

// token is what the server tells of the token; nil where it tells nothing. An older
// server takes the word self for a number that it does not know, and refuses it as it
// refuses a bad token: that says nothing about this one.
func (r *reader) token(known account.Token) *account.Token {
	if isOAuth(r.q.Secret()) {
		return r.grant(known)
	}
	kept, err := askRecord(r.ctx, r.ask, false)
	refusal, refused := errors.AsType[service.RefusedError](err)
	switch {
	case err == nil && kept.ID > 0:
		return kept.token(known)
	case refused && (refusal.Status == 401 || refusal.Alone()):
		r.notes = append(r.notes, account.Note{Kind: account.NoteUnread, About: account.PartToken, What: recordWord,
			Cause: "this GitLab tells no token of itself, as those before 15.5 do not"})
	case err != nil:
		r.unread(account.PartToken, recordWord, err)
	}
	return nil
}

// grant is what the server tells of a token of OAuth; nil where it tells nothing.
func (r *reader) grant(known account.Token) *account.Token {
	var told grant
	var at time.Time
	err := service.Reading(r.ctx, r.ask, service.Request{Path: r.q.Base + "/oauth/token/info"}, func(a service.Answer) error {
		if at = a.At; a.Status/100 != 2 || service.Decode(a, &told) != "" {
			return service.RefusedError{Status: a.Status}
		}
		return nil
	})
	if err == nil {
		return told.token(known, at)
	}
	r.notes = append(r.notes, account.Note{Kind: account.NoteUnread, About: account.PartToken, What: recordWord,
		Cause: "this GitLab tells no token of OAuth of itself"})
	return nil
}

// unread notes that a part could not be read.
func (r *reader) unread(part account.Part, what string, err error) {
	r.notes = append(r.notes, service.Unread(part, what, err))
}

// list reads a list of all pages.
func list[T any](r *reader, part account.Part, what, path string) (all service.List[T], err error) {
	more, err := service.Pages(r.ctx, r.ask, service.Request{Path: path, Conditional: true}, maxPages, func(a service.Answer) error {
		var page service.List[T]
		if problem := service.Decode(a, &page); problem != "" {
			return errors.New(problem)
		}
		all.Add(page)
		return nil
	})
	if more {
		r.notes = append(r.notes, account.Note{Kind: account.NoteUnfound, About: part, What: "rest of the " + what, Count: maxPages})
	}
	return all, err
}

// email is a further address of the user.
type email struct {
	Email       string                  `json:"email"`
	ConfirmedAt service.Lenient[string] `json:"confirmed_at"`
}

// emails are the addresses of the identity answer with the confirmed further ones;
// nil where they could not be read. What is known already may have addresses that the
// user has removed, so that the user is asked for once more, which costs little where
// nothing has changed.
func (r *reader) emails() []string {
	var u user
	me := service.Request{Path: Service{}.Info().Path, Conditional: true}
	if service.AskJSON(r.ctx, r.ask, me, &u, func([]byte) string { return "" }) != nil {
		return nil
	}
	all := append([]string{}, u.account().User.Emails...)
	const what = "further e-mail addresses"
	told, err := list[email](r, account.PartUser, what, "/user/emails?per_page=100")
	if err != nil {
		r.unread(account.PartUser, what, err)
		return nil
	}
	for _, e := range told.Kept {
		if e.ConfirmedAt.V != "" {
			all = append(all, e.Email)
		}
	}
	r.totals.Emails = told.Total()
	return append([]string{}, distinct(all...)...)
}
