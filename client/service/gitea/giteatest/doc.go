// Package giteatest has answers of Gitea as it sends them, each with what is to be
// made of it. They are taken from Gitea 1.26.0, run on loopback; the texts that it did
// not send there are from its source (module code.gitea.io/gitea v1.26.0,
// routers/api/v1/api.go, services/auth/basic.go), those of older versions from theirs.
package giteatest
