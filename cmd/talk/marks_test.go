package talk

import (
	"strings"
	"testing"

	"rollcall/config"
)

// TestMarking has a person do the same to many profiles at once.
func TestMarking(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	w.plays("marking.txt", w.options(), all)
	const want = "refresh staging release office far-a far-b shell holiday, check work, " +
		"export staging,release,office,far-a,far-b,shell,holiday to out/all.json"
	if got := strings.ReplaceAll(strings.Join(w.did, ", "), "https://katapult.example/", ""); got != want {
		t.Errorf("it did %s\nwant   %s", got, want)
	}
	// The file is as it was: each change of many was one step of undo.
	for _, p := range w.from.Profiles {
		now, err := config.Load(w.from.Path, w.providers())
		if is, _ := now.Profile(p.Name); err != nil || is.Disabled != p.Disabled || len(is.Tags) > 0 {
			t.Errorf("%v, %+v", err, is)
		}
	}
}

// TestAll takes all wherever numbers are asked for, however it is written.
func TestAll(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	c := w.begin(all)
	do := func(line string) string { return strings.Join(c.do(t.Context(), line), "\n") }
	if got := do("all"); got != do("list all") || !strings.Contains(got, "12. retired") {
		t.Errorf("all alone: %s", got)
	}
	if got := do("mark All"); !strings.HasPrefix(got, "12 profiles are marked") {
		t.Errorf("all are marked: %s", got)
	}
	if got := do("MARKED"); got != do("list marked") || !strings.Contains(got, "12. retired, marked") {
		t.Errorf("marked alone: %s", got)
	}
	do("unmark")
	do("filter fail")
	if got := do("mark 1, all"); !strings.HasPrefix(got, "8 profiles are marked") {
		t.Errorf("one, and all that the filter leaves: %s", got)
	}
	do("filter no-such-word")
	for _, line := range []string{"mark all", "check all", "snooze all 7d", "copy ALL"} {
		if got := do(line); got != "The filter leaves no profile. Type filter to end it." {
			t.Errorf("%s: %s", line, got)
		}
	}
}
