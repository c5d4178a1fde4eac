package config

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkParse is a configuration in which nothing is wrong.
func BenchmarkParse(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var file strings.Builder
			for i := range n {
				fmt.Fprintf(&file, "[profiles.p%05d]\nprovider = \"katapult\"\ntoken    = { env = \"TOKEN_%d\" }\nlabel    = \"Profile %d\"\ntags     = [\"prod\", \"eu\"]\n\n", i, i, i)
			}
			data, services := []byte(file.String()), Services{Known: []Provider{{Name: "onezone"}, {Name: "katapult", DefaultURL: "https://api.katapult.example"}}}
			b.ReportAllocs()
			for b.Loop() {
				if c, err := Parse("config.toml", data, services); err != nil || len(c.Profiles) != n || len(c.Problems) > 0 {
					b.Fatal(err, len(c.Profiles), c.Problems)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/profile")
		})
	}
}
