package declared

import (
	"github.com/BurntSushi/toml"

	"rollcall/client/service/declared/library"
)

// ShippedText is the description of a shipped service as it was written; ok is false
// where there is none of that name.
func ShippedText(name string) (text string, ok bool) { return library.Text(name) }

// Shipped are the services whose descriptions come with rollcall. None is read before
// somebody asks for more than its name.
func Shipped() []*Service {
	names := library.Names()
	all := make([]*Service, len(names))
	for i, name := range names {
		all[i] = late(name, func() (map[string]any, []Fault) {
			text, _ := library.Text(name)
			var values map[string]any
			if _, err := toml.Decode(text, &values); err != nil {
				return nil, []Fault{{Message: err.Error()}}
			}
			return values, nil
		})
	}
	return all
}
