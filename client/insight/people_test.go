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

// held are snapshots as profiles of services at addresses of their own.
func held(snapshots []account.Snapshot) []Holding {
	all := make([]Holding, len(snapshots))
	for i, s := range snapshots {
		all[i] = Holding{Name: s.Profile, Snapshot: &s}
	}
	return all
}

// told is a person without what is said in a word or two.
type told struct {
	Name                           string
	Profiles, Matches, Differences []string
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
		want []told
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
		}, []told{{"Sam Roe", []string{"a", "b"}, []string{"a and b share the e-mail sam@x.org"}, nil}}},
		{"an e-mail of a linked account", []account.Snapshot{known("a", zoneA, "1", "Sam", []string{"sam@x.org"}), viaLinked},
			[]told{{"Sam", []string{"a", "b"}, []string{"a and b share the e-mail sam@x.org"},
				[]string{"the linked account egi 5 is known at b, not at a"}}}},
		{"another user answered", []account.Snapshot{known("a", zoneA, "1", "Sam", []string{"sam@x.org"}), wrong}, nil},
		{"a subject", []account.Snapshot{
			known("a", zoneA, "1", "Sam", none, "github 7"), known("b", zoneB, "2", "Sam", none, "github 7"),
		}, []told{{"Sam", []string{"a", "b"}, []string{"a and b share the linked account github 7"}, nil}}},
		{"the same subject of another provider", []account.Snapshot{
			known("a", zoneA, "1", "Sam", none, "github 7"), known("b", zoneB, "2", "Sam", none, "gitlab 7"),
		}, nil},
		{"one user with two tokens", []account.Snapshot{
			known("a", zoneA, "1", "Sam", []string{"sam@x.org"}, "github 7"), known("b", zoneA, "1", "Sam", []string{"sam@x.org"}, "github 7"),
		}, []told{{"Sam", []string{"a", "b"}, []string{"a and b are the same user at a.example, 1"}, nil}}},
		{"the same id at another service", []account.Snapshot{known("a", zoneA, "1", "", none), known("b", zoneB, "1", "", none)}, nil},
		{"without a name", []account.Snapshot{known("a", zoneA, "1", "", none), known("b", zoneA, "1", "", none)},
			[]told{{"1", []string{"a", "b"}, []string{"a and b are the same user at a.example, 1"}, nil}}},
		{"a chain, with what is inconsistent", []account.Snapshot{
			known("datahub", zoneA, "1", "Rudolf Lingens", []string{"r@x.org", "r@home.org"}, "github 7", "egi 5"),
			known("other", zoneA, "9", "Kim", []string{"kim@x.org"}),
			known("teaching", zoneB, "2", "R. Lingens", []string{"r@x.org"}, "github 7"),
			known("work", katapult1, "3", "", none),
			known("home", katapult1, "4", "", []string{"r@home.org"}),
		}, []told{{
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
		}, []told{{"Sam", []string{"a", "b"}, []string{"a and b share the linked account github 7"}, nil}}},
		{"in the order of the first", []account.Snapshot{
			known("a", zoneA, "1", "A", none), known("b", zoneA, "2", "B", none), known("c", zoneA, "2", "B", none), known("d", zoneA, "1", "A", none),
		}, []told{
			{"A", []string{"a", "d"}, []string{"a and d are the same user at a.example, 1"}, nil},
			{"B", []string{"b", "c"}, []string{"b and c are the same user at a.example, 2"}, nil},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []told
			for _, p := range People(held(tt.in)) {
				got = append(got, told{p.Name, p.Profiles, p.Matches, p.Differences})
			}
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
	got := People(held(in))
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

// A linked account at a service that all know means the user of that service with the
// same id; at no other address of it, and with no other id.
func TestALinkedAccountMeansAUser(t *testing.T) {
	t.Parallel()
	user := func(name, service, id string, public bool, linked ...string) Holding {
		s := known(name, "https://"+service+".example/user", id, "Sam", nil, linked...)
		s.Service = service
		return Holding{Name: s.Profile, Snapshot: &s, Public: public}
	}
	lab := user("lab", "gitlab", "90", true, "github 7", "google 8")
	for _, tt := range []struct {
		name           string
		in             []Holding
		match, missing string
	}{
		{"the same", []Holding{lab, user("hub", "github", "7", true)}, "linked account github 7 of lab is the user of hub", ""},
		{"the other way round", []Holding{user("hub", "github", "7", true), lab}, "linked account github 7 of lab is the user of hub", ""},
		{"two tokens of the user", []Holding{lab, user("hub", "github", "7", true), user("ci", "github", "7", true)},
			"linked account github 7 of lab is the user of hub and ci\nhub and ci are the same user at github.example, 7", ""},
		{"a second profile that lacks it", []Holding{lab, user("hub", "github", "7", true), user("other", "gitlab", "90", true)},
			"lab and other are the same user at gitlab.example, 90\nlinked account github 7 of lab is the user of hub",
			"the linked account github 7 is known at lab and hub, not at other\nthe linked account google 8 is known at lab, not at other"},
		{"another id", []Holding{lab, user("hub", "github", "77", true)}, "", ""},
		{"an id that begins alike", []Holding{lab, user("hub", "github", "07", true)}, "", ""},
		{"another installation", []Holding{lab, user("hub", "github", "7", false)}, "", ""},
		{"another service with that id", []Holding{lab, user("hub", "forge", "7", true)}, "", ""},
		{"another spelling", []Holding{user("lab", "gitlab", "90", true, "GitHub 7"), user("hub", "github", "7", true)}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var matches, missing []string
			for _, p := range People(tt.in) {
				matches, missing = append(matches, p.Matches...), append(missing, p.Differences...)
			}
			slices.Sort(matches)
			want := strings.Split(tt.match, "\n")
			slices.Sort(want)
			if got := strings.Join(matches, "\n"); got != strings.Join(want, "\n") {
				t.Errorf("they match: %s", got)
			}
			if got := strings.Join(missing, "\n"); got != tt.missing {
				t.Errorf("they differ: %s", got)
			}
		})
	}
}

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	hub := account.ServiceInfo{DefaultURL: "https://api.hub.example"}
	for base, want := range map[string]bool{
		"": true, "https://api.hub.example/": true, "https://api.hub.example:8443": false, "https://hub.corp.example": false,
		"http://127.0.0.1:8080": false,
	} {
		if IsPublic(hub, base) != want {
			t.Errorf("%q is public: %v", base, !want)
		}
	}
	if IsPublic(account.ServiceInfo{}, "") {
		t.Error("a service without an address is public")
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
		first := People(held(in))
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
		for _, m := range membersOf(held(in)) {
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
		if got := groups(People(held(in))); !slices.Equal(got, want) {
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
	for name, in := range map[string][]Holding{"chance": held(chance), "one": held(one)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				People(in)
			}
		})
	}
}
