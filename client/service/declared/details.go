package declared

import (
	"context"
	"errors"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// maxPages is how many pages of one list are asked for.
const maxPages = 10

// Details asks for the further pages of the identity answer, and for what the
// description names besides.
func (s *Service) Details(ctx context.Context, ask service.Ask, q service.Asked, known account.Account) service.Details {
	d := s.d()
	g := gathered{of: d, info: s.Info(), token: known.Token}
	if d.facts.next != nil && (d.facts.organizations != nil || d.facts.linked != nil || len(d.facts.emails) > 0) {
		own := d.facts
		own.expiry, own.scopes, own.tokenID, own.tokenName = nil, nil, nil, nil
		g.ask(ctx, ask, further{path: identityPath(q), facts: own})
	}
	for _, f := range d.more {
		g.ask(ctx, ask, f)
	}
	return g.told()
}

// gathered is what further requests have told.
type gathered struct {
	of      *description
	info    account.ServiceInfo
	token   account.Token
	details service.Details
	lists
}

// lists are those of an account, of which only the first elements are kept.
type lists struct {
	organizations service.List[account.Organization]
	linked        service.List[account.LinkedAccount]
	emails        service.List[string]
}

// take adds what an answer tells.
func (l *lists) take(f further, doc any) {
	organizations, total := f.organizations.groups(doc)
	l.organizations.Add(listOf(organizations, total))
	linked, total := f.linked.links(doc)
	l.linked.Add(listOf(linked, total))
	emails, total := f.addresses(doc)
	l.emails.Add(listOf(emails, total))
}

// add adds what other requests have told.
func (l *lists) add(other lists) {
	l.organizations.Add(other.organizations)
	l.linked.Add(other.linked)
	l.emails.Add(other.emails)
}

// listOf is a list with the total that is told of it; zero where it is whole.
func listOf[T any](all []T, total int) service.List[T] {
	return service.List[T]{Kept: all, Told: max(len(all), total)}
}

// told is the details with the lists; what nobody told of is nil.
func (g *gathered) told() service.Details {
	d := g.details
	d.Organizations, d.Totals.Organizations = g.organizations.Kept, g.organizations.Total()
	d.LinkedAccounts, d.Totals.LinkedAccounts = g.linked.Kept, g.linked.Total()
	d.Emails, d.Totals.Emails = g.emails.Kept, g.emails.Total()
	return d
}

// ask asks for all pages of one request. What it cannot get is left as it was, and
// noted.
func (g *gathered) ask(ctx context.Context, ask service.Ask, f further) {
	var got lists
	token, told := g.token, false
	err := g.of.pages(ctx, ask, f, func(r reply) {
		got.take(f, r.doc)
		told = f.complete(&token, r.doc, r.Header, r.At) || told
	})
	if err != nil {
		g.note(f, err)
		return
	}
	g.add(got)
	if told {
		g.token = token
		g.details.Token = &token
	}
}

// note notes what a request did not tell.
func (g *gathered) note(f further, err error) {
	add := func(part account.Part, what string) {
		g.details.Notes = append(g.details.Notes, service.Unread(part, what, err))
	}
	if f.organizations != nil {
		add(account.PartOrganizations, g.info.Groups())
	}
	if f.linked != nil {
		add(account.PartLinkedAccounts, g.info.Links())
	}
	if len(f.email)+len(f.emails) > 0 {
		add(account.PartUser, "e-mail addresses")
	}
	if f.expiry != nil || f.scopes != nil || len(f.tokenID)+len(f.tokenName) > 0 {
		add(account.PartToken, "token's own record")
	}
}

// pages asks for the pages of a request, and has each read.
func (d *description) pages(ctx context.Context, ask service.Ask, f further, read func(reply)) error {
	at := service.Request{Path: f.path}
	seen := map[string]bool{}
	for range maxPages {
		seen[at.Path] = true
		err := service.Reading(ctx, ask, at, func(a service.Answer) error {
			if a.Status/100 != 2 {
				return service.RefusedError{Status: a.Status}
			}
			r := d.reply(a)
			if problem := r.problem(); problem != "" {
				return errors.New(problem)
			}
			read(r)
			at.Path = f.next.after(r)
			return nil
		})
		if err != nil || at.Path == "" || seen[at.Path] {
			return err
		}
	}
	return nil
}

// after is the address of the page after an answer; empty where there is none.
func (n *next) after(r reply) string {
	switch {
	case n == nil:
		return ""
	case n.link:
		return service.NextPage(r.Answer)
	}
	for _, v := range n.path.nodes(r.doc) {
		if s := plain(v); s != "" {
			return service.Resolved(r.URL, text.Bound(s, 2000))
		}
	}
	return ""
}
