package text

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used: most
// commands need none of them.
func Pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// JSONStringExpr is the expression of a text in JSON, which may be cut off.
const JSONStringExpr = `"(?:[^"\\]|\\.)*(?:"|\\?$)`
