package ui

import (
	"fmt"
	"strings"
	"testing"
)

// layoutSizes are all classes of sizes, with both sides of their borders.
func layoutSizes(visit func(p plan)) {
	for _, w := range []int{40, 55, 69, 70, 79, 80, 95, 109, 110, 120, 140, 160, 200, 239, 240, 300} {
		for _, h := range []int{10, 11, 12, 19, 20, 23, 24, 25, 28, 30, 31, 36, 41, 45, 50, 80, 100} {
			for top := 1; top <= 2 && (top == 1 || h >= bannerHeight); top++ {
				visit(plan{w: w, h: h, top: top, focus: paneToken, detail: paneToken})
			}
		}
	}
}

// checkLayout lays every slot on a grid: no cell is left out and none taken twice,
// and at every size each of the panes that the program is known for has a place;
// from 80x24 on one of its own, with three lines of content.
func checkLayout(t *testing.T, p plan) {
	t.Helper()
	l := computeLayout(p)
	taken, cells := map[[2]int]bool{}, 0
	for _, s := range l.slots {
		if s.x < 0 || s.y < p.top || s.x+s.w > p.w || s.y+s.h > p.h-1 || s.w < 20 || s.h < 3 {
			t.Fatalf("%+v: slot %+v", p, s)
		}
		for y := s.y; y < s.y+s.h; y++ {
			for x := s.x; x < s.x+s.w; x++ {
				if taken[[2]int{x, y}] {
					t.Fatalf("%+v: %d,%d is taken twice", p, x, y)
				}
				taken[[2]int{x, y}] = true
				cells++
			}
		}
	}
	if cells != p.w*(p.h-p.top-1) {
		t.Fatalf("%+v: %d cells", p, cells)
	}
	for _, id := range []paneID{paneProfiles, paneProfile, paneOrgs, paneLinked, paneToken} {
		s, ok := l.slotOf(id)
		if !ok {
			t.Fatalf("%+v: pane %d has no place", p, id)
		}
		if p.w >= 80 && p.h >= 24 && (len(s.panes) > 1 || s.h < leastBand) {
			t.Fatalf("%+v: pane %d shares its place with %v, %d lines high", p, id, s.panes, s.h)
		}
	}
	if s, _ := l.slotOf(paneToken); s.shown != paneToken {
		t.Fatalf("%+v: the focused pane is not shown", p)
	}
}

func TestLayoutFillsTheBody(t *testing.T) {
	layoutSizes(func(p plan) { checkLayout(t, p) })
}

// Whatever shares somebody gives, nothing becomes too small to be read.
func TestSharesAreBounded(t *testing.T) {
	if raceDetector {
		t.Skip("it has one goroutine")
	}
	for id := range panes {
		for _, steps := range []int{-widestShare, -1, 1, widestShare} {
			layoutSizes(func(p plan) {
				if p.w%40 == 0 {
					p.shares[id] = steps
					p.shares[paneProfiles] -= steps / 2
					checkLayout(t, p)
				}
			})
		}
	}
}

// The changes and the lane come only where there is room, and stay then.
func TestChangesAndLaneTakeWhatIsLeft(t *testing.T) {
	for _, c := range []struct {
		w, h          int
		changes, lane bool
	}{
		{79, 50, false, false}, {80, 24, false, false}, {80, 28, false, true}, {80, 36, true, true}, {110, 23, false, false},
		{110, 24, true, true}, {120, 36, true, true}, {200, 50, true, true}, {300, 80, true, true},
	} {
		l := computeLayout(plan{w: c.w, h: c.h, top: 1})
		if l.has(paneChanges) != c.changes || l.has(paneLane) != c.lane {
			t.Errorf("%dx%d has changes %v, lane %v", c.w, c.h, l.has(paneChanges), l.has(paneLane))
		}
	}
}

// TestLayouts is a table of where everything is.
func TestLayouts(t *testing.T) {
	kinds := paneKinds()
	var b strings.Builder
	for _, size := range [][2]int{{40, 10}, {80, 12}, {80, 24}, {100, 30}, {120, 24}, {120, 36}, {160, 45}, {200, 50}, {300, 80}} {
		fmt.Fprintf(&b, "%dx%d\n", size[0], size[1])
		for _, s := range computeLayout(plan{w: size[0], h: size[1], top: 1, detail: paneToken}).slots {
			var names []string
			for _, id := range s.panes {
				names = append(names, kinds[id].title)
			}
			fmt.Fprintf(&b, "  %3d %2d  %3d x %2d  %s\n", s.x, s.y, s.w, s.h, strings.Join(names, ", "))
		}
	}
	golden(t, "layouts", b.String())
}
