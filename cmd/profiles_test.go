package cmd

import "testing"

func TestFreeName(t *testing.T) {
	if got := freeName("work", nil); got != "work" {
		t.Errorf("got %q", got)
	}
	if got := freeName("work", []string{"work", "work-2"}); got != "work-3" {
		t.Errorf("got %q", got)
	}
}
