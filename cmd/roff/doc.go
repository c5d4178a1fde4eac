// Package roff writes pages for man, in the macros that groff and mandoc both know: each
// text stands there as it is, can be searched for and copied, and a line of an example
// stays a line. It knows nothing of what a page is about.
package roff
