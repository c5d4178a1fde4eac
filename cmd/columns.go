package cmd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/spelling"
	"rollcall/ui/theme"
)

// profileRow is all that a table can tell of a profile, as it can be shown.
type profileRow struct {
	profile  config.Profile
	snapshot account.Snapshot
	standing insight.Standing
	active   bool
	// host is where the service lives, source where the credential is.
	host, source string
	// incident is the title of the fault that the profile shares with others; empty
	// for none.
	incident string
	// under is set where the row stands below the line of that fault.
	under bool
	now   time.Time
	ascii bool
}

// profileColumn is a column of a table of profiles. Its name is what people write
// in --columns, one of [insight.Columns], and its title.
type profileColumn struct {
	name string
	fits column
	cell func(r *profileRow) cell
}

// profileColumns are all that there are, in the order in which they are told of.
func profileColumns() []profileColumn {
	const never = 0
	whole := func(spare int) column { return column{whole: true, spare: spare} }
	return []profileColumn{
		{"profile", whole(never), profileCell},
		{"state", whole(never), stateCell},
		{"urgency", whole(3), func(r *profileRow) cell { return cell{string(r.standing.Urgency), nil} }},
		{"due", whole(never), dueCell},
		{"user", column{spare: 6}, userCell},
		{"email", column{spare: 4}, emailCell},
		{"service", whole(4), func(r *profileRow) cell { return cell{r.profile.Provider, nil} }},
		{"host", column{spare: 3}, func(r *profileRow) cell { return cell{r.host, nil} }},
		{"label", column{spare: 4}, func(r *profileRow) cell { return cell{r.profile.Label, nil} }},
		{"tags", column{spare: 3}, func(r *profileRow) cell { return cell{strings.Join(r.profile.Tags, ","), nil} }},
		{"orgs", column{spare: 2}, orgsCell},
		{"expires", whole(4), expiresCell},
		{"budget", whole(2), func(r *profileRow) cell { return cell{limitWords(r.snapshot.RateLimit), nil} }},
		{"latency", whole(1), func(r *profileRow) cell { return cell{latencyWords(r.snapshot.Health.Latency), nil} }},
		{"since", whole(2), func(r *profileRow) cell { return cell{ago(r.standing.Since, r.now), nil} }},
		{"changed", whole(2), func(r *profileRow) cell { return cell{ago(insight.LastChange(&r.snapshot), r.now), nil} }},
		{"source", column{spare: 4}, func(r *profileRow) cell { return cell{r.source, nil} }},
		{"token", column{spare: 2}, tokenCell},
		{"note", column{least: 30, spare: 5}, noteCell},
	}
}

// columnNames are the words for --columns.
func columnNames() []string { return insight.Columns() }

// columnsNamed are the columns of the names, which are known.
func columnsNamed(names []string) []profileColumn {
	all := profileColumns()
	chosen := make([]profileColumn, 0, len(names))
	for _, name := range names {
		chosen = append(chosen, all[slices.IndexFunc(all, func(c profileColumn) bool { return c.name == name })])
	}
	return chosen
}

// markCell is the mark of the state, before all columns.
func markCell(r *profileRow) cell {
	return cell{theme.Mark(r.standing.State.Severity(), r.ascii), r.stateStyle()}
}

// stateStyle is the colour of the state; a verdict that is stale has none.
func (r *profileRow) stateStyle() *ansi.Style {
	if r.standing.Stale {
		return faint()
	}
	return severityStyle(r.standing.State.Severity())
}

func profileCell(r *profileRow) cell {
	name := r.profile.Name
	if r.active {
		name += " " + theme.ActiveMark(r.ascii)
	}
	if r.under {
		name = "  " + name
	}
	if r.standing.Urgency == insight.UrgencyOff {
		return cell{name, faint()}
	}
	return cell{name, bold()}
}

func stateCell(r *profileRow) cell { return cell{r.standing.Word(), r.stateStyle()} }

// dueCell is the due with what it is about, unless that is said of many at once.
func dueCell(r *profileRow) cell {
	if r.incident != "" && r.standing.Unasked {
		return cell{r.standing.Due.Words(r.now), nil}
	}
	return cell{r.standing.DueWords(r.snapshot.Health, r.now), nil}
}

func userCell(r *profileRow) cell {
	switch {
	case r.snapshot.Account == nil:
		return cell{}
	case r.snapshot.Stale():
		return cell{r.snapshot.Account.User.Name(), faint()}
	}
	return cell{r.snapshot.Account.User.Name(), nil}
}

func emailCell(r *profileRow) cell {
	if r.snapshot.Account == nil {
		return cell{}
	}
	return cell{strings.Join(r.snapshot.Account.User.Emails, ", "), nil}
}

func orgsCell(r *profileRow) cell {
	if r.snapshot.Account == nil {
		return cell{}
	}
	var names []string
	for _, o := range r.snapshot.Account.Organizations {
		names = append(names, o.Name)
	}
	if more := r.snapshot.Account.CountOrganizations() - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return cell{strings.Join(names, ", "), nil}
}

func expiresCell(r *profileRow) cell {
	switch e := r.snapshot.Expiry(); e.KindOrUnknown() {
	case account.ExpiryNever:
		return cell{"never", nil}
	case account.ExpiryDate:
		return cell{text.EndDate(e.At, r.now), nil}
	}
	return cell{}
}

func tokenCell(r *profileRow) cell {
	t, _ := r.snapshot.Token()
	return cell{cmp.Or(t.Name, t.ID), nil}
}

// noteCell is why and what to do, or the note of a snooze. The fault of many is
// named, since it is explained once.
func noteCell(r *profileRow) cell {
	if r.incident != "" && r.standing.Unasked {
		return cell{r.incident, faint()}
	}
	note := r.standing.Note(r.snapshot, r.now)
	if r.snapshot.Stale() {
		note = strings.TrimSpace(text.Sentence(note) + " Last good answer " + text.Ago(r.now.Sub(r.snapshot.AccountAt)) + ".")
	}
	return cell{note, faint()}
}

// columnsFlag is --columns. It implements pflag.Value, so that a wrong one is
// refused before anything runs.
type columnsFlag struct{ names []string }

func (f *columnsFlag) String() string { return strings.Join(f.names, ",") }
func (f *columnsFlag) Type() string   { return "columns" }

func (f *columnsFlag) Set(s string) error {
	known := columnNames()
	f.names = nil
	for name := range strings.SplitSeq(s, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case slices.Contains(f.names, name):
			return fmt.Errorf("the column %s is there twice", name)
		case !slices.Contains(known, name):
			return unknownWord("column", name, known)
		}
		f.names = append(f.names, name)
	}
	return nil
}

// unknownWord says that there is no such word of a kind, and which are near or
// which there are.
func unknownWord(kind, word string, known []string) error {
	if near := spelling.DidYouMean(word, known); near != "" {
		return fmt.Errorf("there is no %s %s%s", kind, spelling.Quote(word), near)
	}
	if len(known) == 1 {
		return fmt.Errorf("there is no %s %s; there is %s alone", kind, spelling.Quote(word), known[0])
	}
	last := len(known) - 1
	return fmt.Errorf("there is no %s %s; there are %s and %s", kind, spelling.Quote(word), strings.Join(known[:last], ", "), known[last])
}
