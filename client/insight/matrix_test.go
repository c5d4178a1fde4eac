package insight

import (
	"fmt"
	"strings"
	"testing"

	"rollcall/client/account"
)

// having is a profile of a service with what it has: organizations written "name" or
// "name role", scopes; "?" for what is not known.
func having(name, endpoint, service string, emails, orgs, scopes string) Holding {
	s := known(name, endpoint, "id-"+name, "Sam Roe", strings.Fields(emails))
	s.Service = service
	if orgs != "?" {
		s.Account.Organizations = []account.Organization{}
		for o := range strings.SplitSeq(orgs, ",") {
			if n, role, _ := strings.Cut(o, " "); n != "" {
				s.Account.Organizations = append(s.Account.Organizations, account.Organization{ID: "id of " + n, Name: n, Role: role})
			}
		}
	}
	if scopes != "?" {
		s.Account.Token.Scopes = strings.Fields(scopes)
		if s.Account.Token.Scopes == nil {
			s.Account.Token.Scopes = []string{}
		}
	}
	return Holding{Name: s.Profile, Snapshot: &s}
}

// drawn is a matrix with a letter a cell: y, n, ? and a dot for what cannot be.
func drawn(m *Matrix) string {
	var b strings.Builder
	for i := range m.Rows {
		f := &m.Rows[i]
		mark := " "
		if f.Differs {
			mark = "!"
		}
		fmt.Fprintf(&b, "%s%s %s", mark, f.Kind.one(), f.Label)
		for p := range m.services {
			is, detail := m.Cell(f, p)
			fmt.Fprintf(&b, " %c", "ny?."[is])
			if detail != "" {
				fmt.Fprintf(&b, "(%s)", detail)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	tagged := having("a", zoneA, "onezone", "", "?", "?")
	tagged.Tags = []string{"prod"}
	named := having("b", zoneA, "onezone", "", "?", "?")
	named.Account.User.FullName = "S. Roe"
	lab, hub := having("lab", zoneA, "gitlab", "", "?", "?"), having("hub", zoneB, "github", "", "?", "?")
	lab.Account.LinkedAccounts = []account.LinkedAccount{{IDP: "github", SubjectID: "id-hub"}, {IDP: "egi", SubjectID: "5"}}
	hub.Public = true
	unasked := having("c", zoneA, "onezone", "", "", "")
	unasked.Account = nil
	twice := having("d", zoneA, "onezone", "", "Acme,Acme", "")
	twice.Account.Organizations[1].ID = "other"
	long := having("e", zoneA, "onezone", "", "Acme", "")
	long.Account.Totals.Organizations = 400_000
	for _, tt := range []struct {
		name, want string
		in         []Holding
	}{
		{"a list that is cut lacks nothing for sure", `
 user id-a y n
 user id-e n y
!organization Acme n y
 organization Otter y ?
`, []Holding{having("a", zoneA, "onezone", "", "Otter", ""), long}},
		{"one service", `
 user id-a y n
 user id-b n y
!e-mail old@x.org y n
 e-mail Sam@x.org y y
!organization Otter n y(member)
 organization Acme y(owner) y
!scope write n y
 scope read y y
`, []Holding{having("a", zoneA, "onezone", "Sam@x.org old@x.org", "Acme owner", "read"), having("b", zoneA, "onezone", "sam@X.org", "acme,Otter member", "read write")}},
		{"two services: what one cannot have is no difference", `
 user id-a y .
 user id-b . y
 organization Acme y n
 scope read y .
 scope write . y
`, []Holding{having("a", zoneA, "onezone", "", "Acme", "read"), having("b", katapult1, "katapult", "", "", "write")}},
		{"not known is neither", `
 user id-a y n
 user id-b n y
 e-mail sam@x.org y ?
 organization Acme y ?
 scope read y ?
`, []Holding{having("a", zoneA, "onezone", "sam@x.org", "Acme", "read"), having("b", zoneA, "onezone", "", "?", "?")}},
		{"a name and a tag", `
!name Sam Roe y n
!name S. Roe n y
 user id-a y n
 user id-b n y
 tag prod y n
`, []Holding{tagged, named}},
		{"a linked account means a user", `
 user id-lab y .
 user id-hub . y
 linked account github id-hub y y(is it)
 linked account egi 5 y n
`, []Holding{lab, hub}},
		{"nothing known of one", `
 scope read y ?
`, []Holding{having("a", zoneA, "onezone", "", "", "read"), unasked}},
		{"two of one name", `
 organization Acme y
 organization Acme y
`, []Holding{twice}},
		{"nobody", "\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := "\n" + drawn(NewMatrix(tt.in)); got != tt.want {
				t.Errorf("got%swant%s", got, tt.want)
			}
		})
	}
}

func TestMatrixInWords(t *testing.T) {
	t.Parallel()
	in := []Holding{
		having("a", zoneA, "onezone", "sam@x.org old@x.org", "Acme owner", "read"), having("b", zoneA, "onezone", "sam@x.org", "Otter", "?"),
		having("c", katapult1, "katapult", "", "", ""),
	}
	m := NewMatrix(in)
	name := func(i int) string { return in[i].Profile }
	var got []string
	for i := range m.Rows {
		if f := &m.Rows[i]; f.Kind != FactUser {
			got = append(got, m.Sentence(f, name))
		}
	}
	want := `e-mail old@x.org: a, not b
e-mail sam@x.org: a and b
organization Acme: a (owner), not b
organization Otter: b, not a
scope read: a`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if m.Sum() != "1 e-mail, 2 organizations" || m.Differences() != 3 {
		t.Errorf("the sum is %q of %d", m.Sum(), m.Differences())
	}
}

// BenchmarkMatrix is one person of 10,000 profiles, each with a few things of its own.
func BenchmarkMatrix(b *testing.B) {
	var in []Holding
	for n := range 10_000 {
		in = append(in, having(fmt.Sprint(n), zoneA, "onezone", fmt.Sprint("all@x.org own", n, "@x.org"), fmt.Sprint("Acme,own", n%50), "read write"))
	}
	for b.Loop() {
		NewMatrix(in)
	}
}
