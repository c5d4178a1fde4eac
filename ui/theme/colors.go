package theme

import (
	"hash/fnv"
	"image/color"

	"charm.land/lipgloss/v2"
)

// The colours of ok, warn and fail differ in lightness as well as in hue, so
// that they stay apart for people who do not see red and green, or blue and
// yellow. Tests measure that, and the contrast of every text.

// darkTheme is for any background from black to a dark grey.
func darkTheme() roles {
	return roles{
		muted: lipgloss.Color("#9da3b8"), accent: lipgloss.Color("#b9a5ff"), stale: lipgloss.Color("#b5a48c"),
		border: lipgloss.Color("#4d5269"), borderFocused: lipgloss.Color("#b9a5ff"),
		ok: lipgloss.Color("#63e6be"), warn: lipgloss.Color("#f7c243"), fail: lipgloss.Color("#fb8083"),
		selection: lipgloss.Color("#33364d"), selectionText: lipgloss.Color("#f4f3fa"),
		badge: lipgloss.Color("#b9a5ff"), badgeText: lipgloss.Color("#1b1830"),
	}
}

// lightTheme is for any background from white to cream.
func lightTheme() roles {
	return roles{
		muted: lipgloss.Color("#55596c"), accent: lipgloss.Color("#5b2fc4"), stale: lipgloss.Color("#665233"),
		border: lipgloss.Color("#b4b8c8"), borderFocused: lipgloss.Color("#5b2fc4"),
		ok: lipgloss.Color("#1d655d"), warn: lipgloss.Color("#6c4302"), fail: lipgloss.Color("#b4144a"),
		selection: lipgloss.Color("#e6e1f9"), selectionText: lipgloss.Color("#1b1830"),
		badge: lipgloss.Color("#5b2fc4"), badgeText: lipgloss.Color("#ffffff"),
	}
}

func contrastDarkTheme() roles {
	return roles{
		text: lipgloss.Color("#ffffff"), muted: lipgloss.Color("#e4e4e4"), accent: lipgloss.Color("#7fe9ff"),
		stale: lipgloss.Color("#e8d8b8"), title: lipgloss.Color("#ffffff"),
		border: lipgloss.Color("#c0c0c0"), borderFocused: lipgloss.Color("#7fe9ff"),
		ok: lipgloss.Color("#71ffab"), warn: lipgloss.Color("#f9e03f"), fail: lipgloss.Color("#f2a6ab"),
		selection: lipgloss.Color("#00005f"), selectionText: lipgloss.Color("#ffffff"),
		badge: lipgloss.Color("#7fe9ff"), badgeText: lipgloss.Color("#000000"),
	}
}

func contrastLightTheme() roles {
	return roles{
		text: lipgloss.Color("#000000"), muted: lipgloss.Color("#262626"), accent: lipgloss.Color("#0000b8"),
		stale: lipgloss.Color("#303030"), title: lipgloss.Color("#000000"),
		border: lipgloss.Color("#303030"), borderFocused: lipgloss.Color("#0000b8"),
		ok: lipgloss.Color("#0d5117"), warn: lipgloss.Color("#362607"), fail: lipgloss.Color("#97274d"),
		selection: lipgloss.Color("#cfe3ff"), selectionText: lipgloss.Color("#000000"),
		badge: lipgloss.Color("#0000b8"), badgeText: lipgloss.Color("#ffffff"),
	}
}

// darkTheme16 has the colours of a terminal of 16. Bright black is left out,
// since some terminals have it as their background; the selection and the
// badge are reversed text, which can be read in any of them.
func darkTheme16(strong bool) roles {
	r := roles{
		muted: lipgloss.White, accent: lipgloss.BrightMagenta, stale: lipgloss.White,
		border: lipgloss.White, borderFocused: lipgloss.BrightMagenta,
		ok: lipgloss.BrightGreen, warn: lipgloss.BrightYellow, fail: lipgloss.BrightRed,
	}
	if strong {
		r.text, r.title, r.muted, r.stale = lipgloss.BrightWhite, lipgloss.BrightWhite, lipgloss.BrightWhite, lipgloss.BrightWhite
	}
	return r
}

// lightTheme16 does without green, yellow and cyan, which few of these
// terminals show dark enough to be read on white: what is well has the colour
// of text.
func lightTheme16(strong bool) roles {
	r := roles{
		accent: lipgloss.Blue, border: lipgloss.BrightBlack, borderFocused: lipgloss.Blue,
		warn: lipgloss.Magenta, fail: lipgloss.Red,
	}
	if strong {
		r.text, r.title, r.border = lipgloss.Black, lipgloss.Black, lipgloss.Black
	}
	return r
}

// grounds are the colours on which white letters can be read.
func grounds() []string {
	return []string{
		"#8a3b5c", "#9c3a3a", "#8a4b16", "#6b5a10", "#3f6620", "#1f6a4b",
		"#146670", "#1f5f92", "#3a55a8", "#5a48ac", "#75409c", "#86388a",
	}
}

// Ground is a colour on which white letters can be read. A key has always
// the same one, so that a person is known by it.
func Ground(key string) color.Color {
	h := fnv.New32a()
	h.Write([]byte(key))
	all := grounds()
	return lipgloss.Color(all[h.Sum32()%uint32(len(all))])
}
