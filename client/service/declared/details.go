package declared

import (
	"context"
	"errors"
	"slices"

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
	g := gathered{info: s.Info(), token: known.Token}
	if d.facts.next != nil && (d.facts.organizations != nil || d.facts.linked != nil || len(d.facts.emails) > 0) {
		own := d.facts
		own.expiry, own.scopes, own.tokenID, own.tokenName = nil, nil, nil, nil
		g.ask(ctx, ask, further{path: identityPath(q), facts: own})
	}
	for _, f := range d.more {
		g.ask(ctx, ask, f)
	}
	return g.details
}

// gathered is what further requests have told.
type gathered struct {
	info    account.ServiceInfo
	token   account.Token
	details service.Details
}

// ask asks for all pages of one request. What it cannot get is left as it was, and
// noted.
func (g *gathered) ask(ctx context.Context, ask service.Ask, f further) {
	got := service.Details{}
	token, told := g.token, false
	err := pages(ctx, ask, f, func(r reply) {
		got.Organizations = join(got.Organizations, f.organizations.groups(r.doc))
		got.LinkedAccounts = join(got.LinkedAccounts, f.linked.links(r.doc))
		got.Emails = join(got.Emails, f.addresses(r.doc))
		told = f.complete(&token, r.doc, r.Header, r.At) || told
	})
	if err != nil {
		g.note(f, err)
		return
	}
	g.details.Organizations = join(g.details.Organizations, got.Organizations)
	g.details.LinkedAccounts = join(g.details.LinkedAccounts, got.LinkedAccounts)
	g.details.Emails = join(g.details.Emails, got.Emails)
	if told {
		g.token = token
		g.details.Token = &token
	}
}

// join is a list with what another adds; nil where nobody told of any.
func join[T any](all, more []T) []T {
	if all == nil {
		return more
	}
	return append(slices.Clip(all), more...)
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
func pages(ctx context.Context, ask service.Ask, f further, read func(reply)) error {
	at := service.Request{Path: f.path}
	seen := map[string]bool{}
	for range maxPages {
		seen[at.Path] = true
		a, err := ask(ctx, at)
		if err != nil {
			return err
		}
		if a.Status/100 != 2 {
			return service.RefusedError{Status: a.Status}
		}
		r := newReply(a)
		if problem := r.problem(); problem != "" {
			return errors.New(problem)
		}
		read(r)
		if at.Path = f.next.after(r); at.Path == "" || seen[at.Path] {
			return nil
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
