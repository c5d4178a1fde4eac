package account

// Action is what rollcall itself can do about a state.
type Action string

// The actions. The zero value is none: only a person can do what the remedy says.
const (
	// ActionRotate puts another secret in place of the present one.
	ActionRotate Action = "rotate"
	// ActionLogIn stores the secret that is missing.
	ActionLogIn Action = "log in"
	// ActionPin ties the profile to the user who answers.
	ActionPin Action = "pin"
	// ActionEdit opens the lines of the profile in an editor.
	ActionEdit Action = "edit"
	// ActionOpen opens a page: where the service gives out tokens, or where a
	// network wants a sign-in.
	ActionOpen Action = "open"
	// ActionCopy copies the remedy, for the one who can do it.
	ActionCopy Action = "copy"
	// ActionAsk asks the service again.
	ActionAsk Action = "ask again"
)

// action is the one that the remedy of the health comes down to.
func (h Health) action() Action {
	switch h.State {
	case InvalidToken, ScopeMissing:
		return ActionRotate
	case CredentialMissing:
		return ActionLogIn
	case WrongAccount:
		return ActionPin
	case Misconfigured, NotFound, BadRequest:
		return ActionEdit
	case NetworkDenied:
		return ActionOpen
	case Forbidden:
		return ActionCopy
	case BadResponse:
		if h.SignIn {
			return ActionOpen
		}
		return ActionAsk
	case RateLimited, Unavailable, ServerError, Unreachable:
		return ActionAsk
	}
	return ""
}
