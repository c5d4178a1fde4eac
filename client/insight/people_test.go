package insight

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
)

const (
	zoneA     = "https://a.example/api/v3/onezone/user"
	zoneB     = "https://b.example/api/v3/onezone/user"
	katapult1 = "https://api.katapult.io/core/v1/users/current"
)

// known is a profile whose bearer is known. Linked accounts are written
// "idp subject".
func known(profile, endpoint, id, name string, emails []string, linked ...string) account.Snapshot {
	a := account.Account{User: account.User{ID: id, FullName: name, Emails: emails}}
	for _, l := range linked {
		idp, subject, _ := strings.Cut(l, " ")
		a.LinkedAccounts = append(a.LinkedAccounts, account.LinkedAccount{IDP: idp, SubjectID: subject})
	}
	service := "onezone"
	if endpoint == katapult1 {
		service = "katapult"
	}
	return account.Snapshot{
		Profile: profile, Service: service, Endpoint: endpoint, Health: account.Health{State: account.Healthy}, Account: &a,
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	none := []string(nil)
	wrong := known("b", zoneB, "2", "Sam", []string{"sam@x.org"})
	wrong.Health.State = account.WrongAccount
	viaLinked := known("b", zoneB, "2", "Sam", none, "egi 5")
	viaLinked.Account.LinkedAccounts[0].Emails = []string{"sam@x.org"}
	for _, tt := range []struct {
		name string
		in   []account.Snapshot
		want []Person
	}{
		{"none", nil, nil},
		{"strangers of one name", []account.Snapshot{
			known("a", zoneA, "1", "Sam Roe", []string{"sam@x.org"}), known("b", zoneB, "1", "Sam Roe", []string{"sam@y.org"}),
		}, nil},
		{"nothing known", []account.Snapshot{{Profile: "a"}, {Profile: "b"}}, nil},
		{"empty values are nobody's", []account.Snapshot{
			known("a", zoneA, "1", "", []string{"", " "}, "egi "), known("b", zoneB, "2", "", []string{""}, "egi "),
		}, nil},
		{"an e-mail, differing in case", []account.Snapshot{
			known("a", zoneA, "1", "Sam Roe", []string{"Sam@X.org "}), known("b", zoneB, "2", "Sam Roe", []string{"sam@x.ORG", "sam@x.org"}),
		}, []Person{{"Sam Roe", []string{"a", "b"}, []string{"a and b share the e-mail sam@x.org"}, nil}}},
		{"an e-mail of a linked account", []account.Snapshot{known("a", zoneA, "1", "Sam", []string{"sam@x.org"}), viaLinked},
			[]Person{{"Sam", []string{"a", "b"}, []string{"a and b share the e-mail sam@x.org"},
				[]string{"the linked account egi 5 is known at b, not at a"}}}},
		{"another user answered", []account.Snapshot{known("a", zoneA, "1", "Sam", []string{"sam@x.org"}), wrong}, nil},
		{"a subject", []account.Snapshot{
			known("a", zoneA, "1", "Sam", none, "github 7"), known("b", zoneB, "2", "Sam", none, "github 7"),
		}, []Person{{"Sam", []string{"a", "b"}, []string{"a and b share the linked account github 7"}, nil}}},
		{"the same subject of another provider", []account.Snapshot{
			known("a", zoneA, "1", "Sam", none, "github 7"), known("b", zoneB, "2", "Sam", none, "gitlab 7"),
		}, nil},
		{"one user with two tokens", []account.Snapshot{
			known("a", zoneA, "1", "Sam", []string{"sam@x.org"}, "github 7"), known("b", zoneA, "1", "Sam", []string{"sam@x.org"}, "github 7"),
		}, []Person{{"Sam", []string{"a", "b"}, []string{"a and b are the same user at a.example, 1"}, nil}}},
		{"the same id at another service", []account.Snapshot{known("a", zoneA, "1", "", none), known("b", zoneB, "1", "", none)}, nil},
		{"without a name", []account.Snapshot{known("a", zoneA, "1", "", none), known("b", zoneA, "1", "", none)},
			[]Person{{"1", []string{"a", "b"}, []string{"a and b are the same user at a.example, 1"}, nil}}},
		{"a chain, with what is inconsistent", []account.Snapshot{
			known("datahub", zoneA, "1", "Rudolf Lingens", []string{"r@x.org", "r@home.org"}, "github 7", "egi 5"),
			known("other", zoneA, "9", "Kim", []string{"kim@x.org"}),
			known("teaching", zoneB, "2", "R. Lingens", []string{"r@x.org"}, "github 7"),
			known("work", katapult1, "3", "", none),
			known("home", katapult1, "4", "", []string{"r@home.org"}),
		}, []Person{{
			"Rudolf Lingens", []string{"datahub", "teaching", "home"},
			[]string{
				"datahub and teaching share the e-mail r@x.org", "datahub and home share the e-mail r@home.org",
				"datahub and teaching share the linked account github 7",
			},
			[]string{
				"different names: Rudolf Lingens at datahub; R. Lingens at teaching",
				"the e-mail r@x.org is known at datahub and teaching, not at home",
				"the e-mail r@home.org is known at datahub and home, not at teaching",
				"the linked account egi 5 is known at datahub, not at teaching",
			},
		}}},
		{"no e-mails at all is no difference", []account.Snapshot{
			known("a", zoneA, "1", "Sam", []string{"sam@x.org"}, "github 7"), known("b", zoneB, "2", "Sam", none, "github 7"),
		}, []Person{{"Sam", []string{"a", "b"}, []string{"a and b share the linked account github 7"}, nil}}},
		{"in the order of the first", []account.Snapshot{
			known("a", zoneA, "1", "A", none), known("b", zoneA, "2", "B", none), known("c", zoneA, "2", "B", none), known("d", zoneA, "1", "A", none),
		}, []Person{
			{"A", []string{"a", "d"}, []string{"a and d are the same user at a.example, 1"}, nil},
			{"B", []string{"b", "c"}, []string{"b and c are the same user at a.example, 2"}, nil},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := People(tt.in)
			if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", tt.want) {
				t.Errorf("got\n%#v\nwant\n%#v", got, tt.want)
			}
		})
	}
}

