package credential

// Notation is how a place of a source is written: in a configuration, as a text
// or as a list of texts, and by a person on one line.
type Notation struct {
	Source Source
	// List is set where it is a list of texts.
	List bool
	// Example is such a text, or such a list as TOML has it.
	Example string
	// parse reads what a person writes; it refuses only what cannot be
	// written into a configuration.
	parse func(line string) (Credential, error)
	// Check reads what a configuration says. Where a part of that is a
	// path, resolve makes it one that can be opened from everywhere. The
	// error is a whole sentence for the person who wrote it.
	Check func(words []string, resolve func(path string) string) (Credential, error)
	// replace is how another secret gets to a place that a person writes so; it is nil
	// where rollcall writes it, and keeps the old one.
	replace func(line string) Replacement
}
