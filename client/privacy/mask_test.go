package privacy

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/account/accounttest"
)

// personal is a snapshot full of what must not be shown, and the values.
func personal() (s account.Snapshot, secrets []string) {
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s = account.Snapshot{
		Profile: "work", Endpoint: "https://zone.acme.example:8443/tenant-acme/api/v3/onezone/user",
		Named: "https://who.acme.example/of/tenant-acme",
		Health: account.Health{
			State: account.WrongAccount, HTTPStatus: 403, Code: "tokenInvalid", CheckedAt: at,
			Description: "Sam Roe (sam.roe@acme.example) may not, says zone.acme.example; ask kim.other@elsewhere.example at 203.0.113.7",
			Explanation: "The service answered as user user_Zk3abc, but this profile belongs to user user_Other9.",
			Wanted:      "user_Other9",
			Remedy:      "Open https://sam:pw@login.acme.example/o/acme-inc?x=1, or read /home/samroe/.secrets/token; not from 2001:db9::7:1.",
		},
		Account: &account.Account{
			User: account.User{
				ID: "user_Zk3abc", FullName: "Sam Roe", FirstName: "Sam", LastName: "Roe", Username: "samroe",
				Emails:    []string{"sam.roe@acme.example", "Sam@Home.example"},
				AvatarURL: "https://pictures.acme.example/samroe.png", URL: "https://zone.acme.example/u/samroe",
			},
			Organizations: []account.Organization{
				{ID: "org_1Acme", Name: "Acme Inc.", SubDomain: "acme-inc", Kind: "team", Role: "admin", URL: "https://acme-inc.example.org/home"},
				{ID: "org_2", Name: "Otter Labs"},
			},
			LinkedAccounts: []account.LinkedAccount{{
				IDP: "login.acme.example", SubjectID: "19784", FullName: "S. Roe", Username: "sroe",
				Emails: []string{"sam.roe@acme.example"}, Entitlements: []string{"urn:acme:staff"}, Custom: `{"phone":"555-0100"}`,
			}},
			Token: account.Token{
				ID: "tok_77", Name: "laptop of Sam", Kind: "api token", Scopes: []string{"api_tokens:read"}, Networks: []string{"198.51.100.0/24"},
				Caveats: []account.Caveat{
					{Kind: account.CaveatAddress, Values: []string{"198.51.100.0/24"}}, {Kind: account.CaveatPath, Values: []string{"/Otter Space"}},
					{Kind: account.CaveatConsumer, Values: []string{"usr-77"}}, {Text: "what else"}, {Kind: account.CaveatReadOnly},
				},
				Facts: []account.Fact{{Name: "owner", Value: "Acme Inc."}, {Name: "space", Value: "Otter Space at Cyf (offline)"}, {Name: "lifetime", Value: "named"}},
			},
		},
		Details:     account.DetailsStatus{Notes: account.Notes{{Kind: account.NoteUnread, About: account.PartOrganizations, What: "groups", Cause: "Otter Labs is closed"}}},
		RateLimit:   account.RateLimit{Name: "core"},
		OtherLimits: []account.RateLimit{{Name: "user_Zk3abc"}, {Name: "search of Acme Inc."}},
		History: []account.Check{{At: at, State: account.WrongAccount, Code: "tokenInvalid", Exchange: &account.Exchange{
			Method: "GET", URL: "https://zone.acme.example:8443/tenant-acme/api/v3/onezone/user",
			Request:  []string{"Accept: application/json"},
			Response: []string{"Location: https://login.acme.example/u/samroe", "X-Request-Id: 8f1a2b3c4d5e6f708192", "Date: Fri, 20 Nov 2026 12:00:00 GMT"},
			Body: []string{
				"{", `  "userId": "user_Zk3abc",`, `  "fullName": "Sam Roe",`, `  "title": "Head of Otters",`, `  "creationTime": 1576152793,`,
				`  "code": "tokenInvalid",`, `  "19784": ["kim.other@elsewhere.example", true, null],`, `  "note": "cut off he`,
			},
		}}},
		Changes: []account.Change{
			{Kind: account.ChangeUser, Was: account.Value{Name: "Old Owner", ID: "user_Old1"}, Is: account.Value{Name: "Sam Roe", ID: "user_Zk3abc"}},
			{Kind: account.ChangeUser, What: "full name", Was: account.Value{Name: "Sammy Roe"}, Is: account.Value{Name: "Sam Roe"}},
			{Kind: account.ChangeUser, What: "user name", Was: account.Value{Name: "sammy"}, Is: account.Value{Name: "samroe"}},
			{Kind: account.ChangeEmail, Was: account.Value{Name: "sammy@gone.example"}},
			{Kind: account.ChangeOrganization, Was: account.Value{Name: "Gone GmbH"}},
			{Kind: account.ChangeOrganization, What: "name", Was: account.Value{Name: "Acme Ltd."}, Is: account.Value{Name: "Acme Inc."}},
			{Kind: account.ChangeRole, What: "Former Labs", Was: account.Value{Name: "member"}, Is: account.Value{Name: "owner"}},
			{Kind: account.ChangeLinkedAccount, Was: account.Value{Name: "github", ID: "5544332"}},
			{Kind: account.ChangeToken, What: "id", Was: account.Value{Name: "tok_66"}, Is: account.Value{Name: "tok_77"}},
			{Kind: account.ChangeToken, What: "networks", Was: account.Value{Networks: []string{"203.0.113.99"}}, Is: account.Value{Networks: []string{}}},
			{Kind: account.ChangeToken, What: "expiry", Was: account.Value{Ends: account.ExpiryNever}, Is: account.Value{Ends: account.ExpiryDate, At: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}},
			{Kind: account.ChangeState, Was: account.Value{State: "healthy"}, Is: account.Value{State: "wrong_account"}},
		},
		Notes: account.Notes{{Kind: account.NoteCredential, Cause: "others can read the file /Users/samroe/token", Remedy: "run chmod 600 /Users/samroe/token"}},
	}
	return s, []string{
		"acme", "Acme", "Sam", "sam", "Roe", "roe", "203.0.113", "198.51.100", "2001:db9", "user_Zk3abc", "user_Other9", "user_Old1",
		"org_1", "org_2", "Otter", "19784", "5544332", "555-0100", "tok_", "kim", "elsewhere", "Home", "Owner", "Gone", "gone",
		"Former", "Cyf", "usr-77", "what else", "8f1a2b3c", "Head", "cut off", "urn:",
	}
}

