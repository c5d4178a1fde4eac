package katapult

import (
	"fmt"
	"net/http"
	"slices"

	"rollcall/client/demo/web"
)

func listOrganizations(_ *http.Request, acc *account) (any, *refusal) {
	if fail := acc.needs("organizations", "organizations:read"); fail != nil {
		return nil, fail
	}
	orgs := []web.Object{}
	for _, o := range acc.orgs {
		orgs = append(orgs, o.json())
	}
	return web.Object{"organizations": orgs}, nil
}

func showOrganization(r *http.Request, acc *account) (any, *refusal) {
	if fail := acc.needs("organizations", "organizations:read"); fail != nil {
		return nil, fail
	}
	o, fail := lookup(r, acc)
	if fail != nil {
		return nil, fail
	}
	full := o.json()
	full["billing_name"] = o.Name
	full["address1"], full["address2"] = "1 Harbour Street", nil
	full["address3"], full["address4"] = nil, nil
	full["postcode"], full["vat_number"], full["phone_number"] = "EX1 1EX", nil, nil
	full["currency"] = web.Object{"id": "cur_gbp", "name": "Pound sterling", "iso_code": "GBP", "symbol": "£"}
	full["country"] = web.Object{
		"id": "ctry_gb", "name": "United Kingdom", "iso_code2": "GB", "iso_code3": "GBR",
		"time_zone": "Europe/London", "eu": false,
	}
	full["country_state"] = nil
	return web.Object{"organization": full}, nil
}

// lookup finds the organization that a request names: by id or sub-domain in
// the query, else by the id in the path.
func lookup(r *http.Request, acc *account) (organization, *refusal) {
	id, sub := r.URL.Query().Get("organization[id]"), r.URL.Query().Get("organization[sub_domain]")
	if id != "" && sub != "" {
		return organization{}, errAmbiguousLookup()
	}
	if id == "" && sub == "" {
		id = r.PathValue("organization")
	}
	i := slices.IndexFunc(acc.orgs, func(o organization) bool {
		return (id != "" && o.ID == id) || (sub != "" && o.SubDomain == sub)
	})
	switch {
	case i < 0:
		return organization{}, errOrgNotFound()
	case acc.orgs[i].suspended:
		return organization{}, errOrgSuspended()
	}
	return acc.orgs[i], nil
}

// largeSet is the number of rows above which no totals are told.
const largeSet = 1000

// listTokens lists the tokens of one of the account's organizations, those of
// the accounts among them.
func listTokens(d *directory) endpoint {
	return func(r *http.Request, acc *account) (any, *refusal) {
		if fail := acc.needs("api_tokens", "api_tokens:read"); fail != nil {
			return nil, fail
		}
		o, fail := lookup(r, acc)
		if fail != nil {
			return nil, fail
		}
		// Not quite at the start, so that a caller has to look for them.
		all := others(o)
		all = slices.Insert(all, len(all)/5, d.recordsOf(o, acc)...)
		page := web.PageOf(r, all, web.Paging{Parameter: "per_page", Usual: 30, Most: 200})
		pagination := web.Object{"current_page": page.Number, "per_page": page.Size, "large_set": len(all) > largeSet}
		if len(all) <= largeSet {
			pagination["total"], pagination["total_pages"] = len(all), page.Last
		}
		return web.Object{"pagination": pagination, "api_tokens": page.Rows}, nil
	}
}

// others are the tokens of an organization that are no account's.
func others(o organization) []token {
	var all []token
	for i := range o.tokens {
		all = append(all, token{
			ID: fmt.Sprintf("apit_%012x%04d", o.created, i), Name: fmt.Sprintf("runner %d", i+1),
			OrganizationID: o.ID, Networks: []string{}, RateLimit: 100, Scopes: []string{"virtual_machines:read"},
		})
	}
	return all
}
