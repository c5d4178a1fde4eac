package account

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

func TestCaveatIsStored(t *testing.T) {
	for want, words := range map[*Caveat]string{
		{Text: "moon = full"}: "moon = full",
		{Kind: CaveatUntil, At: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}: "until 2030-01-01",
		{Kind: CaveatCountry, Not: true, Values: []string{"PL", "FR"}}:       "not from the countries PL or FR",
		{Kind: CaveatFile, Values: []string{"1", "2"}, More: 3}:              "only for the file ids 1, 2 or 3 more",
		{Kind: CaveatNetwork, Values: []string{"AS64500"}}:                   "only from the network AS64500",
		{Kind: CaveatReadOnly}:         "read-only",
		{Kind: CaveatFurther, More: 7}: "and under 7 more conditions",
		{Kind: CaveatConsumer}:         "only used by certain users",
	} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Caveat
		if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, *want) {
			t.Errorf("%s is read as %+v; %v", data, got, err)
		}
		if got.String() != words {
			t.Errorf("%s is %q, want %q", data, got, words)
		}
	}
}

// TestStoredCaveats has caveats from other versions of rollcall.
func TestStoredCaveats(t *testing.T) {
	var got []Caveat
	if err := json.Unmarshal([]byte(`["only from 10.0.0.0/8", {"kind":"moon","text":"moon = full"}]`), &got); err != nil {
		t.Fatal(err)
	}
	if words := (Token{Caveats: got}).Conditions(); words[0] != "only from 10.0.0.0/8" || words[1] != "moon = full" {
		t.Errorf("they are %q", words)
	}
}
