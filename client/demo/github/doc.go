// Package github is a demo service that answers like a GitHub Enterprise Server, with
// its sample profiles. It knows nothing of rollcall's own client.
//
// Shapes are those of GitHub's OpenAPI description, which a test holds them to.
// Headers and refusals are those of docs.github.com/rest, and of the public issues
// that client/service/github/githubtest names.
package github
