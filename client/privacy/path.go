package privacy

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"rollcall/client/account"
)

// usualNames are names of files and folders that systems, or rollcall, give: they tell
// nothing of whoever has them.
var usualNames = []string{
	"bin", "data", "dev", "etc", "home", "lib", "media", "mnt", "nix", "opt", "private", "proc", "root", "run", "secrets", "share", "srv",
	"sys", "tmp", "Users", "usr", "user", "var", "Volumes", "AppData", "Application Support", "Library", "Local", "Roaming",
	".cache", ".config", ".kube", ".local", ".ssh", "cache", "state",
	"rollcall", ".rollcall.toml", "config.toml", "config.toml~", "rollcall.db", "services.d", "themes",
}

// ShowPlaces has the files and folders shown that other programs make, each as its path from
// the home folder or the root on, with strokes. Elsewhere their names may be those of a
// person's own folders.
func (m *Mask) ShowPlaces(paths []string) {
	for _, path := range paths {
		for i, r := range path + "/" {
			if r == '/' {
				m.shown[path[:i]] = true
			}
		}
	}
}

// usual reports whether a name of a path that stands behind others there tells nothing.
func (m *Mask) usual(name string, behind []string) bool {
	if slices.Contains(usualNames, name) {
		return true
	}
	place := name
	for _, folder := range slices.Backward(behind) {
		if m.shown[place] {
			return true
		}
		place = folder + "/" + place
	}
	return m.shown[place]
}

// SetHome has a folder shown as "~".
func (m *Mask) SetHome(dir string) {
	// The root of a drive is nobody's.
	if dir = strings.TrimRight(dir, `/\`); strings.ContainsAny(dir, `/\`) {
		m.home = dir
	}
}

// File gives a stand-in to the path of a file of the person's own, which may be none that
// would be known as a path in a text: one that begins in the working folder, or has spaces.
func (m *Mask) File(path string) {
	if !strings.ContainsAny(path, `/\.`) {
		return
	}
	rest, shown, separator := path, "", "/"
	if inHome, ok := strings.CutPrefix(path, m.home+"/"); ok && m.home != "" {
		rest, shown = "/"+inHome, "~"
	}
	if !strings.Contains(rest, separator) {
		separator = `\`
	}
	names := strings.Split(rest, separator)
	masked := slices.Clone(names)
	for i, name := range names {
		masked[i] = m.pathName(name, names[:i], i == len(names)-1)
	}
	if shown += strings.Join(masked, separator); shown != path {
		m.paths[path] = true
		m.put(path, shown)
	}
}

// FileIn gives a stand-in to a phrase that ends with the last name of a file of the
// person's own, such as "hook 1 (page)": that name by itself may be any word.
func (m *Mask) FileIn(phrase, path string) {
	m.File(path)
	name := lastName(path)
	shown, hidden := m.standIns[path]
	if at := strings.LastIndex(phrase, name); hidden && at >= 0 {
		m.put(phrase, phrase[:at]+lastName(shown)+phrase[at+len(name):])
	}
}

// lastName is that of a file in its folder.
func lastName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// atPath finds the path of a file that a text begins with, from the root, a home folder or
// a drive on. The length is 0 where there is none. before is the character in front of it.
func (m *Mask) atPath(s string, before rune) (length int, standIn string) {
	if wordRune(before) || strings.ContainsRune(`./\~`, before) {
		return 0, ""
	}
	root, shown, separator, least := "", "", "/", 2
	switch {
	case m.home != "" && strings.HasPrefix(s, m.home) && endsWord(s, len(m.home)) && !belongsToName(s[len(m.home):]):
		root, shown, least = m.home, "~", 0
		separator = m.home[strings.LastIndexAny(m.home, `/\`):][:1]
	case strings.HasPrefix(s, "~/"):
		root, shown, least = "~", "~", 1
	case len(s) > 3 && wordRune(rune(s[0])) && s[1:3] == `:\`:
		root, shown, separator, least = s[:2], s[:2], `\`, 1
	case !strings.HasPrefix(s, "/") || m.ofService(s):
		return 0, ""
	}
	var names, masked []string
	length = len(root)
	for rest := s[length:]; strings.HasPrefix(rest, separator); rest = s[length:] {
		n, known := m.at(rest[1:])
		if n == 0 {
			n, known = m.component(rest[1:], names)
		}
		if n == 0 {
			break
		}
		names, masked = append(names, rest[1:1+n]), append(masked, known)
		length += 1 + n
	}
	if len(names) < least {
		return 0, ""
	}
	return length, strings.Join(append([]string{shown}, masked...), separator)
}

// belongsToName reports whether what stands behind a name goes on with it, as
// "-otter" does behind the home of kim, and a full stop at the end of a sentence does not.
func belongsToName(s string) bool {
	rest := strings.TrimLeft(s, "-._+@")
	return rest != s && rest != "" && wordRune(rune(rest[0]))
}

// component finds a name that a text begins with, as one of a path behind other names, and
// what is shown in its place.
func (m *Mask) component(s string, behind []string) (length int, shown string) {
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`/\"'<>,;:(){}…`, r) })
	if end < 0 {
		end = len(s)
	}
	// A sentence may end behind it.
	name := strings.TrimRight(s[:end], ".")
	return len(name), m.pathName(name, behind, end == len(s) || !strings.ContainsRune(`/\`, rune(s[end])))
}

// pathName is what is shown in place of a name of a path that stands behind others there.
func (m *Mask) pathName(name string, behind []string, last bool) string {
	known, ok := m.standIns[name]
	kind := "folder"
	if last {
		kind = "file"
	}
	switch {
	case ok:
		return known
	case strings.Trim(name, ".") == "" || m.usual(name, behind) || len(behind) == 0 && strings.HasSuffix(name, ":"):
		return name
	case len(behind) > 0 && slices.Contains([]string{"home", "Users"}, behind[len(behind)-1]):
		return "someone"
	}
	return fmt.Sprintf("%s-%d", kind, m.number(kind, name))
}

// ofService reports whether a path is one that a service has for all of its users.
func (m *Mask) ofService(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return slices.ContainsFunc(m.services, func(i account.ServiceInfo) bool {
		return strings.HasPrefix(i.Prefix+i.Path, "/"+first+"/")
	})
}
