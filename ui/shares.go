package ui

// shares are how much more of the screen than by default each part has, in steps;
// less where negative. That of the list is its width, that of a pane its height.
type shares [panes]int

const (
	// listStep and paneStep are how much a step is, in cells and in lines.
	listStep, paneStep = 4, 2
	// widestShare bounds the steps in both directions.
	widestShare = 12
)

// band is a row of a column of panes: one pane, or several beside each other.
type band struct {
	ids []paneID
	// least and most bound the height; most is zero for no bound.
	least, most int
	// weight says how much of what is left the band gets.
	weight int
}

// stack lays bands below each other.
func (a plan) stack(r rect, bands []band) []slot {
	var all []slot
	heights := a.heights(r.h, bands)
	for i, b := range bands {
		var row rect
		row, r = divide(r, heights[i])
		for j, id := range b.ids {
			var place rect
			place, row = split(row, row.w/(len(b.ids)-j))
			all = append(all, alone(place, id))
		}
	}
	return all
}

// heights shares out the lines of a column: each band has its least, and line by
// line the one that has least for its weight gets more. Then come the shares that
// the person has given.
func (a plan) heights(total int, bands []band) []int {
	heights := make([]int, len(bands))
	for i, b := range bands {
		heights[i] = b.least
		total -= b.least
	}
	for ; total > 0; total-- {
		best := -1
		for i, b := range bands {
			if b.weight == 0 || b.most > 0 && heights[i] >= b.most {
				continue
			}
			if best < 0 || (heights[i]-b.least)*bands[best].weight < (heights[best]-bands[best].least)*b.weight {
				best = i
			}
		}
		if best < 0 {
			best = len(bands) - 1
		}
		heights[best]++
	}
	for i, b := range bands {
		for _, id := range b.ids {
			exchange(heights, bands, i, paneStep*a.shares[id])
		}
	}
	return heights
}

// exchange takes lines for a band from the tallest of the others, or gives them
// to it where by is negative. None gets lower than is fit to be read.
func exchange(heights []int, bands []band, at, by int) {
	for ; by != 0; by -= sign(by) {
		other := -1
		for i, b := range bands {
			if i != at && b.weight > 0 && (by < 0 || heights[i] > leastBand) && (other < 0 || heights[i] > heights[other]) {
				other = i
			}
		}
		if other < 0 || by < 0 && heights[at] <= leastBand {
			return
		}
		heights[at] += sign(by)
		heights[other] -= sign(by)
	}
}

// leastBand is the lowest that a pane gets: three lines in a frame.
const leastBand = 5

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}
