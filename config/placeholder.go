package config

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Values are what stands for the placeholders of a command.
type Values struct {
	// Profile is the name of the profile, User the id of the user who answered and URL
	// the page of that user; both are empty where they are not known.
	Profile, User, URL string
	// Variable looks up a variable of the environment.
	Variable func(name string) (value string, set bool)
	// Secrets are the variables that hold secrets, which no argument may have: every
	// other program of the machine can read arguments.
	Secrets []string

	// bare is set for what never gets a credential.
	bare bool
}

// placeholderWords are the words that have a value.
func placeholderWords() []string { return []string{"profile", "user", "url"} }

// written is a placeholder as it stands in an argument.
type written struct {
	word     string
	from, to int
	// sign is what stands before it; 0 for nothing.
	sign byte
}

func (w written) known() bool { return slices.Contains(placeholderWords(), w.word) }

// braces are a word in braces.
var braces = regexp.MustCompile(`\{[A-Za-z_]+\}`)

// leading is a variable at the beginning of an argument.
var leading = regexp.MustCompile(`^\$([A-Za-z_][A-Za-z0-9_]*)`)

// placeholdersIn are the placeholders in an argument. What is in more braces belongs to
// the templates of other programs, and ${NAME} to a shell.
func placeholdersIn(argument string) (all []written) {
	for _, at := range braces.FindAllStringIndex(argument, -1) {
		w := written{word: argument[at[0]+1 : at[1]-1], from: at[0], to: at[1]}
		if at[0] > 0 {
			w.sign = argument[at[0]-1]
		}
		if w.sign != '{' && w.sign != '$' && !strings.HasPrefix(argument[at[1]:], "}") {
			all = append(all, w)
		}
	}
	return all
}

// NotRunError says why a command of the person's own, or a hook, is not run.
type NotRunError struct {
	// Command is its name, as it is written, or that of the hook.
	Command string
	// Err is why. It names profiles first where Several is set: "for lab: switched off".
	Err     error
	Several bool
}

// Error names the command first.
func (e *NotRunError) Error() string {
	if e.Several {
		return e.Command + " is not run " + e.Err.Error()
	}
	return e.Command + " is not run: " + e.Err.Error()
}

// Unwrap is why it is not run.
func (e *NotRunError) Unwrap() error { return e.Err }

// Arguments is the argument list with the values in it, each in the argument that it is
// written in, whatever it holds: nothing takes a value apart. The error says why the
// command must not run.
func (c Command) Arguments(v Values) ([]string, error) {
	args, err := v.arguments(c.Run, c.dir)
	if err != nil {
		return nil, &NotRunError{Command: c.Name, Err: err}
	}
	return args, nil
}

// arguments are those of a list with the values in them. The path of a program starts
// from the folder dir.
func (v Values) arguments(run []string, dir string) ([]string, error) {
	args := make([]string, 0, len(run))
	for i, argument := range run {
		filled, err := v.fill(argument)
		if err != nil {
			return nil, err
		}
		if i == 0 && !strings.HasPrefix(argument, "$") && strings.ContainsAny(filled, `/`+string(filepath.Separator)) {
			filled = resolveIn(dir, filled)
		}
		args = append(args, filled)
	}
	return args, nil
}

// fill puts the values into an argument. What a value holds is not looked through for
// more of them.
func (v Values) fill(argument string) (string, error) {
	var b strings.Builder
	if name := leading.FindStringSubmatch(argument); name != nil {
		value, err := v.variable(name[1])
		if err != nil {
			return "", err
		}
		b.WriteString(value)
		argument = argument[len(name[0]):]
	}
	from := 0
	for _, p := range placeholdersIn(argument) {
		if !p.known() {
			continue
		}
		value, err := v.of(p.word)
		if err != nil {
			return "", err
		}
		b.WriteString(argument[from:p.from] + value)
		from = p.to
	}
	return b.String() + argument[from:], nil
}

// variable is the value of a variable that an argument begins with.
func (v Values) variable(name string) (string, error) {
	switch secret := slices.Contains(v.Secrets, name); {
	case secret && v.bare:
		return "", fmt.Errorf("$%s holds a secret of a profile, and a hook gets none of them", name)
	case secret:
		return "", fmt.Errorf("$%s holds a secret, and every program can read the arguments of another; let it read its environment, with credential = true", name)
	}
	value, set := v.Variable(name)
	if !set {
		return "", fmt.Errorf("the variable %s is not set", name)
	}
	return value, harmless("$"+name, value)
}

// of is the value of a placeholder.
func (v Values) of(word string) (string, error) {
	value, missing := v.Profile, ""
	switch word {
	case "user":
		value, missing = v.User, "no answer has said yet who the user is"
	case "url":
		value, missing = v.URL, "no answer has named a page of the user"
	}
	if value == "" {
		return "", fmt.Errorf("{%s} has no value: %s", word, missing)
	}
	if err := harmless("{"+word+"}", value); err != nil {
		return "", err
	}
	if word == "url" && !isPage(value) {
		return "", fmt.Errorf("{url} is no address of a page, which begins with https:// or http://")
	}
	return value, nil
}

// harmless is an error where a program could take a value for something else than a
// value.
func harmless(what, value string) error {
	switch {
	case strings.HasPrefix(value, "-"):
		return fmt.Errorf("%s begins with -, so that the program could take it for an option", what)
	case !readable(value):
		return fmt.Errorf("%s has control characters in it", what)
	case isOtherAddress(value):
		return fmt.Errorf("%s is an address of something else than a page, which a program could open", what)
	}
	return nil
}

// scheme is the beginning of an address.
var scheme = regexp.MustCompile(`^\s*([A-Za-z][A-Za-z0-9+.-]*):(//)?`)

// isOtherAddress reports whether a value is an address that does not lead to a page. An
// id can have a colon in it.
func isOtherAddress(value string) bool {
	found := scheme.FindStringSubmatch(value)
	if found == nil {
		return false
	}
	switch strings.ToLower(found[1]) {
	case "http", "https":
		return false
	case "javascript", "vbscript", "data", "file", "blob", "about", "view-source", "filesystem", "jar", "shell", "mailto", "tel", "sms":
		return true
	}
	return found[2] != ""
}

// isPage reports whether an address is that of a page.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Command is a program that the person runs from the dashboard, for a profile.
type Command struct {
	// Name is what it is called; Key is the key that runs it, empty for none. Which keys
	// there are is known to the screen alone.
	Name, Key string
	// Run is the argument list, with placeholders and variables as they are written. The
	// first word is the program.
	Run []string
	// Credential is set where it gets the variables that the tools of the service read.
	Credential bool
	// Keep is set where it runs behind the screen, without a terminal.
	Keep bool

	// dir is the folder that a path of a program starts from.
	dir string
}
