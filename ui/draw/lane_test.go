package draw

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/ui/theme"
)

// laneNow is a Saturday.
var laneNow = time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)

// since are spells of states, each from so many days ago to the next one; the
// last one lasts until now.
func since(steps ...any) (spells []account.Spell) {
	for i := 0; i < len(steps); i += 2 {
		from := laneNow.Add(-time.Duration(float64(day) * float64(steps[i].(int))))
		if n := len(spells); n > 0 {
			spells[n-1].To = from
		}
		spells = append(spells, account.Spell{From: from, To: laneNow, State: steps[i+1].(account.State), Checks: 1})
	}
	return spells
}

func dateIn(d time.Duration) account.Expiry {
	return account.Expiry{Kind: account.ExpiryDate, At: laneNow.Add(d)}
}

var asciiStyles = theme.NewStyles(theme.Look{ASCII: true, NoColor: true})

func TestLane(t *testing.T) {
	never := account.Expiry{Kind: account.ExpiryNever}
	blip := []account.Spell{
		{From: laneNow.Add(-90 * day), To: laneNow.Add(-20 * day), State: account.Healthy},
		{From: laneNow.Add(-20 * day), To: laneNow.Add(-20*day + time.Minute), State: account.InvalidToken},
		{From: laneNow.Add(-20*day + time.Minute), To: laneNow, State: account.Healthy},
	}
	for _, c := range []struct {
		name string
		w    int
		lane Lane
		want string
	}{
		{"healthy, ends in 55 days", 37, Lane{since(90, account.Healthy), dateIn(55 * day)}, "oooooooooooooooo|...------o          "},
		{"ends within the warning", 37, Lane{since(90, account.Healthy, 4, account.Expiring), dateIn(9 * day)}, "ooooooooooooooo!|.!.                 "},
		{"ends within the hour", 37, Lane{since(90, account.Expiring), dateIn(time.Hour)}, "!!!!!!!!!!!!!!!!|!..                 "},
		{"ended", 37, Lane{since(90, account.Healthy, 24, account.InvalidToken), dateIn(-24 * day)}, "oooooooooooxxxxx|...                 "},
		{"ends far ahead", 37, Lane{since(90, account.Healthy), dateIn(700 * day)}, "oooooooooooooooo|...--------------o  "},
		{"ends beyond all", 37, Lane{nil, dateIn(40 * 365 * day)}, "                |...---------------->"},
		{"never", 37, Lane{since(90, account.Healthy), never}, "oooooooooooooooo|...---------------->"},
		{"not known", 37, Lane{since(90, account.Healthy), account.Expiry{}}, "oooooooooooooooo|...                 "},
		{"an outage", 37, Lane{since(90, account.Healthy, 30, account.Unreachable, 12, account.Healthy), never}, "ooooooooooo---oo|...---------------->"},
		{"refused for a minute", 37, Lane{blip, never}, "ooooooooooooxooo|...---------------->"},
		{"known for a week", 37, Lane{since(6, account.Healthy), never}, "              oo|...---------------->"},
		{"switched off", 37, Lane{since(90, account.Healthy, 42, account.Disabled), never}, "ooooooooo       |...---------------->"},
		{"narrow", 9, Lane{since(90, account.Healthy), dateIn(60 * day)}, "oooo|.-o "},
		{"one cell", 1, Lane{since(90, account.Healthy), dateIn(60 * day)}, ">"},
		{"no room", 0, Lane{since(90, account.Healthy), never}, ""},
	} {
		a := NewAxis(laneNow, laneNow.Add(-90*day), laneNow.Add(90*day), 14*day, c.w)
		if got := ansi.Strip(a.Lane(asciiStyles.Glyphs, &asciiStyles.Inks, c.lane)); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
	}
}

// TestLaneElsewhere looks at times in which now is not.
func TestLaneElsewhere(t *testing.T) {
	l := Lane{since(90, account.Healthy), dateIn(120 * day)}
	for _, c := range []struct {
		name     string
		from, to int
		want     string
	}{
		{"before now", -180, -10, "         ooooooooo>"},
		{"after now", 30, 200, "----------o        "},
		{"long after", 150, 300, "                   "},
	} {
		a := NewAxis(laneNow, laneNow.Add(time.Duration(c.from)*day), laneNow.Add(time.Duration(c.to)*day), 14*day, 19)
		if got := ansi.Strip(a.Lane(asciiStyles.Glyphs, &asciiStyles.Inks, l)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAxisLine(t *testing.T) {
	for w, want := range map[int]string{
		0:  "",
		1:  "-",
		9:  "+Sep+now-",
		37: "-+Sep--+Oct-+Nov+now---+2027-+Feb-+2y",
		80: "---+Sep-------+Oct--------+Nov----+now------------+2027-------+Feb-------+1y-+5y",
	} {
		a := NewAxis(laneNow, laneNow.Add(-90*day), laneNow.Add(90*day), 14*day, w)
		if got := ansi.Strip(a.Line(asciiStyles)); got != want {
			t.Errorf("%d: %q, want %q", w, got, want)
		}
	}
}

// FuzzLane holds lanes to their width and axes to their order, whatever the times.
func FuzzLane(f *testing.F) {
	f.Add(int64(90), int64(90), int64(14), int64(20), int64(-5), 80)
	f.Add(int64(-30), int64(200), int64(0), int64(4000), int64(-100), 36)
	f.Add(int64(0), int64(0), int64(99999), int64(-1), int64(0), 1)
	f.Fuzz(func(t *testing.T, back, ahead, warning, end, found int64, w int) {
		const most = 40_000
		if w > 400 || max(back, ahead, warning, end, found) > most || min(back, ahead, end, found) < -most || warning < 0 {
			return
		}
		at := func(days int64) time.Time { return laneNow.Add(time.Duration(days) * day) }
		a := NewAxis(laneNow, at(-back), at(ahead), time.Duration(warning)*day, w)
		l := Lane{account.Spells([]account.Check{{At: at(found), State: account.Healthy}}, laneNow), dateIn(time.Duration(end) * day)}
		line := ansi.Strip(a.Lane(asciiStyles.Glyphs, &asciiStyles.Inks, l))
		if got := ansi.StringWidth(line); got != max(0, w) {
			t.Errorf("a lane of %d cells has %d", w, got)
		}
		if n := strings.Count(line, "|"); n > 1 {
			t.Errorf("now is %d times in %q", n, line)
		}
		if got := ansi.StringWidth(a.Line(asciiStyles)); got != max(0, w) {
			t.Errorf("an axis of %d cells has %d", w, got)
		}
		if first, second := a.Cell(at(min(end, found))), a.Cell(at(max(end, found))); first > second || first < -1 || second > max(0, w) {
			t.Errorf("cell %d comes before %d of %d", first, second, w)
		}
	})
}
