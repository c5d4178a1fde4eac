package client

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// expiryJitter is how far an expiry may move without being another one: some
// services tell the time that is left, which never gives quite the same date.
const expiryJitter = time.Minute

// stateChange is the change from one state to another; nil where they are the
// same, or where one of them says nothing about the profile.
func stateChange(before, after State, at time.Time) []Change {
	silent := func(s State) bool { return s == "" || s.Severity() == SeverityNone }
	if before == after || silent(before) || silent(after) {
		return nil
	}
	return []Change{{At: at, Kind: ChangeState, Was: string(before), Is: string(after)}}
}

// accountChanges lists what is different in the account and its token, always
// in the same order. What is not known in one of them is no difference. Of
// another user it tells only that it is another: nothing of the two is
// comparable.
func accountChanges(before, after *Account, at time.Time) []Change {
	if before == nil || after == nil || before == after {
		return nil
	}
	j := journal{at: at}
	old, now := before.User, after.User
	if old.ID != now.ID {
		j.add(ChangeUser, "", userLabel(old), userLabel(now))
		return j.changes
	}
	j.add(ChangeUser, "full name", fullName(old), fullName(now))
	j.add(ChangeUser, "user name", old.Username, now.Username)
	j.sets(ChangeEmail, old.Emails, now.Emails)
	if before.Organizations != nil && after.Organizations != nil {
		j.organizations(before.Organizations, after.Organizations)
	}
	j.sets(ChangeLinked, linkedLabels(before.LinkedAccounts), linkedLabels(after.LinkedAccounts))
	j.token(before.Token, after.Token)
	return j.changes
}

// journal gathers the changes of a moment.
type journal struct {
	at      time.Time
	changes []Change
}

// add notes a change unless the two are the same.
func (j *journal) add(kind ChangeKind, what, was, is string) {
	if was != is {
		j.changes = append(j.changes, Change{
			At: j.at, Kind: kind, What: clip(what, maxFact), Was: clip(was, maxFact), Is: clip(is, maxFact),
		})
	}
}

// addKnown notes a change of something that is empty where it is not known.
func (j *journal) addKnown(kind ChangeKind, what, was, is string) {
	if was != "" && is != "" {
		j.add(kind, what, was, is)
	}
}

// sets notes what was removed and what was added.
func (j *journal) sets(kind ChangeKind, before, after []string) {
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

func (j *journal) organizations(before, after []Organization) {
	old, now := organizationsByID(before), organizationsByID(after)
	for _, o := range before {
		if _, kept := now[o.ID]; !kept {
			j.add(ChangeOrganization, "", cmp.Or(o.Name, o.ID), "")
		}
	}
	for _, o := range after {
		was, known := old[o.ID]
		if !known {
			j.add(ChangeOrganization, "", "", cmp.Or(o.Name, o.ID))
			continue
		}
		j.addKnown(ChangeOrganization, "name", was.Name, o.Name)
		j.addKnown(ChangeRole, cmp.Or(o.Name, o.ID), was.Role, o.Role)
	}
}

func organizationsByID(all []Organization) map[string]Organization {
	byID := make(map[string]Organization, len(all))
	for _, o := range all {
		byID[o.ID] = o
	}
	return byID
}

func (j *journal) token(old, now Token) {
	j.addKnown(ChangeToken, "id", old.ID, now.ID)
	if !sameExpiry(old.Expiry, now.Expiry) {
		j.addKnown(ChangeToken, "expiry", expiryLabel(old.Expiry), expiryLabel(now.Expiry))
	}
	if old.Networks != nil && now.Networks != nil {
		j.add(ChangeToken, "networks", networksLabel(old.Networks), networksLabel(now.Networks))
	}
	if old.Scopes != nil && now.Scopes != nil {
		j.sets(ChangeScope, old.Scopes, now.Scopes)
	}
}

// sameExpiry reports whether the two are the same but for jitter.
func sameExpiry(a, b Expiry) bool {
	return a.KindOrUnknown() == b.KindOrUnknown() && a.At.Sub(b.At).Abs() < expiryJitter
}

// expiryLabel is empty where the end is not known.
func expiryLabel(e Expiry) string {
	switch e.KindOrUnknown() {
	case ExpiryDate:
		return e.At.UTC().Format(time.RFC3339)
	case ExpiryNever:
		return string(ExpiryNever)
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

func fullName(u User) string {
	return cmp.Or(strings.TrimSpace(u.FullName), strings.TrimSpace(u.FirstName+" "+u.LastName))
}

// userLabel names a user by name and id.
func userLabel(u User) string {
	if name := u.Name(); name != u.ID {
		return clip(name, maxFact/2) + " (" + u.ID + ")"
	}
	return u.ID
}

func linkedLabels(all []LinkedAccount) []string {
	labels := make([]string, 0, len(all))
	for _, l := range all {
		labels = append(labels, strings.TrimSpace(l.IDP+" "+l.SubjectID))
	}
	return labels
}