func TestShowsNobody(t *testing.T) {
	s, secrets := personal()
	before := accounttest.Texts(reflect.ValueOf(s))
	masked := New(services).Snapshot(s)
	for _, text := range accounttest.Texts(reflect.ValueOf(masked)) {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q is still in %q", secret, text)
			}
		}
	}
	if !slices.Equal(accounttest.Texts(reflect.ValueOf(s)), before) {
		t.Error("the snapshot itself was changed")
	}
}

func TestStandIns(t *testing.T) {
	s, _ := personal()
	m := New(services).Snapshot(s)
	u, token, check := m.Account.User, m.Account.Token, m.History[0]
	for _, tt := range []struct{ name, got, want string }{
		{"name", u.Name(), "Person 1"},
		{"first and last name", u.FirstName + "," + u.LastName, "Person,1"},
		{"user name", u.Username, "person1"},
		{"user id", u.ID, "user-1"},
		{"emails", strings.Join(u.Emails, " "), "person1@example.com person1.2@example.com"},
		{"page", u.URL, "https://host-1.example/page-1"},
		{"avatar", u.AvatarURL, ""},
		{"organization", fmt.Sprint(m.Account.Organizations[1]), "{org-2 Organization 2     }"},
		{"kind and role", m.Account.Organizations[0].Kind + " " + m.Account.Organizations[0].Role, "team admin"},
		{"linked account", m.Account.LinkedAccounts[0].FullName + " " + m.Account.LinkedAccounts[0].SubjectID, "Person 1.2 user-1.2"},
		{"endpoint", m.Endpoint, "https://host-1.example:8443/path-1/api/v3/onezone/user"},
		{"code", m.Health.Code, "tokenInvalid"},
		{"explanation", m.Health.Explanation, "The service answered as user user-1, but this profile belongs to user user-2."},
		{"token", token.Name + ", " + token.Kind + ", " + token.Scopes[0], "Token 1, api token, api_tokens:read"},
		{"networks", token.Networks[0] + ", " + token.Caveats[0].String(), "192.0.2.3/24, only from 192.0.2.3/24"},
		{"caveats", strings.Join(token.Conditions()[1:], ", "), "only for certain paths, only used by certain users, restriction-1, read-only"},
		{"facts", token.Facts[0].Value + ", " + token.Facts[1].Value + ", " + token.Facts[2].Value, "Organization 1, fact-1, named"},
		{"details", m.Details.Notes.String(), "The groups could not be read: Organization 2 is closed."},
		{"budgets", m.RateLimit.Name + ", " + m.OtherLimits[0].Name + ", " + m.OtherLimits[1].Name, "core, user-1, search of Organization 1"},
		{"header", check.Exchange.Response[2], "Date: Fri, 20 Nov 2026 12:00:00 GMT"},
		{"body", strings.Join(check.Exchange.Body, ""),
			`{  "userId": "user-1",  "fullName": "Person 1",  "title": "…",  "creationTime": 1576152793,  "code": "tokenInvalid",` +
				`  "user-1.2": ["person7@example.com", true, null],  "note": "…"`},
		{"expiry", m.Changes[10].String(), "token expiry: 2026-12-01 00:00 UTC, was never"},
		{"role", m.Changes[6].String(), "role in Organization 5: owner, was member"},
		{"state", m.Changes[11].String(), "state: wrong account, was healthy"},
		{"profile", m.Profile, "work"},
		{"warning", m.Notes.String(), "Others can read the file /Users/person1/file-1; run chmod 600 /Users/person1/file-1"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

// TestOwn hides what a person has written for the screen where it tells what is
// hidden elsewhere, and leaves it where it does not.
func TestOwn(t *testing.T) {
	m := New(services)
	s, _ := personal()
	m.Snapshot(s)
	for text, want := range map[string]string{
		"work": "work", "": "", "prod": "prod", "samples": "samples", "lab 2": "lab 2", "network": "network",
		"Acme Inc.": "Organization 1", "acme-inc": "organization-1", "samroe": "person1",
	} {
		if got := m.Own("profile", text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{
		"acme_inc", "AcmeInc-prod", "ACME-INC.eu", "otter-labs", "OtterLabs2", "the token of Sam", "sam_roe", "at sam.roe@acme.example",
		"from kim@nowhere.example.org", "my 10.1.2.3", "user_zk3ABC",
	} {
		first, second := m.Own("label", text), m.Own("label", text)
		if !strings.HasPrefix(first, "label-") || first != second {
			t.Errorf("%q becomes %q, and %q", text, first, second)
		}
	}
	// Two that tell the same are still two.
	if a, b := m.Own("profile", "otter-labs-a"), m.Own("profile", "otter-labs-b"); a == b || !strings.HasPrefix(a, "profile-") {
		t.Errorf("%q and %q", a, b)
	}
	s.Profile = "otter-labs-prod"
	if got := m.Snapshot(s).Profile; got != "profile-3" {
		t.Errorf("the snapshot is of %q", got)
	}
	if got := m.Past(account.Past{Profile: "otter-labs-prod"}).Profile; got != "profile-3" {
		t.Errorf("the past is of %q", got)
	}
}

func TestIsStable(t *testing.T) {
	one, _ := personal()
	other := account.Snapshot{Profile: "other", Account: &account.Account{User: account.User{ID: "u9", FullName: "Kim Poe", Emails: []string{"SAM.ROE@acme.example"}}}}
	m := New(services)
	first := m.Snapshot(one)
	second := m.Snapshot(other)
	one.Account.User.Emails = slices.Clone(one.Account.User.Emails)
	slices.Reverse(one.Account.User.Emails)
	again := m.Snapshot(one)
	slices.Reverse(again.Account.User.Emails)
	if !reflect.DeepEqual(first, again) {
		t.Errorf("the stand-ins have changed:\n%+v\n%+v", first, again)
	}
	if second.Account.User.Name() == first.Account.User.Name() {
		t.Error("two people have the same name")
	}
	if second.Account.User.Emails[0] != first.Account.User.Emails[0] {
		t.Error("one address has two stand-ins")
	}
}

func TestLeavesRoles(t *testing.T) {
	s := account.Snapshot{Account: &account.Account{
		User: account.User{ID: "u1", Username: "admin"}, Organizations: []account.Organization{{ID: "o1", Role: "admin", Kind: "admin"}},
	}}
	a := New(services).Snapshot(s).Account
	if a.User.Username != "person1" || a.Organizations[0].Role != "admin" || a.Organizations[0].Kind != "admin" {
		t.Errorf("it is %+v", a)
	}
}

func TestText(t *testing.T) {
	m := New(services)
	s, _ := personal()
	m.Snapshot(s)
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"Status 403.", "Status 403."},
		{"Sample text of samroes stays", "Sample text of samroes stays"},
		{"by Sam, Roe or SAM.ROE@acme.example", "by Person 1, Person 1 or person1@example.com"},
		{"dial tcp 10.1.2.3:443: refused", "dial tcp 192.0.2.5:443: refused"},
		{"to [2001:db9::9]:443, and from 127.0.0.1:80 at 12:30:05", "to [2001:db8::6]:443, and from 127.0.0.1:80 at 12:30:05"},
		{"http://127.0.0.1:4711 and http://a.localhost:1/y", "http://127.0.0.1:4711 and http://a.localhost:1/…"},
		{"to https://else.example/u/kim?a=1: refused", "to https://host-5.example/…: refused"},
		{"Check that https://zone.acme.example:8443/tenant-acme/api/v3/onezone/user is it", "Check that https://host-1.example:8443/path-1/api/v3/onezone/user is it"},
		{"proxy proxy.corp.example:3128 answered 407", "proxy host-6.example:3128 answered 407"},
		{"version 21.02.5 of config.toml:12:3, 9.5s", "version 21.02.5 of config.toml:12:3, 9.5s"},
		{"group 0123456789abcdef0123 or usr-0123456789abcdef", "group id-2 or id-3"},
		{"123e4567-e89b-12d3-a456-426614174000", "id-4"},
		{`C:\Users\sam\token`, `C:\Users\someone\file-1`},
		{"the user Sam Ro… is not known", "the user Person 1… is not known"},
		{"Zoë 李 \xff stays", "Zoë 李 \xff stays"},
	} {
		if got := m.Text(tt.in); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestBody(t *testing.T) {
	for _, tt := range []struct {
		name       string
		body, want []string
	}{
		{"web page", []string{"<html>", "<p>Sam Roe</p>"}, []string{"withheld"}},
		{"text", []string{"Sam Roe"}, []string{"withheld"}},
		{"not quite JSON", []string{`{"a": 1,`, `name: Sam}`}, []string{"withheld"}},
		{"escaped", []string{`{"a": "Zo\u00eb", "b\"c": [-1.5e3, ""]}`}, []string{`{"a": "Person 1", "b\"c": [-1.5e3, ""]}`}},
		{"a secret", []string{`"[redacted]"`}, []string{`"[redacted]"`}},
		{"nothing", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := account.Snapshot{
				Account: &account.Account{User: account.User{FullName: "Zoë", ID: "u1"}},
				History: []account.Check{{Exchange: &account.Exchange{Body: tt.body}}},
			}
			if got := New(services).Snapshot(s).History[0].Exchange.Body; !slices.Equal(got, tt.want) {
				t.Errorf("it is %q, want %q", got, tt.want)
			}
		})
	}
}

// Every text of a snapshot goes through the mask, those of a later version,
// too, but for the words that are ours.
func TestMissesNothing(t *testing.T) {
	var s account.Snapshot
	accounttest.Fill(reflect.ValueOf(&s).Elem(), "Snapshot")
	m := New(services)
	for _, text := range accounttest.Texts(reflect.ValueOf(s)) {
		m.put(text, "masked")
	}
	ours := []string{
		"Snapshot.Profile", "Snapshot.Service", "Snapshot.Health.State", "Snapshot.Verdict.State", "Snapshot.Snooze.Verdict", "Token.Kind", "Token.Expiry.Kind", "Stated.Kind", "Stated.Expiry.Kind", "].State", "Health.Action", "].Kind", "].About", ".Was.Ends", ".Is.Ends", "].Role", "].Access", ".Exchange.Method",
	}
	for _, text := range accounttest.Texts(reflect.ValueOf(m.Snapshot(s))) {
		text = strings.TrimSuffix(text, "\x1b")
		kept := slices.ContainsFunc(ours, func(suffix string) bool { return strings.HasSuffix(text, suffix) })
		if strings.HasPrefix(text, "Snapshot") && !kept {
			t.Errorf("%s is shown", text)
		}
	}
}

// TestPastShowsNobody has the past of a profile tell with the stand-ins of its
// snapshot, and with stand-ins for what is nowhere else any more.
func TestPastShowsNobody(t *testing.T) {
	s, secrets := personal()
	p := account.Past{Profile: s.Profile, Endpoint: s.Endpoint, Checks: s.History, Changes: s.Changes}
	before := accounttest.Texts(reflect.ValueOf(p))
	alone := New(services).Past(p)
	for _, text := range accounttest.Texts(reflect.ValueOf(alone.Changes)) {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q is still in %q", secret, text)
			}
		}
	}
	if !slices.Equal(accounttest.Texts(reflect.ValueOf(p)), before) {
		t.Error("the past itself was changed")
	}
	m := New(services)
	masked := m.Snapshot(s)
	want := account.Past{Profile: masked.Profile, Endpoint: masked.Endpoint, Checks: masked.History, Changes: masked.Changes}
	if got := m.Past(p); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// BenchmarkPast is what private mode costs when a profile is looked at.
func BenchmarkPast(b *testing.B) {
	m := New(services)
	s, _ := personal()
	m.Snapshot(s)
	check := s.History[0]
	check.Exchange = nil
	p := account.Past{Profile: s.Profile, Checks: slices.Repeat([]account.Check{check}, 5000), Changes: s.Changes}
	for b.Loop() {
		m.Past(p)
	}
}

func FuzzText(f *testing.F) {
	f.Add("Sam Roe", "sam@example.org", "a Sam Roe… b")
	f.Fuzz(func(t *testing.T, name, id, text string) {
		m := New(services)
		s := account.Snapshot{
			Account: &account.Account{User: account.User{FullName: name, ID: id}},
			Health:  account.Health{Explanation: text, Description: name + " " + id + ", " + text},
		}
		masked := m.Snapshot(s)
		if again := m.Snapshot(s); !reflect.DeepEqual(masked, again) {
			t.Fatalf("%+v becomes %+v", masked, again)
		}
		if len(strings.TrimSpace(name)) < 2 || isFewDigits(name) || strings.HasPrefix("Person 1", name) {
			return
		}
		if masked.Account.User.FullName == name || strings.HasPrefix(masked.Health.Description, name+" ") {
			t.Fatalf("%q is shown: %q", name, masked.Health.Description)
		}
	})
}

func BenchmarkSnapshot(b *testing.B) {
	m := New(services)
	for i := range 500 {
		s, _ := personal()
		s.Account.User = account.User{ID: fmt.Sprintf("user_%dx", i), FullName: fmt.Sprintf("Sam %d", i), Emails: []string{fmt.Sprintf("p%d@acme.example", i)}}
		m.Snapshot(s)
	}
	s, _ := personal()
	s.History = slices.Repeat(s.History, account.MaxHistory)
	for i := range s.History[10:] {
		s.History[10+i].Exchange = nil
	}
	for b.Loop() {
		m.Snapshot(s)
	}
}

var services = []account.ServiceInfo{
	{Name: "katapult", Prefix: "/core/v1", Path: "/users/current"},
	{Name: "onezone", Prefix: "/api/v3/onezone", Path: "/user"},
}

// TestPaths has the names that a person has given to files and folders, in texts in which
// other things have strokes, too.
func TestPaths(t *testing.T) {
	m := New(services)
	s, _ := personal()
	m.Snapshot(s)
	m.SetHome("/work/home of kim/")
	m.ShowPlaces([]string{".netrc", ".config/gh/hosts.yml"})
	m.File("clients/otter.toml")
	m.File("/work/otter space/key file")
	m.File("/work/home of kim/my keys/one")
	m.File("plain")
	for _, tt := range []struct{ in, want string }{
		{"/work/home of kim", "~"},
		{"in /work/home of kim/.config/rollcall/config.toml: 2 profiles", "in ~/.config/rollcall/config.toml: 2 profiles"},
		{"'/work/home of kim/otter/tok'.", "'~/folder-6/file-6'."},
		{"/work/home of kimberley/x", "/folder-3/home of kimberley/x"},
		{"see clients/otter.toml:3, plain", "see folder-2/file-3:3, plain"},
		{"/work/otter space/key file is", "/folder-3/folder-4/file-4 is"},
		{"others can read ~/otter/tok (mode 0644)", "others can read ~/folder-6/file-6 (mode 0644)"},
		{"/srv/otter/config.toml.", "/srv/folder-6/config.toml."},
		{"/srv/Acme Inc./token", "/srv/Organization 1/file-1"},
		{"/home/sam and (/home/kim/.netrc)", "/home/someone and (/home/someone/.netrc)"},
		{"~/.config/gh/hosts.yml", "~/.config/gh/hosts.yml"},
		{"~/.config/gh/otter and ~/gh/hosts.yml", "~/.config/gh/file-7 and ~/folder-7/file-8"},
		{`C:\Users\kim\otter\config.toml is`, `C:\Users\someone\folder-6\config.toml is`},
		{"needs /api/v3 at its end", "needs /api/v3 at its end"},
		{"a/b, either/or, 12/24, text/html, */*, /token, / /", "a/b, either/or, 12/24, text/html, */*, /token, / /"},
		{`"a\nb\nc"`, `"a\nb\nc"`},
	} {
		if got := m.Text(tt.in); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.in, got, tt.want)
		}
	}
}
