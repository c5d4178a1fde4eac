package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// inState is a profile in each state, with what is told about it then.
func inState(state account.State) account.Snapshot {
	known := healthy("work", account.User{
		ID: "user_8bXgZk3QpL", FullName: "Sam Roe", Username: "sam", Emails: []string{"sam@example.org"},
	}, 42)
	known.Account.Organizations = []account.Organization{{ID: "org_1", Name: "Acme", SubDomain: "acme", Role: "owner"}}
	known.Account.Token = account.Token{
		ID: "tok_5Yc0", Name: "laptop", Scopes: []string{"users:read"},
		Expiry: account.Expiry{Kind: account.ExpiryDate, At: noon.AddDate(0, 0, 83), Source: "token record"},
	}
	h := account.Health{State: state, CheckedAt: known.Health.CheckedAt, Latency: 61 * time.Millisecond, Attempts: 1}
	say := func(status int, code, explains, remedy string) account.Snapshot {
		h.HTTPStatus, h.Code, h.Explanation, h.Remedy = status, code, explains, remedy
		s := known
		s.Health, s.AccountAt = h, noon.Add(-3*time.Hour)
		s.Health.LastOKAt = s.AccountAt
		if state.Judges() {
			s.Verdict = account.Verdict{State: state, At: h.CheckedAt, Since: h.CheckedAt}
		} else {
			s.Verdict = account.Verdict{State: account.Healthy, At: s.AccountAt, Since: noon.Add(-26 * time.Hour)}
		}
		if state.Inconclusive() {
			s.UnaskedSince = h.CheckedAt
		}
		s.History = append(checks("hhhhhhhh"), account.Check{At: h.CheckedAt, State: state, HTTPStatus: status, Code: code, Latency: h.Latency})
		return s
	}
	switch state {
	case account.Healthy:
		return known
	case account.Expiring:
		s := say(200, "", "", "")
		s.AccountAt, s.Health.LastOKAt = h.CheckedAt, h.CheckedAt
		s.Account.Token.Expiry.At = noon.AddDate(0, 0, 9)
		return s
	case account.NoUser:
		s := say(404, "no_user_associated_with_identity", "The token is good but belongs to no user.", "Use a token of a person if you need one.")
		s.Account = nil
		return s
	case account.RateLimited:
		s := say(429, "rate_limit_reached", "This token has made all of its 100 requests of this minute.", "Wait; rollcall asks again by itself.")
		s.Health.RetryAt = noon.Add(41 * time.Second)
		s.RateLimit = account.RateLimit{Limit: pointer(int64(100)), Remaining: pointer(int64(0)), ResetAt: noon.Add(41 * time.Second)}
		return s
	case account.Unavailable:
		return say(503, "service_unavailable", "Katapult is not available at the moment.", "Nothing to do: rollcall asks again.")
	case account.InvalidToken:
		return say(403, "invalid_api_token", "Katapult does not accept this token: it was revoked, or never existed.", "Make a new token and put it into $KATAPULT_API_KEY.")
	case account.NetworkDenied:
		return say(403, "unauthorized_network_for_api_token", "This token may not be used from 203.0.113.7.", "Add that address to the token's networks.")
	case account.ScopeMissing:
		return say(403, "scope_not_granted", "The token lacks the scope organizations:read.", "Give the token that scope, or make one that has it.")
	case account.Forbidden:
		return say(403, "userBlocked", "This user is blocked at the service.", "Ask an administrator of datahub.example.org to unblock the user.")
	case account.WrongAccount:
		s := say(200, "", "This is Kim Larsen (user_9), but the profile is pinned to user_8bXgZk3QpL.", "Put the right token in place, or run 'rollcall pin work' to accept this user.")
		s.Account = &account.Account{User: account.User{ID: "user_9", FullName: "Kim Larsen"}}
		s.AccountAt = h.CheckedAt
		return s
	case account.NotFound:
		return say(404, "", "There is no such address at api.katapult.io.", "Check base_url.")
	case account.BadRequest:
		return say(400, "badValue", "The service does not understand the request.", "Check base_url, and whether the service has changed.")
	case account.ServerError:
		return say(500, "internalServerError", "The service failed.", "Nothing to do: rollcall asks again.")
	case account.BadResponse:
		return say(200, "html", "The answer is a web page, not JSON: a sign-in page is in the way.", "Sign in to the network, or check base_url.")
	case account.Unreachable:
		s := say(0, "dns", "api.katapult.io could not be found: no such host.", "Check the network, and base_url.")
		s.Health.Latency, s.History[8].Latency = 0, 0
		return s
	case account.CredentialMissing:
		s := say(0, "", "The variable KATAPULT_API_KEY is not set.", "Set it in the shell that starts rollcall.")
		s.Health.Latency, s.History[8].Latency = 0, 0
		return s
	case account.Misconfigured:
		return account.Snapshot{Profile: "work", Health: account.Health{State: state,
			Explanation: `config.toml:3: unknown key "tokn"; did you mean "token"?`, Remedy: "Mend that line; rollcall reads the file again by itself."}}
	default: // disabled, checking
		return account.Snapshot{Profile: "work", Health: account.Health{State: state}, Busy: state == account.Checking}
	}
}

