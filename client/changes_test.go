package client

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

// sentences are the changes in words.
func sentences(changes []account.Change) []string {
	var all []string
	for _, c := range changes {
		all = append(all, c.String())
	}
	return all
}

// journalAccount has something of everything that can change.
func journalAccount() *account.Account {
	return &account.Account{
		User: account.User{ID: "u1", FullName: "Sam Roe", Username: "sam", Emails: []string{"sam@a.org", "roe@b.org"}},
		Organizations: []account.Organization{
			{ID: "o1", Name: "Acme", Role: "member"}, {ID: "o2", Name: "Otter Labs"}, {ID: "o3"},
		},
		LinkedAccounts: []account.LinkedAccount{{IDP: "github", SubjectID: "123"}},
		Token: account.Token{
			ID: "t1", Expiry: account.Expiry{Kind: account.ExpiryDate, At: time.Date(2026, 12, 1, 8, 30, 0, 0, time.UTC)},
			Scopes: []string{"read", "write"}, Networks: []string{"10.0.0.0/8", "192.0.2.1"},
		},
	}
}

func TestAccountChanges(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(a *account.Account)
		want   []string
	}{
		{"nothing", func(*account.Account) {}, nil},
		{"another order", func(a *account.Account) {
			slices.Reverse(a.User.Emails)
			slices.Reverse(a.Organizations)
			slices.Reverse(a.Token.Scopes)
			slices.Reverse(a.Token.Networks)
		}, nil},
		{"organization added", func(a *account.Account) {
			a.Organizations = append(a.Organizations, account.Organization{ID: "o4", Name: "Acme"})
		}, []string{"organization added: Acme"}},
		{"organization without a name removed", func(a *account.Account) { a.Organizations = a.Organizations[:2] },
			[]string{"organization removed: o3"}},
		{"all organizations removed", func(a *account.Account) { a.Organizations = []account.Organization{} },
			[]string{"organization removed: Acme", "organization removed: Otter Labs", "organization removed: o3"}},
		{"organizations unknown", func(a *account.Account) { a.Organizations = nil }, nil},
		{"organization renamed", func(a *account.Account) { a.Organizations[0].Name = "Acme Ltd" },
			[]string{"organization name: Acme Ltd, was Acme"}},
		{"name of an organization becomes known", func(a *account.Account) { a.Organizations[2].Name = "Third" }, nil},
		{"role changed", func(a *account.Account) { a.Organizations[0].Role = "owner" },
			[]string{"role in Acme: owner, was member"}},
		{"role unknown", func(a *account.Account) { a.Organizations[0].Role = "" }, nil},
		{"e-mail changed", func(a *account.Account) { a.User.Emails[1] = "new@b.org" },
			[]string{"email removed: roe@b.org", "email added: new@b.org"}},
		{"renamed", func(a *account.Account) { a.User.FullName = "Sam Smith" }, []string{"full name: Sam Smith, was Sam Roe"}},
		{"the same name in two parts", func(a *account.Account) {
			a.User.FullName, a.User.FirstName, a.User.LastName = "", "Sam", "Roe"
		}, nil},
		{"user name gone", func(a *account.Account) { a.User.Username = "" }, []string{"user name removed: sam"}},
		{"linked account added", func(a *account.Account) {
			a.LinkedAccounts = append(a.LinkedAccounts, account.LinkedAccount{IDP: "egi", SubjectID: "x"})
		}, []string{"linked account added: egi x"}},
		{"linked account removed", func(a *account.Account) { a.LinkedAccounts = nil },
			[]string{"linked account removed: github 123"}},
		{"scopes changed", func(a *account.Account) { a.Token.Scopes = []string{"read", "admin"} },
			[]string{"scope removed: write", "scope added: admin"}},
		{"scopes unknown", func(a *account.Account) { a.Token.Scopes = nil }, nil},
		{"token replaced", func(a *account.Account) { a.Token.ID = "t2" }, []string{"token id: t2, was t1"}},
		{"token id unknown", func(a *account.Account) { a.Token.ID = "" }, nil},
		{"expiry moved", func(a *account.Account) { a.Token.Expiry.At = a.Token.Expiry.At.Add(24 * time.Hour) },
			[]string{"token expiry: 2026-12-02 08:30 UTC, was 2026-12-01 08:30 UTC"}},
		{"expiry told a second later", func(a *account.Account) { a.Token.Expiry.At = a.Token.Expiry.At.Add(time.Second) }, nil},
		{"never ends now", func(a *account.Account) { a.Token.Expiry = account.Expiry{Kind: account.ExpiryNever} },
			[]string{"token expiry: never, was 2026-12-01 08:30 UTC"}},
		{"expiry unknown", func(a *account.Account) { a.Token.Expiry = account.Expiry{} }, nil},
		{"networks lifted", func(a *account.Account) { a.Token.Networks = []string{} },
			[]string{"token networks: any address, was 10.0.0.0/8, 192.0.2.1"}},
		{"networks unknown", func(a *account.Account) { a.Token.Networks = nil }, nil},
		{"another user", func(a *account.Account) { *a = account.Account{User: account.User{ID: "u2", FullName: "Kim Larsen"}} },
			[]string{"user: Kim Larsen (u2), was Sam Roe (u1)"}},
		{"several", func(a *account.Account) {
			a.Token.ID, a.Token.Scopes = "t2", []string{"read"}
			a.User.FullName, a.Organizations = "Sam Smith", a.Organizations[1:]
		}, []string{"full name: Sam Smith, was Sam Roe", "organization removed: Acme", "token id: t2, was t1",
			"scope removed: write"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
			before, after := journalAccount(), journalAccount()
			tt.change(after)
			got := accountChanges(before, after, at)
			if s := sentences(got); !slices.Equal(s, tt.want) {
				t.Errorf("got %q, want %q", s, tt.want)
			}
			for _, c := range got {
				if !c.At.Equal(at) {
					t.Errorf("%v is of %v", c, c.At)
				}
			}
			if len(tt.want) == 0 && got != nil {
				t.Errorf("got %#v, want nil", got)
			}
		})
	}
	if got := accountChanges(nil, journalAccount(), time.Now()); got != nil {
		t.Errorf("a first account changed: %v", got)
	}
	if got := accountChanges(journalAccount(), nil, time.Now()); got != nil {
		t.Errorf("no account changed: %v", got)
	}
}

