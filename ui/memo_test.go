package ui

import (
	"testing"

	"rollcall/ui/draw"
)

// memoCase is a moment in which a memo saves work: act is what then happens,
// forget empties the memo.
type memoCase struct {
	name        string
	open        []string
	act, forget func(d *bench)
}

// BenchmarkMemo sets for each memo what it saves (kept) beside what is done
// without it (anew). One that is not clearly the faster does not pay for its key.
func BenchmarkMemo(b *testing.B) {
	for _, c := range memoCases() {
		for _, kept := range []bool{true, false} {
			name := c.name + "/anew"
			if kept {
				name = c.name + "/kept"
			}
			b.Run(name, func(b *testing.B) {
				d, _ := crowd(1000)
				d.press(c.open...)
				d.View()
				for b.Loop() {
					if !kept {
						c.forget(d)
					}
					c.act(d)
				}
			})
		}
	}
}

// memoCases are all memos of the dashboard.
func memoCases() []memoCase {
	drawList := func(d *bench) { d.dashboard.list.View(d.styles, []string{"Profiles"}, 0, 0) }
	drawSheet := func(d *bench) { d.sheet().View(d.styles, d.clock.now) }
	prepareSheet := func(d *bench) { d.sheet().prepare(d.styles, d.clock.now) }
	details := func(d *bench) []*detailPane { return d.dashboard.details[paneProfile:] }
	return []memoCase{
		{"screen", nil, func(d *bench) { d.View() }, func(d *bench) { d.drawn.screen = memo[screenKey, string]{} }},
		{"header", nil, func(d *bench) { d.View() }, func(d *bench) { d.drawn.header = memo[headerKey, string]{} }},
		{"list", nil, drawList, func(d *bench) { d.dashboard.list.memo = memo[listKey, []string]{} }},
		{"row", nil, func(d *bench) {
			d.dashboard.list.memo = memo[listKey, []string]{}
			drawList(d)
		}, func(d *bench) { clear(d.dashboard.list.drawn) }},
		{"content", nil, func(d *bench) { d.dashboard.prepare(d.styles, d.clock.now) }, func(d *bench) {
			for _, pane := range details(d) {
				pane.prepared = memo[contentKey, paneContent]{}
			}
		}},
		{"pane", nil, func(d *bench) { d.dashboard.View(d.styles, 0) }, func(d *bench) {
			for _, pane := range details(d) {
				pane.memo = memo[detailKey, []string]{}
			}
		}},
		{"dialog", []string{"?"}, func(d *bench) { d.overlays.draw(d.styles) }, func(d *bench) {
			d.overlays.top().(*help).memo = memo[dialogKey, []string]{}
		}},
		{"sheet", []string{"t"}, drawSheet, func(d *bench) { d.sheet().memo = memo[sheetKey, []string]{} }},
		{"table", []string{"o"}, func(d *bench) {
			d.sheet().memo = memo[sheetKey, []string]{}
			drawSheet(d)
		}, func(d *bench) { clear(d.views.overview().drawn) }},
		{"timeline", []string{"t"}, prepareSheet, func(d *bench) {
			d.sheet().content.(*timeline).lines = memo[timelineKey, []sheetLine]{}
		}},
		{"activity", []string{"v"}, prepareSheet, func(d *bench) { d.views.activity().lines = memo[activityKey, []sheetLine]{} }},
		{"people", []string{"p"}, prepareSheet, func(d *bench) {
			d.sheet().content.(*peopleView).lines = memo[peopleKey, []sheetLine]{}
		}},
		{"entry", []string{"v", "/", "s"}, func(d *bench) {
			d.views.activity().lines = memo[activityKey, []sheetLine]{}
			prepareSheet(d)
		}, func(d *bench) {
			for _, e := range d.roster.log.entries {
				e.answered = memo[string, bool]{}
			}
		}},
	}
}

// BenchmarkMemoPicture is the same for the picture of a user.
func BenchmarkMemoPicture(b *testing.B) {
	size := draw.Size{W: 12, H: 6}
	var a avatar
	a.picture = quarters()
	for _, kept := range []bool{true, false} {
		b.Run(map[bool]string{true: "kept", false: "anew"}[kept], func(b *testing.B) {
			for b.Loop() {
				if !kept {
					a.blocks = memo[draw.Size, []string]{}
				}
				a.blocks.get(size, func() []string { return draw.HalfBlocks(a.picture, size) })
			}
		})
	}
}
