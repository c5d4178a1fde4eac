package credential

// Replacer is who puts another secret into the place of one.
type Replacer string

// The replacers. ByRollcall writes the secret. ByPerson has the person store it where
// the credential command takes it from, which is then run again. ByRestart has the
// person set it for the next start of rollcall.
const (
	ByRollcall Replacer = "rollcall"
	ByPerson   Replacer = "person"
	ByRestart  Replacer = "restart"
)

// Replacement is how another secret gets to the place of one.
type Replacement struct {
	By Replacer
	// Kept is set where the one that is replaced is kept for undo.
	Kept bool
	// First is a sentence for a person to know before: why there is no way back. It is
	// empty where there is one.
	First string
	// Todo is what the person does, in the imperative; empty where rollcall does it.
	Todo string
}
