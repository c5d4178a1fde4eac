package account

// Event tells that snapshots changed. Changes that pile up while a receiver
// is busy come together, each profile once.
type Event struct {
	Snapshots []Snapshot
	// Notice is a sentence for the person, such as a state file that was set
	// aside; empty for most events.
	Notice string
	// Decided is set where another rollcall may have kept a decision of the person,
	// such as which profile is the active one.
	Decided bool
}