func TestPeopleAreBounded(t *testing.T) {
	t.Parallel()
	var in []account.Snapshot
	for n := range 1000 {
		in = append(in, known(fmt.Sprint("profile", n), fmt.Sprintf("https://h%d.example/api/v3/onezone/user", n), "1",
			strings.Repeat("n", 1000)+fmt.Sprint(n), []string{"all@x.org", fmt.Sprintf("%d%s@x.org", n, strings.Repeat("e", 1000))}, "egi 5", fmt.Sprint("own ", n)))
	}
	got := People(in)
	if len(got) != 1 || len(got[0].Profiles) != len(in) {
		t.Fatalf("%d people", len(got))
	}
	size := 0
	for _, s := range slices.Concat(got[0].Matches, got[0].Differences) {
		size += len(s)
	}
	if size > 8000 {
		t.Errorf("%d bytes of sentences", size)
	}
	if last := got[0].Differences[maxPersonLines]; last != "and 1991 more" {
		t.Errorf("the last difference is %q", last)
	}
}

// samplePeople are profiles that share things by chance.
func samplePeople(n int, r *rand.Rand) []account.Snapshot {
	var all []account.Snapshot
	for i := range n {
		s := known(fmt.Sprint("p", i), []string{zoneA, zoneB, katapult1}[r.IntN(3)], fmt.Sprint(r.IntN(2*n)), "", nil)
		for range r.IntN(3) {
			s.Account.User.Emails = append(s.Account.User.Emails, fmt.Sprintf("%d@x.org", r.IntN(3*n)))
		}
		for range r.IntN(3) {
			s.Account.LinkedAccounts = append(s.Account.LinkedAccounts, account.LinkedAccount{IDP: "egi", SubjectID: fmt.Sprint(r.IntN(3 * n))})
		}
		all = append(all, s)
	}
	return all
}

// groups are the people as their profiles alone, in an order of their own.
func groups(people []Person) []string {
	var all []string
	for _, p := range people {
		all = append(all, fmt.Sprint(slices.Sorted(slices.Values(p.Profiles)), len(p.Matches) > 0, len(p.Differences)))
	}
	slices.Sort(all)
	return all
}

// TestPeopleInAnyOrder shows that the same people are found whatever the order
// of the profiles, and that no two of them share anything.
func TestPeopleInAnyOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		in := samplePeople(2+r.IntN(30), r)
		first := People(in)
		owner := map[trait]string{}
		person := map[string]string{}
		for n, p := range first {
			for _, name := range p.Profiles {
				if person[name] != "" {
					t.Fatalf("seed %d: %s belongs to two people", seed, name)
				}
				person[name] = fmt.Sprint("person ", n)
			}
		}
		for _, m := range membersOf(in) {
			who := person[m.profile]
			if who == "" {
				who = m.profile
			}
			for _, tr := range m.traits {
				if o := owner[tr]; o != "" && o != who {
					t.Fatalf("seed %d: %s and %s share %v", seed, o, who, tr)
				}
				owner[tr] = who
			}
		}
		want := groups(first)
		r.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
		if got := groups(People(in)); !slices.Equal(got, want) {
			t.Fatalf("seed %d: got %v, want %v", seed, got, want)
		}
	}
}

func BenchmarkPeople(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	chance := samplePeople(10_000, r)
	var one []account.Snapshot
	for n := range 10_000 {
		one = append(one, known(fmt.Sprint(n), zoneA, fmt.Sprint(n), fmt.Sprint(n), []string{"all@x.org", fmt.Sprint(n, "@x.org")}))
	}
	for name, in := range map[string][]account.Snapshot{"chance": chance, "one": one} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				People(in)
			}
		})
	}
}
