package gitlab

import (
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// forbidden is a refusal of the user, whose reason the message has: those of GitLab's
// own UserAccessDeniedReason.
func (e refusal) forbidden(q service.Asked) account.Diagnosis {
	message := strings.ToLower(e.Message.V)
	says := func(part string) bool { return strings.Contains(message, part) }
	ask := "Ask an administrator of " + q.Host
	signIn := "Sign in to " + q.Host + " in a browser"
	switch {
	case says("pending approval"):
		return service.Diagnosed(account.Forbidden, "An administrator of "+q.Host+" has not let this user in yet.", ask+" to approve the user.")
	case says("deactivated"):
		return service.Diagnosed(account.Forbidden, "This user is deactivated, as GitLab does with users who are away for long.", signIn+": that activates the user again.").By(account.ActionOpen)
	case says("password expired"):
		return service.Diagnosed(account.Forbidden, "The password of this user has expired, and the tokens rest until there is a new one.", signIn+" and choose a new password.").By(account.ActionOpen)
	case says("terms of service"):
		return service.Diagnosed(account.Forbidden, "This user has not accepted the terms of "+q.Host+".", signIn+" and accept them.").By(account.ActionOpen)
	case says("not confirmed"):
		return service.Diagnosed(account.Forbidden, "The e-mail address of this user is not confirmed.", "Follow the link in the e-mail of "+q.Host+", or sign in there for another one.").By(account.ActionOpen)
	case says("internal users"):
		return service.Diagnosed(account.Forbidden, "This user belongs to GitLab itself, which lets it do nothing here.", "Use the token of another user"+q.Kept()+".").By(account.ActionRotate)
	case says("blocked"), says("banned"):
		return service.Diagnosed(account.Forbidden, "This user is blocked at "+q.Host+".", ask+" to let the user in again, or use the token of another one"+q.Kept()+".")
	case says("ip address"), says("your ip"):
		return service.Diagnosed(account.NetworkDenied, "GitLab does not take requests of this user from your present address.", ask+" to allow your address, or ask from an allowed one.").By(account.ActionCopy)
	}
	if reason := e.words(403); reason != "" && reason != e.Message.V {
		return service.Diagnosed(account.Forbidden, "GitLab refuses this user"+text.Because(reason)+".", ask+" what that means, or use another token"+q.Kept()+".")
	}
	return account.Diagnosis{}
}
