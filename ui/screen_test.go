package ui

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
)

// checkSize fails unless every line is exactly as wide as the screen.
func checkSize(t *testing.T, b *bench, w, h int) {
	t.Helper()
	lines := strings.Split(b.View().Content, "\n")
	if len(lines) != h {
		t.Fatalf("%dx%d: %d lines", w, h, len(lines))
	}
	for i, l := range lines {
		if words := ansi.Strip(l); text.MarkedLine(words) != words {
			t.Fatalf("%dx%d: line %d has something that nobody sees: %+q", w, h, i, words)
		}
		if n := ansi.StringWidth(l); n != w {
			t.Fatalf("%dx%d: line %d is %d wide: %q", w, h, i, n, ansi.Strip(l))
		}
		// A terminal that counts characters, not clusters, must agree.
		if n := ansi.StringWidthWc(l); n != w {
			t.Fatalf("%dx%d: line %d is %d wide by characters: %q", w, h, i, n, ansi.Strip(l))
		}
	}
}

func TestEverySizeIsFilledExactly(t *testing.T) {
	t.Parallel()
	problems := sampleProfiles()
	problems.Problems = []config.Problem{{File: "config.toml", Line: 3, Message: strings.Repeat("long ", 40)}}
	many := sampleProfiles()
	many.UI.Keys = map[string][]string{"refresh": {"f5"}, "no_such": {"x"}}
	for name, c := range map[string]struct {
		o    Options
		data []account.Snapshot
		keys []string
	}{
		"mixed": {Options{}, sampleSnapshots(), nil}, "wide": {Options{}, sampleSnapshots(), []string{"4", "tab"}},
		"orgs":   {Options{}, sampleSnapshots(), []string{"3", "tab", "tab", "end"}},
		"linked": {Options{}, sampleSnapshots(), []string{"2", "tab", "tab", "tab"}},
		"token":  {Options{}, sampleSnapshots(), []string{"9", "shift+tab"}}, "loading": {Options{}, loading(), nil},
		"first": {Options{Config: sampleEmpty(), FirstRun: true}, nil, nil}, "none": {Options{}, nil, nil},
		"filter": {Options{}, sampleSnapshots(), []string{"/", "a", "山", "é"}}, "help": {Options{}, sampleSnapshots(), []string{"?", "end"}},
		"problems": {Options{Config: problems, Demo: true}, sampleSnapshots(), []string{"!"}},
		"ascii":    {Options{ASCII: true, NoColor: true}, sampleSnapshots(), []string{"7"}},
		"overview": {Options{}, sampleSnapshots(), []string{"o", "s", "b", "b", "end"}},
		"timeline": {Options{}, sampleSnapshots(), []string{"t", "/", "a"}}, "activity": {Options{Demo: true}, sampleSnapshots(), []string{"v"}},
		"check": {Options{}, sampleSnapshots(), []string{"9", "v", "enter", "end"}}, "people": {Options{}, sampleSnapshots(), []string{"p"}},
		"incident": {Options{}, networkDown(), []string{"i"}}, "ascii views": {Options{ASCII: true}, networkDown(), []string{"t"}},
		"notice": {Options{Config: many}, networkDown(), []string{"R"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(c.o)
			b.send(tea.WindowSizeMsg{Width: 100, Height: 30}, account.Event{Snapshots: c.data})
			b.press(c.keys...)
			for _, w := range []int{1, 2, 5, 20, 39, 40, 41, 55, 69, 70, 71, 79, 80, 95, 109, 110, 111, 120, 160, 200, 300} {
				for _, h := range []int{1, 2, 3, 9, 10, 11, 12, 15, 19, 20, 21, 24, 36, 50, 100} {
					b.send(tea.WindowSizeMsg{Width: w, Height: h})
					checkSize(t, b, w, h)
				}
			}
		})
	}
}

// TestAnythingGoes presses random keys on random data in random sizes.
func TestAnythingGoes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			anything(t, rand.New(rand.NewPCG(seed, 1)), 250)
		})
	}
}

func FuzzAnything(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { anything(t, rand.New(rand.NewPCG(seed, 2)), 60) })
}

