package gitlab

import (
	"strconv"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// user is the answer to the identity request. What only newer releases tell, and what
// is empty for none, may be missing.
type user struct {
	ID          int64                                 `json:"id"`
	Username    string                                `json:"username"`
	Name        service.Lenient[string]               `json:"name"`
	State       service.Lenient[string]               `json:"state"`
	Bot         service.Lenient[bool]                 `json:"bot"`
	AvatarURL   service.Lenient[string]               `json:"avatar_url"`
	WebURL      service.Lenient[string]               `json:"web_url"`
	CreatedAt   service.Lenient[string]               `json:"created_at"`
	Email       service.Lenient[string]               `json:"email"`
	CommitEmail service.Lenient[string]               `json:"commit_email"`
	PublicEmail service.Lenient[string]               `json:"public_email"`
	Identities  service.Lenient[service.List[origin]] `json:"identities"`
}

// origin is the user's account at a provider of identities.
type origin struct {
	Provider string                  `json:"provider"`
	UID      service.Lenient[string] `json:"extern_uid"`
}

// account is the user in the words of all services, with the addresses that the
// identity answer has.
func (u user) account() *account.Account {
	acc := &account.Account{User: account.User{
		ID: number(u.ID), FullName: u.Name.V, Username: u.Username,
		AvatarURL: u.AvatarURL.V, URL: u.WebURL.V, CreatedAt: moment(u.CreatedAt.V),
		Emails: distinct(u.Email.V, u.CommitEmail.V, u.PublicEmail.V),
	}}
	for _, o := range u.Identities.V.Kept {
		if o.Provider != "" {
			acc.LinkedAccounts = append(acc.LinkedAccounts, account.LinkedAccount{IDP: o.Provider, SubjectID: o.UID.V})
		}
	}
	acc.Totals.LinkedAccounts = u.Identities.V.Total()
	return acc
}

// number is an id as text.
func number(id int64) string { return strconv.FormatInt(id, 10) }

// distinct are the texts that are not empty, each once.
func distinct(all ...string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// moment is a time as the API writes it; zero for none.
func moment(s string) time.Time {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
