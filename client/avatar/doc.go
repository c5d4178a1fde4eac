// Package avatar fetches pictures of people and keeps them. No credential goes with a
// request, and none goes to a private network.
package avatar