func anything(t *testing.T, r *rand.Rand, steps int) {
	keys := strings.Fields("up down left right tab shift+tab enter esc pgup pgdown home end backspace delete " +
		"ctrl+u ctrl+w ctrl+d ctrl+k j k h l g G / ? ! r R s y 1 5 9 a é 山 x o t v p d i b c S < > o t v p " +
		": ctrl+p a E n f2 D X delete J K u U O m space enter enter tab tab f f z z I L T Y e N P [ ] - + _ 0 N ctrl+l space V * V j # w space")
	b := mixed(Options{ASCII: r.IntN(4) == 0, Manage: &keeper{}, Export: (&exports{}).export}, 90, 30)
	w, h := 90, 30
	for range steps {
		switch r.IntN(8) {
		case 0:
			w, h = 1+r.IntN(300), 1+r.IntN(100)
			b.send(tea.WindowSizeMsg{Width: w, Height: h})
		case 1:
			b.send(account.Event{Snapshots: []account.Snapshot{randomSnapshot(r)}})
		case 2:
			b.now = b.now.Add(time.Duration(r.IntN(90)) * time.Second)
			b.send(clockTickedMsg{b.now, b.clock.generation}, spinnerTurnedMsg{})
		case 3:
			x, y := r.IntN(w), r.IntN(h)
			b.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft},
				tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
		case 4:
			b.send(randomManaging(r, b)...)
		default:
			b.press(keys[r.IntN(len(keys))])
		}
		checkSize(t, b, w, h)
		checkTotals(t, b)
		checkMarks(t, b)
	}
}

// checkTotals fails unless what the roster counts with each change is what
// counting all of it gives.
func checkTotals(t *testing.T, b *bench) {
	t.Helper()
	busy, troubled, next := 0, 0, time.Time{}
	var standing []insight.Standing
	for _, r := range b.roster.rows {
		standing = append(standing, insight.StandingOf(r.snap, b.clock.now, b.roster.warning))
		if is := standing[len(standing)-1]; is != r.standing {
			t.Fatalf("%s stands as %+v, not as %+v", r.name, is, r.standing)
		}
		if r.snap.Busy {
			busy++
		}
		if concerns(r.snap) {
			troubled++
		}
		if n := r.snap.NextAt; !n.IsZero() && (next.IsZero() || n.Before(next)) {
			next = n
		}
	}
	outlook, kept := insight.OutlookOf(standing, b.clock.now), b.roster.outlook()
	for _, u := range insight.Urgencies() {
		if outlook.Counts[u] != b.roster.standings.counts[u] {
			t.Fatalf("%d are %s, and %d are counted", outlook.Counts[u], u, b.roster.standings.counts[u])
		}
	}
	if outlook.Week != kept.Week || outlook.Next != kept.Next || !outlook.Ends.Equal(kept.Ends) {
		t.Fatalf("the outlook is %+v, not %+v", outlook, kept)
	}
	if busy != b.roster.busy || troubled != b.roster.troubles.troubled || !next.Equal(b.roster.next) {
		t.Fatalf("%d busy of %d, %d troubled of %d, next at %s and not %s", b.roster.busy, busy,
			b.roster.troubles.troubled, troubled, b.roster.next, next)
	}
}

// randomManaging is a changed file, or the answer that a form waits for.
func randomManaging(r *rand.Rand, b *bench) []tea.Msg {
	if f, ok := b.overlays.top().(testedForm); ok {
		return []tea.Msg{draftTriedMsg{form: f, attempt: f.asking().attempt, snapshot: randomSnapshot(r)}, tea.PasteMsg{Content: randomText(r)}}
	}
	c := sampleProfiles()
	c.Profiles = c.Profiles[:r.IntN(len(c.Profiles)+1)]
	r.Shuffle(len(c.Profiles), func(i, j int) { c.Profiles[i], c.Profiles[j] = c.Profiles[j], c.Profiles[i] })
	switched := config.Edit{Kind: config.EditDisable, Profile: sampleProfiles().Profiles[r.IntN(13)].Name}
	if r.IntN(2) == 0 {
		switched.Kind = config.EditEnable
	}
	all := []tea.Msg{
		changeSavedMsg{change: switched}, changeSavedMsg{change: switched, err: errors.New("full")}, ConfigMsg{Config: c}, ConfigMsg{Err: errors.New(randomText(r))}, tea.BlurMsg{}, tea.FocusMsg{},
		changeSavedMsg{change: config.Edit{To: "work"}, said: randomText(r)}, changeUndoneMsg{err: errors.New(randomText(r))}, profileUsedMsg{active: randomText(r), said: randomText(r)}, pageOpenedMsg{errors.New(randomText(r))}, ActiveMsg{Profile: "work", Problem: randomText(r)},
	}
	return all[r.IntN(len(all)):][:1]
}

