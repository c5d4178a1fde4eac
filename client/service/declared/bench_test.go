package declared_test

import (
	"testing"

	"rollcall/client/service/declared"
)

// BenchmarkShipped reads all shipped descriptions, which whoever lists all services
// has to wait for.
func BenchmarkShipped(b *testing.B) {
	for b.Loop() {
		for _, s := range declared.Shipped() {
			if s.Info().Title == "" {
				b.Fatal(s.Name())
			}
		}
	}
}
