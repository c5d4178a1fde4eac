package cmd

import (
	"context"
	"fmt"
)

// askFinds has a person choose among accounts.
func (a *app) askFinds(ctx context.Context, _ *loaded, offers []find) (chosen []find, err error) {
	for _, f := range offers {
		yes, err := a.confirm(ctx, fmt.Sprintf("Add the profile %s (%s, %s)?", f.Draft.Name, f.Draft.Provider, a.told(f.place())), true)
		if err != nil {
			return nil, err
		}
		if yes {
			chosen = append(chosen, f)
		}
	}
	return chosen, nil
}
