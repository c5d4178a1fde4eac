package insight

// The columns that others than their own table know by name.
const (
	ColumnProfile = "profile"
	ColumnState   = "state"
	ColumnDue     = "due"
	ColumnNote    = "note"
)

// Columns are the names of all columns that a table of profiles can have, on the
// screen, in print and in saved views, in the order in which they are told of.
func Columns() []string {
	return []string{
		ColumnProfile, ColumnState, "urgency", ColumnDue, "user", "email", "service", "host", "label", "tags", "orgs", "expires",
		"budget", "latency", "since", "changed", "source", "token", ColumnNote,
	}
}
