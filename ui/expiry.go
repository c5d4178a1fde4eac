package ui

import "rollcall/client/account"

// ending is when the profile's token ends.
func (r *row) ending() account.Expiry { return ending(r.snap) }

func ending(s *account.Snapshot) account.Expiry { return s.Expiry() }
