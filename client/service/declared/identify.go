package declared

import (
	"context"
	"net/http"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// reply is an answer as a description reads it.
type reply struct {
	service.Answer
	// doc is the body as JSON; wrong says why it is none.
	doc   any
	wrong error
}

func (d *description) reply(a service.Answer) reply {
	doc, err := decode(service.TrimBody(a.Body), d.filters)
	return reply{a, doc, err}
}

// identityPath is that of the identity request below the root of the address.
func identityPath(q service.Asked) string { return strings.TrimPrefix(q.Endpoint, q.Root) }

// Identify asks for the user.
func (s *Service) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	return service.IdentifyBy(ctx, ask, q, service.Request{Path: identityPath(q)}, s.Read)
}

// Read tells what the answer to the identity request means.
func (s *Service) Read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	d := s.d()
	r := d.reply(a)
	if rule, ok := d.rule(r); ok && rule.state != account.Healthy {
		return nil, service.Refusal(a, q, rule.diagnose(a, q, d.title), d.code.text(r.doc), d.words.text(r.doc))
	} else if !ok && a.Status/100 != 2 {
		return nil, d.refused(r, q)
	}
	if d.needsBody() || service.IsWebPage(a) {
		if problem := r.problem(); problem != "" {
			return nil, service.BadResponse(a, q, problem)
		}
	}
	acc := d.account(r)
	if acc.User.ID == "" && !d.anonymous {
		if code := d.code.text(r.doc); code != "" {
			return nil, service.Refusal(a, q, d.unnamed(r, q), code, d.words.text(r.doc))
		}
		return nil, d.unnamed(r, q)
	}
	return acc, account.Diagnosis{State: account.Healthy}
}

// rule is the first rule that an answer fits.
func (d *description) rule(r reply) (rule, bool) {
	for _, one := range d.rules {
		if one.fits(r.Status, r.doc, r.wrong == nil) {
			return one, true
		}
	}
	return rule{}, false
}

// refused is what a refusal means of which no rule speaks.
func (d *description) refused(r reply, q service.Asked) account.Diagnosis {
	code, words := d.code.text(r.doc), d.words.text(r.doc)
	if r.Status == http.StatusUnauthorized && r.wrong == nil {
		// JSON is the service's own answer, and not one of a gateway before it.
		usual := usual(account.InvalidToken, q, d.title)
		usual.Description = service.ErrorText(r.Answer)
		return service.Refusal(r.Answer, q, usual, code, words)
	}
	if code == "" {
		return service.Refusal(r.Answer, q, account.Diagnosis{}, "", words)
	}
	return service.Refusal(r.Answer, q, service.ByStatus(r.Answer, q, d.title, code), code, words)
}

// unnamed is what an answer means that should name the user and does not.
func (d *description) unnamed(r reply, q service.Asked) account.Diagnosis {
	return service.BadResponse(r.Answer, q, "The answer does not say who the user is: it has no id at "+d.user.id.String()+".")
}

// needsBody reports whether a good answer must be JSON.
func (d *description) needsBody() bool {
	if !d.anonymous {
		return true
	}
	f := d.facts
	return f.organizations != nil || f.linked != nil || len(f.tokenID)+len(f.tokenName) > 0 ||
		f.expiry != nil && f.expiry.header == "" || f.scopes != nil && f.scopes.header == ""
}

// problem says in a sentence why an answer is not what was promised; empty where
// nothing is wrong with it.
func (r reply) problem() string {
	switch r.wrong {
	case nil:
		return ""
	case errNotJSON:
		// The words that say where it breaks off are those of all services.
		var any any
		if problem := service.Decode(r.Answer, &any); problem != "" {
			return problem
		}
	}
	return text.Sentence(r.wrong.Error())
}

// account is what the identity answer tells.
func (d *description) account(r reply) *account.Account {
	u := d.user
	acc := &account.Account{
		User: account.User{
			ID: u.id.text(r.doc), FullName: u.name.text(r.doc), Username: u.username.text(r.doc), AvatarURL: u.avatar.text(r.doc),
			URL: u.url.text(r.doc),
		},
	}
	acc.User.Emails, acc.Totals.Emails = d.facts.addresses(r.doc)
	acc.Organizations, acc.Totals.Organizations = d.facts.organizations.groups(r.doc)
	acc.LinkedAccounts, acc.Totals.LinkedAccounts = d.facts.linked.links(r.doc)
	if v, ok := u.created.value(r.doc); ok {
		acc.User.CreatedAt = created(v)
	}
	d.facts.complete(&acc.Token, r.doc, r.Header, r.At)
	return acc
}

// addresses are the e-mail addresses that an answer tells, and how many it has where not
// all are kept.
func (f facts) addresses(doc any) (all []string, total int) {
	seen, more := map[string]bool{}, 0
	for _, one := range []field{f.email, f.emails} {
		found, rest := one.find(doc)
		for _, address := range found {
			if folded := strings.ToLower(address); !seen[folded] {
				seen[folded] = true
				all = append(all, address)
			}
		}
		more += rest
	}
	if more > 0 {
		total = len(all) + more
	}
	return all, total
}

// complete adds to a token what an answer tells of it, and reports whether that is
// anything.
func (f facts) complete(t *account.Token, doc any, h http.Header, now time.Time) (some bool) {
	if id := f.tokenID.text(doc); id != "" {
		t.ID, some = id, true
	}
	if name := f.tokenName.text(doc); name != "" {
		t.Name, some = name, true
	}
	if end, ok := f.expiry.found(doc, h, now); ok {
		t.Expiry, some = end, true
	}
	if all, total := f.scopes.found(doc, h); all != nil {
		t.Scopes, t.Totals.Scopes, some = all, total, true
	}
	return some
}