// TestStates draws each state as the token pane shows it.
func TestStates(t *testing.T) {
	for _, state := range account.States() {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			c := firstProfiles(1)
			c.Profiles[0].Disabled = state == account.Disabled
			b := newBench(Options{Config: c})
			b.send(tea.WindowSizeMsg{Width: 80, Height: 24}, account.Event{Snapshots: []account.Snapshot{inState(state)}})
			checkSize(t, b, 80, 24)
			screen := b.text()
			for _, want := range []string{state.Word(), "work"} {
				if !strings.Contains(screen, want) {
					t.Errorf("%q is not to be seen", want)
				}
			}
			if does, phrase := remedyOf(b.selection.current()); does != "" && !strings.Contains(screen, "f "+phrase) {
				t.Errorf("%q is not to be seen without scrolling", phrase)
			}
			golden(t, "state-"+string(state), screen)
		})
	}
}

// firstProfiles are the first n of the sample.
func firstProfiles(n int) *config.Config {
	c := sampleProfiles()
	c.Profiles = c.Profiles[:n]
	return c
}

// manyProfiles are n profiles with the samples' answers, one after the other.
func manyProfiles(n int) (*config.Config, []account.Snapshot) {
	c, samples := sampleProfiles(), sampleSnapshots()
	profiles := c.Profiles
	c.Profiles = nil
	var all []account.Snapshot
	for i := range n {
		p, s := profiles[i%len(profiles)], samples[i%len(samples)]
		p.Name = fmt.Sprintf("%s-%03d", p.Name, i+1)
		s.Profile = p.Name
		c.Profiles, all = append(c.Profiles, p), append(all, s)
	}
	return c, all
}

// strangeNames are profiles with names, labels and tags as nobody expects them.
func strangeNames() (*config.Config, []account.Snapshot) {
	c, samples := firstProfiles(6), sampleSnapshots()[:6]
	for i, name := range []string{
		"production-eu-west-1-primary-of-the-customer", "国立情報学研究所", "e\u0301te\u0301", "👩‍🔬 lab", "مختبر", "a b",
	} {
		c.Profiles[i].Name, samples[i].Profile = name, name
		c.Profiles[i].Label = "the label of " + name
		c.Profiles[i].Tags = []string{name, "tag", "another-tag-that-is-long"}
	}
	return c, samples
}

// TestScreens draws the states of the whole screen: how many profiles there
// are, what is in them, and how large the terminal is.
func TestScreens(t *testing.T) {
	one, few := firstProfiles(1), firstProfiles(3)
	many, manySnapshots := manyProfiles(500)
	strange, strangeSnapshots := strangeNames()
	empty := healthy("work", account.User{ID: "user_1", FullName: "Sam Roe"}, 42)
	empty.Account.Organizations = []account.Organization{}
	first := loading()
	first[1] = sampleSnapshots()[1]
	stale := sampleSnapshots()
	for i := range stale {
		stale[i].Restored, stale[i].Busy = true, true
	}
	wide := [][2]int{{40, 10}, {80, 24}, {120, 36}, {200, 50}, {300, 100}}
	for _, c := range []struct {
		name  string
		o     Options
		sizes [][2]int
		data  []account.Snapshot
		keys  []string
	}{
		{"mixed", Options{}, wide[4:], sampleSnapshots(), nil},
		{"overview", Options{}, wide[4:], sampleSnapshots(), []string{"o"}},
		{"timeline", Options{}, wide[4:], sampleSnapshots(), []string{"t"}},
		{"one", Options{Config: one}, wide, []account.Snapshot{inState(account.Healthy)}, nil},
		{"many", Options{Config: many}, wide, manySnapshots, []string{"down", "down", "down"}},
		{"many-end", Options{Config: many}, wide[1:2], manySnapshots, []string{"end"}},
		{"first-answer", Options{}, wide[1:3], first, []string{"2"}},
		{"stale", Options{}, wide[1:3], stale, nil},
		{"empty-lists", Options{Config: few}, wide[1:3], []account.Snapshot{empty}, nil},
		{"strange-names", Options{Config: strange}, wide[:4], strangeSnapshots, nil},
		{"no-match", Options{}, [][2]int{{40, 10}, {120, 36}}, sampleSnapshots(), []string{"/", "z", "z", "q"}},
		{"no-match-overview", Options{}, wide[1:2], sampleSnapshots(), []string{"o", "/", "z", "z", "q"}},
		{"console", Options{ASCII: true, Console: true}, wide[1:2], sampleSnapshots(), []string{"7"}},
		{"console-timeline", Options{ASCII: true, Console: true}, wide[1:2], sampleSnapshots(), []string{"t"}},
	} {
		for _, size := range c.sizes {
			name := fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := newBench(c.o)
				b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}, account.Event{Snapshots: c.data})
				b.press(c.keys...)
				checkSize(t, b, size[0], size[1])
				golden(t, name, b.text())
			})
		}
	}
}

// TestConsoleGlyphs draws nothing that code page 437 does not have, which the
// fonts of the Linux console begin with.
func TestConsoleGlyphs(t *testing.T) {
	c := sampleProfiles()
	c.Profiles = slices.DeleteFunc(c.Profiles, func(p config.Profile) bool { return p.Name == "wide" })
	b := newBench(Options{Config: c, ASCII: true, Console: true})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: sampleSnapshots()})
	for _, keys := range [][]string{{"1"}, {"9"}, {"o"}, {"t"}, {"v"}, {"p"}, {"?"}} {
		b.press(keys...)
		for _, r := range b.text() {
			if r > '~' && !strings.ContainsRune("─│║┌┐└┘┬═█▄▌░·", r) {
				t.Errorf("%v: %q is drawn", keys, r)
			}
		}
	}
}
