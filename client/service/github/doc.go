// Package github knows GitHub: github.com, Enterprise Cloud with data residency and
// Enterprise Server. It reads users, memberships, e-mail addresses and social
// accounts, tells the kinds of its tokens apart, and knows what its refusals mean.
//
// The shapes are those of GitHub's OpenAPI description; headers and refusals are
// those of docs.github.com/rest and of the client go-github.
package github
