package config

import (
	"fmt"
	"path/filepath"
	"slices"

	"rollcall/config/spelling"

	"github.com/kballard/go-shellquote"
)

// ChooseOptions is what the choice of a profile depends on.
type ChooseOptions struct {
	Getenv func(string) string
	// Dir is the working folder.
	Dir    string
	Kept   Kept
	Config *Config
}

// Kept are the choices that a person has made, as the state keeps them.
type Kept struct {
	// Active is the profile made the active one; empty for none.
	Active string
	// Folders have the profile that each is tied to, by their [Canonical] paths.
	Folders map[string]string
	// Where names what keeps them.
	Where string
}

// Chosen is a profile, and why it is the one.
type Chosen struct {
	Profile string
	// By is one of environment, folder, project file, use, default and only.
	By string
	// Where is the variable, the folder or the file that names the profile.
	Where string
}

// ProfileVariable names the profile of a shell.
const ProfileVariable = "ROLLCALL_PROFILE"

// Choose tells which profile to take where one is needed. The first of these
// that names a profile decides: the environment, the nearest folder that is tied
// to one, the choice made with rollcall use, the default of the configuration;
// after them comes the only profile that there is. Of several nobody has chosen
// any, and the result is zero. A name that no profile has is an error: another
// account is never taken in its place.
func Choose(q ChooseOptions) (Chosen, error) {
	names := q.Config.Names()
	if len(names) == 0 {
		return Chosen{}, nil
	}
	chosen, err := q.named()
	if err != nil {
		return Chosen{}, err
	}
	if chosen.By == "default" {
		if p, wrong := q.Config.problem("default_profile"); wrong {
			return Chosen{}, p
		}
	}
	switch {
	case chosen.Profile == "" && len(names) == 1:
		return Chosen{names[0], "only", q.Config.Path}, nil
	case chosen.Profile == "":
		return Chosen{}, nil
	case slices.Contains(names, chosen.Profile):
		return chosen, nil
	}
	return Chosen{}, &ChoiceError{chosen, spelling.DidYouMean(chosen.Profile, names)}
}

// ChoiceError is a choice of a profile that is not there.
type ChoiceError struct {
	Chosen
	// near is the end of a sentence with the name that may have been meant.
	near string
}

// Error says who chose which profile, and what to do.
func (e *ChoiceError) Error() string { return e.Cause() + "; " + e.Chosen.remedy() + e.near }

// Cause is the error without what to do.
func (e *ChoiceError) Cause() string {
	return e.Where + ": there is no profile " + quote(e.Profile)
}

// Remedy says what to do.
func (e *ChoiceError) Remedy() string { return e.Chosen.remedy() + e.near }

// remedy is what to do about a choice of a profile that is not there.
func (c Chosen) remedy() string {
	switch c.By {
	case "environment":
		return "set the variable to another, or unset it"
	case "folder":
		return "tie the folder to another with rollcall bind, or untie it with rollcall bind --remove " + shellquote.Join(c.Where)
	case "use":
		return "choose another with rollcall use"
	}
	return "correct the file"
}

// problem is the first one with a key outside the profiles.
func (c *Config) problem(key string) (Problem, bool) {
	i := slices.IndexFunc(c.Problems, func(p Problem) bool { return p.Profile == "" && p.Key == key })
	if i < 0 {
		return Problem{}, false
	}
	return c.Problems[i], true
}

// NoProfile says that there is no profile with a name, and which one is near.
func (c *Config) NoProfile(name string) error {
	near := spelling.DidYouMean(name, c.Names())
	if near == "" {
		near = " in " + c.Path + "; 'rollcall list' shows them"
	}
	return fmt.Errorf("there is no profile %s%s", quote(name), near)
}

// named is what names a profile; its profile is empty where nothing does.
func (q ChooseOptions) named() (Chosen, error) {
	if name := q.Getenv(ProfileVariable); name != "" {
		return Chosen{name, "environment", ProfileVariable}, nil
	}
	chosen, err := q.Kept.folder(q.Dir)
	switch {
	case err != nil || chosen.Profile != "":
		return chosen, err
	case q.Kept.Active != "":
		return Chosen{q.Kept.Active, "use", q.Kept.Where}, nil
	}
	return Chosen{q.Config.DefaultProfile, "default", q.Config.Path}, nil
}

// folder is the choice of a folder or, where that makes none, of the nearest
// folder above it that does. In one folder a binding wins over a project file,
// which others may have written.
func (k Kept) folder(dir string) (Chosen, error) {
	for dir = Canonical(dir); ; dir = filepath.Dir(dir) {
		if name, bound := k.Folders[dir]; bound {
			return Chosen{name, "folder", dir}, nil
		}
		name, path, err := findProject(dir)
		switch {
		case err != nil:
			return Chosen{}, err
		case path != "":
			return Chosen{name, "project file", path}, nil
		case dir == filepath.Dir(dir):
			return Chosen{}, nil
		}
	}
}
