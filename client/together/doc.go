// Package together runs functions side by side, none of which can take the program down:
// a dashboard owns the terminal, and what panics beside it would leave that as no shell
// can use it. It knows nothing of what they do.
package together
