// Package onezone knows the central service of an Onedata installation: its users,
// linked accounts and groups, its tokens with their caveats, and what each of its
// errors means.
package onezone
