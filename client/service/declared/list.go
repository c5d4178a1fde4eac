package declared

import (
	"slices"

	"rollcall/client/account"
)

// list finds the elements of a list, and what each says.
type list struct {
	list   *path
	word   string
	fields map[string]field
}

// The keys that the elements of lists can have besides.
var (
	organizationKeys = []string{"id", "name", "sub_domain", "kind", "role", "url"}
	linkedKeys       = []string{"idp", "subject_id", "full_name", "username", "emails", "entitlements"}
)

// list reads where a list is, with a field for each of its elements' keys.
func (k *keys) list(key string, of []string, example string) *list {
	t := k.table(key, example)
	if t == nil {
		return nil
	}
	l := &list{word: t.text("word", "workspaces"), fields: map[string]field{}}
	if !t.has("list") {
		t.fault("", "list is missing; write %s = %s", key, example)
	}
	if text := t.text("list", "$.orgs[*]"); text != "" {
		l.list = t.compile("list", text)
	}
	some := false
	for _, name := range of {
		l.fields[name] = t.field(name)
		some = some || t.has(name)
	}
	if !some {
		t.fault("", "says nothing of its elements; write %s = %s", key, example)
	}
	t.unknown()
	return l
}

// elements are those of an answer; ok is false where it has no such list.
func (l *list) elements(doc any) (all []any, ok bool) {
	if l == nil || l.list == nil {
		return nil, false
	}
	for _, n := range l.list.nodes(doc) {
		// A path that finds the list itself means its elements.
		if list, ok := n.([]any); ok {
			all = append(all, list[:min(len(list), maxNodes)]...)
		} else if n != nil {
			all = append(all, n)
		}
	}
	return all[:min(len(all), maxNodes)], true
}

// groups are the organizations of an answer; nil where the description names none.
func (l *list) groups(doc any) []account.Organization {
	elements, ok := l.elements(doc)
	if !ok {
		return nil
	}
	all := []account.Organization{}
	for _, e := range elements {
		text := func(name string) string { return l.fields[name].text(e) }
		o := account.Organization{
			ID: text("id"), Name: text("name"), SubDomain: text("sub_domain"), Kind: text("kind"), Role: text("role"), URL: text("url"),
		}
		if (o.ID != "" || o.Name != "") && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

// links are the linked accounts of an answer; nil where the description names none.
func (l *list) links(doc any) []account.LinkedAccount {
	elements, ok := l.elements(doc)
	if !ok {
		return nil
	}
	all := []account.LinkedAccount{}
	for _, e := range elements {
		text := func(name string) string { return l.fields[name].text(e) }
		a := account.LinkedAccount{
			IDP: text("idp"), SubjectID: text("subject_id"), FullName: text("full_name"), Username: text("username"),
			Emails: l.fields["emails"].texts(e), Entitlements: l.fields["entitlements"].texts(e),
		}
		if a.IDP != "" || a.SubjectID != "" {
			all = append(all, a)
		}
	}
	return all
}
