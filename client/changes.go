package client

import (
	"cmp"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// expiryJitter is how far an expiry may move without being another one: some
// services tell the time that is left, which never gives quite the same date.
const expiryJitter = time.Minute

// stateChange is the change from one state to another; nil where they are the
// same, or where one of them says nothing about the profile.
func stateChange(before, after account.State, at time.Time) []account.Change {
	if before == after || !says(before) || !says(after) {
		return nil
	}
	return []account.Change{{At: at, Kind: account.ChangeState, Was: account.Value{State: before}, Is: account.Value{State: after}}}
}

// accountChanges lists what is different in the account and its token, always
// in the same order. What is not known in one of them is no difference. Of
// another user it tells only that it is another: nothing of the two is
// comparable.
func accountChanges(before, after *account.Account, at time.Time) []account.Change {
	if before == nil || after == nil || before == after {
		return nil
	}
	j := journal{at: at}
	old, now := before.User, after.User
	if old.ID != now.ID {
		j.add(account.ChangeUser, "", userValue(old), userValue(now))
		return j.changes
	}
	j.add(account.ChangeUser, "full name", named(old.WholeName()), named(now.WholeName()))
	j.add(account.ChangeUser, "user name", named(old.Username), named(now.Username))
	was, is := before.Totals, after.Totals
	j.sets(account.ChangeEmail, names(old.Emails), names(now.Emails), both{was.Emails, is.Emails})
	if before.Organizations != nil && after.Organizations != nil {
		j.organizations(before.Organizations, after.Organizations, both{was.Organizations, is.Organizations})
	}
	j.sets(account.ChangeLinkedAccount, linkedValues(before.LinkedAccounts), linkedValues(after.LinkedAccounts),
		both{was.LinkedAccounts, is.LinkedAccounts})
	j.token(before.Token, after.Token)
	return j.changes
}

// journal gathers the changes of a moment.
type journal struct {
	at      time.Time
	changes []account.Change
}

// add notes a change unless the two are the same, or look so: what one version of the
// program kept of a name, another may have left out or marked.
func (j *journal) add(kind account.ChangeKind, what string, was, is account.Value) {
	if !seen(was).Same(seen(is)) {
		j.changes = append(j.changes, account.Change{At: j.at, Kind: kind, What: text.Clip(what, text.MaxFact), Was: bounded(was), Is: bounded(is)})
	}
}

// KeptPrecision is how exactly the store keeps a time. A change must be the same
// one when it comes back.
const KeptPrecision = time.Millisecond

// maxNetworks is how many networks of a change are kept.
const maxNetworks = 40

func bounded(v account.Value) account.Value {
	name := text.MaxFact
	if v.ID != "" {
		name /= 2
	}
	v.Name, v.ID = text.Clip(v.Name, name), text.Clip(v.ID, text.MaxFact)
	v.At = v.At.Truncate(KeptPrecision)
	v.Networks = v.Networks[:min(len(v.Networks), maxNetworks)]
	return v
}

// addKnown notes a change of something that is zero where it is not known.
func (j *journal) addKnown(kind account.ChangeKind, what string, was, is account.Value) {
	if !was.IsZero() && !is.IsZero() {
		j.add(kind, what, was, is)
	}
}

// both are the totals of a list before and after; zero where all of it is known.
type both struct{ was, is int }

// sets notes what was removed and what was added. What is not among the known part of a
// list may be in the rest of it, and is no change.
func (j *journal) sets(kind account.ChangeKind, before, after []account.Value, totals both) {
	if totals.is == 0 {
		for _, v := range without(before, after) {
			j.add(kind, "", v, account.Value{})
		}
	}
	if totals.was == 0 {
		for _, v := range without(after, before) {
			j.add(kind, "", account.Value{}, v)
		}
	}
}

// seen is a value with its name as it is compared. Ids are for programs, which see all of
// them.
func seen(v account.Value) account.Value {
	v.Name = text.Seen(v.Name)
	return v
}

// without lists what is in all and not in others, each once. The values are
// known by their names, as they are seen, and ids.
func without(all, others []account.Value) (left []account.Value) {
	known := make(map[[2]string]bool, len(others)+1)
	for _, v := range others {
		known[[2]string{seen(v).Name, v.ID}] = true
	}
	for _, v := range all {
		if key := [2]string{seen(v).Name, v.ID}; !known[key] {
			known[key] = true
			left = append(left, v)
		}
	}
	return left
}

// organizations notes which were left and joined, as far as sets would, and what is
// another in those that both have.
func (j *journal) organizations(before, after []account.Organization, totals both) {
	if slices.Equal(before, after) {
		return
	}
	old, now := organizationsByID(before), organizationsByID(after)
	for _, o := range before {
		if now[o.ID] == nil && totals.is == 0 {
			j.add(account.ChangeOrganization, "", named(cmp.Or(o.Name, o.ID)), account.Value{})
		}
	}
	for _, o := range after {
		was := old[o.ID]
		if was == nil {
			if totals.was == 0 {
				j.add(account.ChangeOrganization, "", account.Value{}, named(cmp.Or(o.Name, o.ID)))
			}
			continue
		}
		j.addKnown(account.ChangeOrganization, "name", named(was.Name), named(o.Name))
		j.addKnown(account.ChangeRole, cmp.Or(o.Name, o.ID), named(was.Role), named(o.Role))
	}
}

func organizationsByID(all []account.Organization) map[string]*account.Organization {
	byID := make(map[string]*account.Organization, len(all))
	for i := range all {
		byID[all[i].ID] = &all[i]
	}
	return byID
}

func (j *journal) token(old, now account.Token) {
	j.addKnown(account.ChangeToken, "id", named(old.ID), named(now.ID))
	if !sameExpiry(old.Expiry, now.Expiry) {
		j.addKnown(account.ChangeToken, "expiry", endValue(old.Expiry), endValue(now.Expiry))
	}
	was, is := old.Totals, now.Totals
	if old.Networks != nil && now.Networks != nil && was.Networks+is.Networks == 0 {
		j.add(account.ChangeToken, "networks", networksValue(old.Networks), networksValue(now.Networks))
	}
	if old.Scopes != nil && now.Scopes != nil {
		j.sets(account.ChangeScope, names(old.Scopes), names(now.Scopes), both{was.Scopes, is.Scopes})
	}
}

// sameExpiry reports whether the two are the same but for jitter.
func sameExpiry(a, b account.Expiry) bool {
	return a.KindOrUnknown() == b.KindOrUnknown() && a.At.Sub(b.At).Abs() < expiryJitter
}

// endValue is zero where the end is not known.
func endValue(e account.Expiry) account.Value {
	switch e.KindOrUnknown() {
	case account.ExpiryDate:
		return account.Value{Ends: account.ExpiryDate, At: e.At.UTC()}
	case account.ExpiryNever:
		return account.Value{Ends: account.ExpiryNever}
	}
	return account.Value{}
}

// networksValue is the same for the same networks in another order.
func networksValue(networks []string) account.Value {
	all := slices.Compact(slices.Sorted(slices.Values(networks)))
	return account.Value{Networks: append([]string{}, all...)}
}

// userValue is a user by name and id.
func userValue(u account.User) account.Value {
	if name := u.Name(); name != u.ID {
		return account.Value{Name: name, ID: u.ID}
	}
	return account.Value{ID: u.ID}
}

func linkedValues(all []account.LinkedAccount) []account.Value {
	values := make([]account.Value, 0, len(all))
	for _, l := range all {
		values = append(values, account.Value{Name: l.IDP, ID: l.SubjectID})
	}
	return values
}

func named(name string) account.Value { return account.Value{Name: name} }

func names(all []string) []account.Value {
	values := make([]account.Value, 0, len(all))
	for _, s := range all {
		values = append(values, named(s))
	}
	return values
}
