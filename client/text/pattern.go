package text

import (
	"regexp"
	"sync"
)

// Pattern returns a function that gives the regular expression, which is
// compiled at the first call. A package can so have expressions in variables
// without each command compiling all of them at its start.
func Pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// JSONStringExpr is the regular expression of a string in JSON. The end of the
// string may be missing where the JSON was cut off.
const JSONStringExpr = `"(?:[^"\\]|\\.)*(?:"|\\?$)`
