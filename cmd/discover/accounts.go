package discover

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strconv"
	"strings"

	"rollcall/config/credential"
)

// Service is what is to be known of a service that a profile can be at.
type Service struct {
	Name string
	// Address is the public one; empty where it has none.
	Address string
}

// Accounts are the accounts that the machine has, with the tools in their order, each
// secret for a service once. One for which there is no service is told of. Nobody is
// contacted, and no secret is kept.
func Accounts(ctx context.Context, m Machine, services []Service) []Find {
	var all []Find
	first := map[secretKey]int{}
	names := map[string]int{}
	var reader credential.Reader
	for _, t := range tools() {
		for _, f := range t.look(m) {
			f.fit(services)
			key, ok := f.examine(ctx, m, &reader)
			if at, twice := first[key]; ok && twice {
				all[at].Also = append(all[at].Also, f.Name)
				continue
			}
			if ok {
				first[key] = len(all)
			}
			if names[f.Name]++; names[f.Name] > 1 {
				f.Name += "-" + strconv.Itoa(names[f.Name])
			}
			all = append(all, f)
		}
	}
	return all
}

// Told are the addresses that tools have from files of their own, by the variable in
// which they take their token.
func Told(m Machine) map[string]string {
	all := map[string]string{}
	for _, t := range tools() {
		for _, v := range read(t) {
			if v.file == nil {
				continue
			}
			if address := v.file(m); address != "" {
				all[v.name] = address
			}
		}
	}
	return all
}

// Places are the files in which tools keep accounts wherever no variable says otherwise, as
// their paths from the home folder or the root on.
func Places() (all []string) {
	for _, t := range tools() {
		for _, path := range t.places() {
			_, rest, is := strings.Cut(path, "~/")
			if !is {
				rest, is = strings.CutPrefix(path, "/")
			}
			if is {
				all = append(all, rest)
			}
		}
	}
	return all
}

// fit makes a find one for the services that there are: the public address need not be
// named.
func (f *Find) fit(services []Service) {
	i := slices.IndexFunc(services, func(s Service) bool { return s.Name == f.Draft.Provider })
	switch {
	case f.Problem != "":
	case i < 0:
		f.Problem = "rollcall has no service for it"
	case hostOf(f.Draft.BaseURL) == hostOf(services[i].Address):
		f.Draft.BaseURL = ""
	}
}

// secretKey tells whether two finds are the same: those with the same secret for the
// same service at the same address. It does not show the secret.
type secretKey struct {
	provider, address string
	sum               [sha256.Size]byte
}

// examine reads the secret of a find, and says what is wrong with it; ok is false
// where none could be read, or where reading it would run a program.
func (f *Find) examine(ctx context.Context, m Machine, r *credential.Reader) (key secretKey, ok bool) {
	if f.Problem != "" {
		return key, false
	}
	secret := ""
	switch d := f.Draft; d.Source {
	case credential.SourceEnv:
		secret = m.Getenv(d.Reference)
	case credential.SourceFile:
		var err error
		if secret, _, err = r.Resolve(ctx, credential.File(m.opened(d.Reference)).In(d.Within)); err != nil {
			f.Problem = sentence(err)
			return key, false
		}
	default:
		return key, false
	}
	if flaw := credential.Examine(secret, false); flaw != "" {
		f.Problem = "what is there " + flaw.Cause() + "; " + flaw.Remedy()
		return key, false
	}
	return secretKey{f.Draft.Provider, hostOf(f.Draft.BaseURL), sha256.Sum256([]byte(secret))}, true
}

// sentence is what an error says, and what to do about it.
func sentence(err error) string {
	if e, ok := errors.AsType[*credential.Error](err); ok {
		return e.Error() + "; " + e.Remedy()
	}
	return err.Error()
}
