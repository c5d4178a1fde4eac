package github

// serverPrefix is what an Enterprise Server has before the paths of its API.
const serverPrefix = "/api/v3"

// publicHost is where people find GitHub, and publicAPI where programs do.
const (
	publicHost = "github.com"
	publicAPI  = "api.github.com"
)

// apiVersion is the version of the REST API whose answers are read here.
const apiVersion = "2022-11-28"

// core is the bucket in which the requests of this package count.
const core = "core"
