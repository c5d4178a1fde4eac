package client

import (
	"cmp"
	"slices"
	"strings"
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
	silent := func(s account.State) bool { return s == "" || s.Severity() == account.SeverityNone }
	if before == after || silent(before) || silent(after) {
		return nil
	}
	return []account.Change{{At: at, Kind: account.ChangeState, Was: string(before), Is: string(after)}}
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
		j.add(account.ChangeUser, "", userLabel(old), userLabel(now))
		return j.changes
	}
	j.add(account.ChangeUser, "full name", old.WholeName(), now.WholeName())
	j.add(account.ChangeUser, "user name", old.Username, now.Username)
	j.sets(account.ChangeEmail, old.Emails, now.Emails)
	if before.Organizations != nil && after.Organizations != nil {
		j.organizations(before.Organizations, after.Organizations)
	}
	j.sets(account.ChangeLinkedAccount, linkedLabels(before.LinkedAccounts), linkedLabels(after.LinkedAccounts))
	j.token(before.Token, after.Token)
	return j.changes
}

// journal gathers the changes of a moment.
type journal struct {
	at      time.Time
	changes []account.Change
}

// add notes a change unless the two are the same.
func (j *journal) add(kind account.ChangeKind, what, was, is string) {
	if was != is {
		j.changes = append(j.changes, account.Change{
			At: j.at, Kind: kind, What: text.Clip(what, text.MaxFact), Was: text.Clip(was, text.MaxFact), Is: text.Clip(is, text.MaxFact),
		})
	}
}

// addKnown notes a change of something that is empty where it is not known.
func (j *journal) addKnown(kind account.ChangeKind, what, was, is string) {
	if was != "" && is != "" {
		j.add(kind, what, was, is)
	}
}

// sets notes what was removed and what was added.
func (j *journal) sets(kind account.ChangeKind, before, after []string) {
	for _, s := range without(before, after) {
		j.add(kind, "", s, "")
	}
	for _, s := range without(after, before) {
		j.add(kind, "", "", s)
	}
}

// without lists what is in all and not in others, each once.
func without(all, others []string) (left []string) {
	seen := make(map[string]bool, len(others)+1)
	for _, s := range others {
		seen[s] = true
	}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			left = append(left, s)
		}
	}
	return left
}

func (j *journal) organizations(before, after []account.Organization) {
	old, now := organizationsByID(before), organizationsByID(after)
	for _, o := range before {
		if _, kept := now[o.ID]; !kept {
			j.add(account.ChangeOrganization, "", cmp.Or(o.Name, o.ID), "")
		}
	}
	for _, o := range after {
		was, known := old[o.ID]
		if !known {
			j.add(account.ChangeOrganization, "", "", cmp.Or(o.Name, o.ID))
			continue
		}
		j.addKnown(account.ChangeOrganization, "name", was.Name, o.Name)
		j.addKnown(account.ChangeRole, cmp.Or(o.Name, o.ID), was.Role, o.Role)
	}
}

func organizationsByID(all []account.Organization) map[string]account.Organization {
	byID := make(map[string]account.Organization, len(all))
	for _, o := range all {
		byID[o.ID] = o
	}
	return byID
}

func (j *journal) token(old, now account.Token) {
	j.addKnown(account.ChangeToken, "id", old.ID, now.ID)
	if !sameExpiry(old.Expiry, now.Expiry) {
		j.addKnown(account.ChangeToken, "expiry", expiryLabel(old.Expiry), expiryLabel(now.Expiry))
	}
	if old.Networks != nil && now.Networks != nil {
		j.add(account.ChangeToken, "networks", networksLabel(old.Networks), networksLabel(now.Networks))
	}
	if old.Scopes != nil && now.Scopes != nil {
		j.sets(account.ChangeScope, old.Scopes, now.Scopes)
	}
}

// sameExpiry reports whether the two are the same but for jitter.
func sameExpiry(a, b account.Expiry) bool {
	return a.KindOrUnknown() == b.KindOrUnknown() && a.At.Sub(b.At).Abs() < expiryJitter
}

// expiryLabel is empty where the end is not known.
func expiryLabel(e account.Expiry) string {
	switch e.KindOrUnknown() {
	case account.ExpiryDate:
		return e.At.UTC().Format(time.RFC3339)
	case account.ExpiryNever:
		return string(account.ExpiryNever)
	}
	return ""
}

// networksLabel is the same for the same networks in another order.
func networksLabel(networks []string) string {
	if len(networks) == 0 {
		return "any address"
	}
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(networks))), ", ")
}

// userLabel names a user by name and id.
func userLabel(u account.User) string {
	if name := u.Name(); name != u.ID {
		return text.Clip(name, text.MaxFact/2) + " (" + u.ID + ")"
	}
	return u.ID
}

func linkedLabels(all []account.LinkedAccount) []string {
	labels := make([]string, 0, len(all))
	for _, l := range all {
		labels = append(labels, strings.TrimSpace(l.IDP+" "+l.SubjectID))
	}
	return labels
}
