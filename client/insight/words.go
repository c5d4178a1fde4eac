package insight

import (
	"fmt"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Word is what lists show of the state: "invalid token", and "healthy, stale" for
// a verdict while the service cannot be asked.
func (s Standing) Word() string {
	if s.Stale {
		return s.State.Word() + ", stale"
	}
	return s.State.Word()
}

// DueWords are the due with what it is about: "ends 1h53m", "limit 55s". What
// [Standing.Word] says already is not said again: "2d ago" beside "invalid token".
// A next try is never told without its reason, since it would read as an end.
func (s Standing) DueWords(h account.Health, now time.Time) string {
	reason, word := s.Reason(h, now), s.Word()
	said := s.Urgency == UrgencyOff || strings.HasPrefix(word, reason) || strings.HasSuffix(word, reason)
	if said && s.Due.Kind != DueNext {
		reason = ""
	}
	return strings.TrimSpace(reason + " " + s.Due.Words(now))
}

// Phrase is the due as a sentence goes on with it: "ends in 1h53m", "for 2d",
// "asked again in 55s"; empty where there is nothing to tell.
func (d Due) Phrase(now time.Time) string {
	left := d.At.Sub(now)
	switch {
	case d.Kind == DueNever:
		return "never ends"
	case d.Kind == DueEnd && left <= 0:
		return "ended " + text.Ago(-left)
	case d.Kind == DueEnd:
		return "ends in " + text.Remaining(left)
	case d.Kind == DueSince && -left < time.Second:
		return text.Ago(-left)
	case d.Kind == DueSince:
		return "for " + text.Age(-left)
	case d.Kind == DueNext && left <= 0:
		return "asked again now"
	case d.Kind == DueNext:
		return "asked again in " + text.Countdown(left)
	case d.Kind == DueSnooze:
		return "snoozed for " + text.Remaining(left)
	}
	return ""
}

// Moment is the due with the time of day or the date of it, where it has one:
// "19:03, in 1h53m", "since 11:49, 12m ago".
func (d Due) Moment(now time.Time) string {
	left := d.At.Sub(now)
	switch {
	case d.Kind == DueEnd && left <= 0:
		return "ended " + strings.TrimPrefix(text.EndDate(d.At, now), "today ") + ", " + text.Ago(-left)
	case d.Kind == DueEnd:
		return strings.TrimPrefix(text.EndDate(d.At, now), "today ") + ", in " + text.Remaining(left)
	case d.Kind == DueSince:
		return "since " + text.ShortClock(d.At, now) + ", " + text.Ago(-left)
	}
	return d.Phrase(now)
}

// Advice is what makes the profile stand where it does, and what a person does
// about it. There is no remedy where nobody has to do anything.
func (s Standing) Advice(of account.Snapshot, now time.Time) account.Advice {
	pressing := s.Urgency == UrgencyNow || s.Urgency == UrgencySoon
	switch {
	case s.Urgency == UrgencyOff:
		return account.Advice{}
	case s.Urgency == UrgencySnoozed, s.Urgency == UrgencyFine:
		return account.Advice{Explanation: of.Advice(now).Explanation}
	case pressing && s.Due.Kind == DueEnd && s.State.Answered() && of.Account != nil:
		// The end presses whatever the last check found, and whenever that was.
		of.Health.State = account.Expiring
		if s.Stale {
			of.Health.CheckedAt = of.Verdict.At
		}
		return of.Advice(now)
	case s.Stale && refused(&of):
		return refusedAdvice(of, now)
	}
	return of.Advice(now)
}

// refusedAdvice is that on a credential that the service refused before it could
// not be asked any more: its own words for that are gone by then.
func refusedAdvice(of account.Snapshot, now time.Time) account.Advice {
	said := "The service last said: " + of.Verdict.State.Word() + "."
	if at := of.Verdict.At; !at.IsZero() {
		said = fmt.Sprintf("The service last said, %s: %s.", text.Ago(now.Sub(at)), of.Verdict.State.Word())
	}
	a := account.Advice{
		Explanation: strings.TrimSpace(said + " " + of.Advice(now).Explanation),
		Action:      account.Diagnosis{State: of.Verdict.State}.Remedial(),
	}
	switch of.Verdict.State {
	case account.InvalidToken:
		a.Remedy = "Put a new token in its place."
	case account.ScopeMissing:
		a.Remedy = "Give the token the scope that it lacks, or use another one."
	case account.NetworkDenied:
		a.Remedy = "Let the token be used from this address, or ask from one that it allows."
	case account.WrongAccount:
		a.Remedy = "Give the profile a credential of its own user, or accept the new one."
	default:
		a.Remedy = "Ask those who run the service."
	}
	return a
}

// Note is what a person should know beyond the columns of a list: the person's own
// note of a snooze, else what to do and why. What to do comes first, since a column
// may be too narrow for both.
func (s Standing) Note(of account.Snapshot, now time.Time) string {
	if s.Urgency == UrgencySnoozed && of.Snooze.Note != "" {
		return of.Snooze.Note
	}
	a := s.Advice(of, now)
	if a.Remedy == "" || a.Explanation == "" {
		return a.Remedy + a.Explanation
	}
	return text.Sentence(a.Remedy) + " " + a.Explanation // It may end with a command.
}

// Words sum up a worklist in a line: "3 now, 2 this week, next release in 1h53m".
// Name gives the names of profiles.
func (o Outlook) Words(name func(profile int) string, now time.Time) string {
	parts := []string{"nothing now"}
	if n := o.Counts[UrgencyNow]; n > 0 {
		parts[0] = fmt.Sprintf("%d now", n)
	}
	if o.Week > 0 {
		parts = append(parts, fmt.Sprintf("%d this week", o.Week))
	}
	if n := o.Counts[UrgencyWaiting]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d waiting", n))
	}
	if o.Next >= 0 {
		parts = append(parts, "next "+name(o.Next)+" in "+text.Remaining(o.Ends.Sub(now)))
	}
	return strings.Join(parts, ", ")
}
