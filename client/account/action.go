package account

// Action is what rollcall itself can do about a state.
type Action string

// The actions, by their names in JSON. The zero value is none: only a person can do what the remedy says.
const (
	// ActionRotate puts another secret in place of the present one.
	ActionRotate Action = "rotate"
	// ActionLogIn stores the secret that is missing.
	ActionLogIn Action = "log_in"
	// ActionPin ties the profile to the user who answers.
	ActionPin Action = "pin"
	// ActionEdit opens the lines of the profile in an editor.
	ActionEdit Action = "edit"
	// ActionOpen opens a page: where the service gives out tokens, or where a
	// network wants a sign-in.
	ActionOpen Action = "open"
	// ActionCopy copies the command of the remedy or, where it has none, the remedy
	// itself, for the one who can do it.
	ActionCopy Action = "copy"
	// ActionAsk asks the service again.
	ActionAsk Action = "ask_again"
)

// Phrase says what the action does, as the end of a sentence or beside a key; empty
// for none.
func (a Action) Phrase() string {
	switch a {
	case ActionRotate:
		return "make a new token, prove it"
	case ActionLogIn:
		return "store the secret"
	case ActionPin:
		return "pin it to the user who answers now"
	case ActionEdit:
		return "edit its lines in the file"
	case ActionOpen:
		return "open the page"
	case ActionCopy:
		return "copy what to do"
	case ActionAsk:
		return "ask again"
	}
	return ""
}

// Remedial is the action that the remedy comes down to: its own, else the one of
// the state.
func (d Diagnosis) Remedial() Action {
	if d.Action != "" {
		return d.Action
	}
	if d.SignIn {
		return ActionOpen
	}
	switch d.State {
	case InvalidToken, ScopeMissing:
		return ActionRotate
	case CredentialMissing:
		return ActionLogIn
	case WrongAccount:
		return ActionPin
	case Misconfigured, NotFound, BadRequest, BadResponse:
		return ActionEdit
	case NetworkDenied:
		return ActionOpen
	case Forbidden:
		return ActionCopy
	case RateLimited, Unavailable, ServerError, Unreachable:
		return ActionAsk
	}
	return ""
}
