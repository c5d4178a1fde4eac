package insight_test

import (
	"strings"
	"testing"

	"rollcall/client/insight"
)

// TestOrders sorts one file by everything that it can be sorted by, both ways.
func TestOrders(t *testing.T) {
	t.Parallel()
	all := file(t, `
beta  | b | healthy, verdict healthy, end never
Alpha | a | invalid_token -2d, verdict invalid_token -2d
gone  | b | disabled
delta | a | expiring, verdict expiring, end +2d
alpha | b | healthy, verdict healthy
quiet | a | healthy, verdict healthy, snooze +5d of healthy`)
	services := []string{"onezone", "katapult", "onezone", "katapult", "onezone", "katapult"}
	users := []string{"sam", "", "Kim", "ada", "", "Bea"}
	standings := insight.NewWorklist(all, nil, noon(), warning).Standings
	want := map[insight.Order][2]string{
		insight.OrderFile:    {"beta Alpha gone delta alpha quiet", "quiet alpha delta gone Alpha beta"},
		insight.OrderName:    {"Alpha alpha beta delta gone quiet", "quiet gone delta beta alpha Alpha"},
		insight.OrderUrgency: {"Alpha delta beta alpha quiet gone", "gone quiet beta alpha delta Alpha"},
		insight.OrderDue:     {"Alpha delta quiet beta gone alpha", "beta quiet delta Alpha gone alpha"},
		insight.OrderState:   {"Alpha delta beta alpha quiet gone", "gone beta alpha quiet delta Alpha"},
		insight.OrderService: {"Alpha delta quiet beta gone alpha", "beta gone alpha Alpha delta quiet"},
		insight.OrderUser:    {"delta quiet gone beta Alpha alpha", "beta gone quiet delta Alpha alpha"},
	}
	for _, by := range insight.Orders() {
		for i, reversed := range []bool{false, true} {
			order := []int{0, 1, 2, 3, 4, 5}
			by.Sort(order, reversed, func(i int) insight.Sortable {
				return insight.Sortable{Name: all[i].Profile, Service: services[i], User: users[i], Standing: &standings[i]}
			})
			var names []string
			for _, i := range order {
				names = append(names, all[i].Profile)
			}
			if got := strings.Join(names, " "); got != want[by][i] {
				t.Errorf("by %s, reversed %v: got %s, want %s", by, reversed, got, want[by][i])
			}
		}
	}
}
