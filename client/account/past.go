package account

// Past is what is kept of a profile beside its snapshot, which has only the
// latest of it.
type Past struct {
	// Profile and Endpoint are those of the snapshot.
	Profile, Endpoint string
	// Checks are in the order of their ends, Changes in that of their times.
	Checks  []Check
	Changes []Change
}
