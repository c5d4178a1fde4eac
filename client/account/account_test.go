package account

import "testing"

func TestStanding(t *testing.T) {
	for want, o := range map[string]Organization{
		"":                     {},
		"billing manager":      {Role: "billing manager"},
		"member, pending":      {Role: "member", Access: AccessPending},
		"sso required":         {Access: AccessSSORequired},
		"member, sso required": {Role: "member", Access: AccessSSORequired},
	} {
		if got := o.Standing(); got != want {
			t.Errorf("%+v stands as %q, want %q", o, got, want)
		}
	}
}

func TestPageOfALinkedAccount(t *testing.T) {
	for subject, want := range map[string]string{
		"https://social.example/@mira": "https://social.example/@mira", "http://mira.example": "http://mira.example",
		"38bf3fc2f4c16730481764bd775ae2d1": "", "javascript:alert(1)": "", "https://": "", "": "",
	} {
		if got := (LinkedAccount{SubjectID: subject}).URL(); got != want {
			t.Errorf("%q has the page %q", subject, got)
		}
	}
}
