package cmd

import "io/fs"

// ownedByMe reports whether a file belongs to the person who runs rollcall. The
// folder for temporary files is everybody's own here.
func ownedByMe(fs.FileInfo) bool { return true }
