package github

import (
	"strconv"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// user is the answer to the identity request. Of private fields, a token without the
// scope for them sees none.
type user struct {
	ID          int64                   `json:"id"`
	Login       string                  `json:"login"`
	Name        service.Lenient[string] `json:"name"`
	Email       service.Lenient[string] `json:"email"`
	AvatarURL   service.Lenient[string] `json:"avatar_url"`
	HTMLURL     service.Lenient[string] `json:"html_url"`
	CreatedAt   service.Lenient[string] `json:"created_at"`
	SuspendedAt service.Lenient[string] `json:"suspended_at"`
}

// account is the user in the words of all services. The one address that the answer
// may have is the public one.
func (u user) account() account.User {
	return account.User{
		ID: strconv.FormatInt(u.ID, 10), FullName: u.Name.V, Username: u.Login, Emails: text.FirstNonEmpty([]string{u.Email.V}),
		AvatarURL: u.AvatarURL.V, URL: u.HTMLURL.V, CreatedAt: moment(u.CreatedAt.V),
	}
}

// moment is a time as the API writes it; zero for none.
func moment(s string) time.Time {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
