package declared

import (
	"rollcall/client/account"
	"rollcall/client/service"
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

// elements are those of an answer, of which only the first are kept; ok is false where it
// has no such list.
func (l *list) elements(doc any) (all service.List[any], ok bool) {
	if l == nil || l.list == nil {
		return all, false
	}
	nodes, more := l.list.find(doc)
	for _, n := range nodes {
		// A path that finds the list itself means its elements.
		if list, ok := n.([]any); ok {
			some, rest := elementsOf(list)
			all.Add(service.List[any]{Kept: some, Told: len(some) + rest})
		} else if n != nil {
			all.Add(service.List[any]{Kept: []any{n}, Told: 1})
		}
	}
	all.Told += more
	return all, true
}

// groups are the organizations of an answer, nil where the description names none, and
// how many elements their list has where not all are kept.
func (l *list) groups(doc any) (all []account.Organization, total int) {
	elements, ok := l.elements(doc)
	if !ok {
		return nil, 0
	}
	all = []account.Organization{}
	seen := map[account.Organization]bool{}
	for _, e := range elements.Kept {
		text := func(name string) string { return l.fields[name].text(e) }
		o := account.Organization{
			ID: text("id"), Name: text("name"), SubDomain: text("sub_domain"), Kind: text("kind"), Role: text("role"), URL: text("url"),
		}
		if (o.ID != "" || o.Name != "") && !seen[o] {
			seen[o] = true
			all = append(all, o)
		}
	}
	return all, elements.Total()
}

// links are the linked accounts of an answer, as groups are its organizations.
func (l *list) links(doc any) (all []account.LinkedAccount, total int) {
	elements, ok := l.elements(doc)
	if !ok {
		return nil, 0
	}
	all = []account.LinkedAccount{}
	for _, e := range elements.Kept {
		text := func(name string) string { return l.fields[name].text(e) }
		a := account.LinkedAccount{
			IDP: text("idp"), SubjectID: text("subject_id"), FullName: text("full_name"), Username: text("username"),
			Emails: l.fields["emails"].texts(e), Entitlements: l.fields["entitlements"].texts(e),
		}
		if a.IDP != "" || a.SubjectID != "" {
			all = append(all, a)
		}
	}
	return all, elements.Total()
}
