package store

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"rollcall/client/account"
)

func TestCheckIsStoredShort(t *testing.T) {
	left := int64(87)
	for _, want := range []account.Check{
		{At: noon, State: account.Healthy, HTTPStatus: 200, Latency: 41800 * time.Microsecond, Remaining: &left,
			Phases: account.Phases{DNS: time.Millisecond, Connect: 2 * time.Millisecond, TLS: 3 * time.Millisecond, FirstByte: 4 * time.Millisecond}},
		{At: noon, State: account.Unreachable, Code: "refused"},
		{At: noon, State: account.Healthy, Phases: account.Phases{FirstByte: time.Second}},
	} {
		data, err := json.Marshal(newStoredCheck(want))
		if err != nil {
			t.Fatal(err)
		}
		var stored storedCheck
		if err := json.Unmarshal(data, &stored); err != nil || !reflect.DeepEqual(stored.check(), want) {
			t.Errorf("%s came back as %+v, %v", data, stored, err)
		}
		if len(data) > 110 {
			t.Errorf("%d bytes: %s", len(data), data)
		}
	}
	if c := (storedCheck{At: 1, Phases: []int64{1, 2, 3, 4, 5, 6}}).check(); c.Phases.DNS != 4*time.Microsecond {
		t.Errorf("%+v", c)
	}
}
