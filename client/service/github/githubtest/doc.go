// Package githubtest has answers of GitHub as it sends them, each with what is to be
// made of it.
//
// Shapes are those of GitHub's OpenAPI description (npm @octokit/openapi 23.0.2,
// MIT). It has no words and no headers of refusals: those of its limits, scopes and
// permissions are from docs.github.com/rest (pages "Rate limits for the REST API",
// "Troubleshooting the REST API", "Scopes for OAuth apps"), and each of the others
// names the public issue in which somebody has shown what they got.
package githubtest