// TestWhatIsNotSeenIsNoChange compares what an older version left out of a name with what
// is read today. Ids are compared letter by letter.
func TestWhatIsNotSeenIsNoChange(t *testing.T) {
	t.Parallel()
	for was, is := range map[string]string{
		"דוד": "\u200fדוד\u200e", "Sam": "\ufeffSam", "\ufffdדוד\ufffd": "דוד", "🏴": "🏴\U000e0067\U000e0062\U000e007f", "م\u200cم": "م\u200c\u200eم",
	} {
		before, after := journalAccount(), journalAccount()
		for name, a := range map[string]*account.Account{was: before, is: after} {
			a.User.FullName, a.User.Username, a.User.Emails[0] = name, name, name
			a.Organizations[0].Name, a.Organizations[0].Role = name, name
			a.LinkedAccounts[0].IDP, a.Token.Scopes[0] = name, name
		}
		for _, c := range [][]account.Change{accountChanges(before, after, time.Now()), accountChanges(after, before, time.Now())} {
			if c != nil {
				t.Errorf("%+q and %+q: %q", was, is, sentences(c))
			}
		}
		after.User.FullName += " Roe"
		if c := accountChanges(before, after, time.Now()); len(c) != 1 || c[0].Is.Name != is+" Roe" {
			t.Errorf("%+q and %+q: %q", was, is, sentences(c))
		}
	}
	before, after := journalAccount(), journalAccount()
	after.LinkedAccounts[0].SubjectID += "\u200e"
	if c := accountChanges(before, after, time.Now()); len(c) != 2 {
		t.Errorf("another id is %q", sentences(c))
	}
	before.User.FullName, after.User.FullName = "می\u200cخواهم", "میخواهم"
	if c := accountChanges(before, after, time.Now()); len(c) != 3 {
		t.Errorf("a joiner that is seen is %q", sentences(c))
	}
}

func TestChangesAreBounded(t *testing.T) {
	t.Parallel()
	before, after := journalAccount(), journalAccount()
	after.Organizations[0].Name, after.Organizations[0].Role = strings.Repeat("a", 5000), strings.Repeat("b", 5000)
	after.User.FullName = strings.Repeat("c", 5000)
	for _, c := range accountChanges(before, after, time.Now()) {
		if n := len(c.String()); n > 3*(200+10) {
			t.Errorf("a change of %d bytes: %s", n, c)
		}
	}
}

func TestStateChange(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		before, after account.State
		want          string
	}{
		{account.Healthy, account.InvalidToken, "state: invalid token, was healthy"},
		{account.InvalidToken, account.Healthy, "state: healthy, was invalid token"},
		{account.Healthy, account.Expiring, "state: expiring, was healthy"},
		{account.Healthy, account.Healthy, ""},
		{"", account.Healthy, ""},
		{account.Checking, account.Healthy, ""},
		{account.Healthy, account.Checking, ""},
		{account.Disabled, account.Healthy, ""},
		{account.Healthy, account.CredentialMissing, "state: credential missing, was healthy"},
		{account.Misconfigured, account.BadRequest, "state: bad request, was misconfigured"},
		{account.Healthy, account.Unreachable, ""},
		{account.RateLimited, account.InvalidToken, ""},
		{account.BadResponse, account.ServerError, ""},
		{account.Healthy, account.Disabled, ""},
	} {
		if got := strings.Join(sentences(stateChange(tt.before, tt.after, time.Now())), "; "); got != tt.want {
			t.Errorf("%q to %q: %q, want %q", tt.before, tt.after, got, tt.want)
		}
	}
}

// What is not among the first of a list may be among the rest of it: nobody has left
// 398,000 organizations because the service tells of them in another order, or because
// no more than the first are kept. What is known on both sides is told all the same.
func TestChangesOfListsThatAreCut(t *testing.T) {
	t.Parallel()
	whole := journalAccount()
	cut := journalAccount()
	cut.Organizations = []account.Organization{{ID: "o1", Name: "Acme", Role: "owner"}, {ID: "o9", Name: "Ninth"}}
	cut.User.Emails, cut.Token.Scopes, cut.Token.Networks = []string{"sam@a.org"}, []string{"read"}, []string{"10.0.0.0/8"}
	cut.LinkedAccounts = nil
	cut.Totals = account.Totals{Organizations: 400_000, Emails: 3000, LinkedAccounts: 5000}
	cut.Token.Totals = account.TokenTotals{Scopes: 2500, Networks: 9000}
	for _, tt := range []struct {
		name          string
		before, after *account.Account
		want          []string
	}{
		{"now cut", whole, cut, []string{"role in Acme: owner, was member", "organization added: Ninth"}},
		{"cut before", cut, whole, []string{"organization removed: Ninth", "role in Acme: member, was owner"}},
		{"cut both times", cut, func() *account.Account {
			a := *cut
			a.Organizations = []account.Organization{{ID: "o5", Name: "Fifth"}}
			return &a
		}(), nil},
	} {
		got := sentences(accountChanges(tt.before, tt.after, epoch))
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