func randomText(r *rand.Rand) string {
	pieces := []string{"", "a", "Sam Roe ", "山田", "e\u0301", "👩‍🔬", "🇩🇪", "محمد", "\x1b[31m", "\x00", "\u202e", "long-word-", "❤️", "\u200b", "\u3164", "a\u00ad", "م\u200cن", "\U000e0041", "\ufe01", "\u200f", "\xff", "x\ny"}
	var b strings.Builder
	for range r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func randomSnapshot(r *rand.Rand) account.Snapshot {
	all, states := sampleSnapshots(), account.States()
	s := all[r.IntN(len(all))]
	text := func() string { return randomText(r) }
	s.Health = account.Health{
		State: states[r.IntN(len(states))], HTTPStatus: r.IntN(600), Code: text(), Description: text(),
		Explanation: text(), Remedy: text(), CheckedAt: noon.Add(time.Duration(r.IntN(7200)-3600) * time.Second),
		Latency: time.Duration(r.Int64N(1e10)), Attempts: r.IntN(4), RetryAt: noon.Add(time.Duration(r.IntN(90)) * time.Second),
	}
	if r.IntN(3) > 0 {
		s.Account = &account.Account{User: account.User{ID: text(), FullName: text(), Username: text(), Emails: []string{text(), text()}}}
		for range r.IntN(20) {
			s.Account.Organizations = append(s.Account.Organizations, account.Organization{ID: text(), Name: text(), Kind: text(), Role: text()})
			s.Account.LinkedAccounts = append(s.Account.LinkedAccounts,
				account.LinkedAccount{IDP: text(), SubjectID: text(), Emails: []string{text()}, Entitlements: []string{text()}, Custom: text()})
		}
		s.Account.Token = account.Token{ID: text(), Name: text(), Scopes: []string{text(), text()}, Networks: []string{}, Caveats: []account.Caveat{{Text: text()}, {Kind: account.CaveatAddress, Values: []string{text()}}},
			Facts:  []account.Fact{{Name: text(), Value: text(), Source: text()}},
			Expiry: account.Expiry{Kind: account.ExpiryDate, At: noon.Add(time.Duration(r.Int64N(1e16) - 5e15)), Source: text()}}
	}
	s.RateLimit = account.RateLimit{Limit: pointer(r.Int64N(200) - 20), Remaining: pointer(r.Int64N(200) - 20), ResetAt: noon.Add(time.Minute)}
	for range r.IntN(20) {
		other := account.RateLimit{Name: text(), Remaining: pointer(r.Int64N(200) - 20), ResetAt: noon.Add(time.Duration(r.IntN(1e6)) * time.Second)}
		if r.IntN(2) == 0 {
			other.Limit = pointer(r.Int64())
		}
		s.OtherLimits = append(s.OtherLimits, other)
	}
	for range r.IntN(5) {
		at := noon.Add(time.Duration(r.IntN(1e6)-1e6+3600) * time.Second)
		s.Changes = append(s.Changes, account.Change{At: at, Kind: account.ChangeRole, What: text(), Was: account.Value{Name: text()}, Is: account.Value{Name: text()}})
		s.History = append(s.History, account.Check{At: at, State: states[r.IntN(len(states))], HTTPStatus: r.IntN(600), Code: text(),
			Latency: time.Duration(r.Int64N(1e10)), Phases: account.Phases{DNS: time.Duration(r.Int64N(1e10))}, Remaining: pointer(r.Int64()),
			Exchange: &account.Exchange{Method: "GET", URL: text(), Request: []string{text()}, Body: []string{text(), text()}, Clipped: true}})
	}
	s.Verdict = account.Verdict{State: states[r.IntN(len(states))], Since: noon.Add(-time.Duration(r.IntN(1e6)) * time.Second)}
	if s.Account != nil && r.IntN(3) == 0 {
		s.Account.Token.Expiry.At = noon.Add(time.Duration(r.IntN(7200)) * time.Second)
	}
	s.UnaskedSince = noon.Add(-time.Duration(r.IntN(1300000)) * time.Second)
	s.Since = noon.Add(-time.Duration(r.IntN(1e5)) * time.Second)
	s.Notes = account.Notes{{Kind: account.NoteCredential, Cause: text(), Remedy: text()}}
	s.Details = account.DetailsStatus{Busy: r.IntN(2) == 0, Notes: account.Notes{{Kind: account.NoteUnread, About: account.PartOrganizations, What: text(), Cause: text()}}}
	s.Busy = r.IntN(3) == 0
	return s.Harmless() // As the engine hands it over.
}
