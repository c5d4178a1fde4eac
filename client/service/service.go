package service

import (
	"context"
	"errors"
	"net/http"

	"rollcall/client/account"
)

// Service knows one kind of account: how to show a credential to a service, and
// how to read what it answers. It has no network: what it asks goes through the
// [Ask] that it is handed, at most a few requests for the identity. A service that
// can do more is a [Handover] or a [TokenPager], too. Its values can be compared:
// equal ones ask alike.
type Service interface {
	Info() account.ServiceInfo
	// Address tells where an installation is asked, whose base address is empty
	// for the public one; parts are what a profile puts into an address that leaves
	// some of it open, such as a region, and nil for most services. It fails where
	// that is no address that could be asked.
	Address(base string, parts map[string]string) (Address, error)
	// Prepare puts the credential, and what else every request of the service
	// says, into the headers of a request.
	Prepare(h http.Header, b Bearer)
	// Identify asks who the bearer is, and tells what the answer means. The
	// account is nil unless it is known who the user is, or a good answer of a service
	// that names nobody; with scope_missing it is what the token tells by itself, and
	// details are asked for, too. It never
	// fails: an answer that makes no sense is bad_response, and none at all is what
	// [Unanswered] makes of the error.
	Identify(ctx context.Context, ask Ask, q Asked) (*account.Account, account.Diagnosis)
	// Details asks for what takes more requests. It returns what it could get, and
	// notes on what it could not.
	Details(ctx context.Context, ask Ask, q Asked, known account.Account) Details
}

// IdentifyBy is Identify for a service that tells who the user is in one answer.
func IdentifyBy(
	ctx context.Context, ask Ask, q Asked, r Request, read func(Answer, Asked) (*account.Account, account.Diagnosis),
) (*account.Account, account.Diagnosis) {
	var acc *account.Account
	var d account.Diagnosis
	if err := Reading(ctx, ask, r, func(a Answer) error {
		acc, d = read(a, q)
		return nil
	}); err != nil {
		return nil, Unanswered(err)
	}
	return acc, d
}

// Unanswered is what the error of a request means.
func Unanswered(err error) account.Diagnosis {
	if e, ok := errors.AsType[interface {
		error
		Diagnosed() account.Diagnosis
	}](err); ok {
		return e.Diagnosed()
	}
	return Diagnosed(account.Unreachable, "The service could not be asked.", "Check it again.")
}
