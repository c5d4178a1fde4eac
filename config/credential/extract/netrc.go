package extract

import "strings"

// Machine is what a netrc file says of a machine.
type Machine struct {
	// Name is empty for what holds for every machine that is not named.
	Name, Login, Password string
}

// Machines are those of a netrc file, in its order. The file is a row of words,
// wherever its lines end; a macro ends with the first blank line, and a word that
// begins with # is the start of a comment. Words may be in quotes, as curl takes them.
func Machines(data []byte) []Machine {
	var all []Machine
	for _, m := range machinesAt(data) {
		all = append(all, m.Machine)
	}
	return all
}

// machineAt is a machine, and where its password stands, quotes included.
type machineAt struct {
	Machine
	password span
}

// machinesAt are those of a netrc file.
func machinesAt(data []byte) []machineAt {
	w := netrcWords{text: string(data)}
	var all []machineAt
	for {
		word, ok := w.next()
		if !ok {
			return all
		}
		switch word {
		case "machine":
			name, _ := w.next()
			all = append(all, machineAt{Machine: Machine{Name: name}})
		case "default":
			all = append(all, machineAt{})
		case "macdef":
			w.skipMacro()
		case "login", "password", "account":
			value, ok := w.next()
			switch {
			case !ok || len(all) == 0:
			case word == "login":
				all[len(all)-1].Login = value
			case word == "password":
				all[len(all)-1].Password = value
				all[len(all)-1].password = span{len(data) - w.began, len(data) - len(w.text)}
			}
		}
	}
}

// netrcWords reads the words of a netrc file one after the other.
type netrcWords struct {
	text string
	// began is how much was left where the last word began.
	began int
}

// next is the next word; ok is false at the end.
func (w *netrcWords) next() (word string, ok bool) {
	for {
		w.text = strings.TrimLeft(w.text, " \t\r\n")
		w.began = len(w.text)
		switch {
		case w.text == "":
			return "", false
		case strings.HasPrefix(w.text, "#"):
			_, w.text, _ = strings.Cut(w.text, "\n")
		case strings.HasPrefix(w.text, `"`):
			return w.quoted(), true
		default:
			end := strings.IndexAny(w.text, " \t\r\n")
			if end < 0 {
				end = len(w.text)
			}
			word, w.text = w.text[:end], w.text[end:]
			return word, true
		}
	}
}

// quoted is a word in quotes, in which a backslash stands before a sign that is
// meant. It ends with its line at the latest.
func (w *netrcWords) quoted() string {
	var word strings.Builder
	text := w.text[1:]
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			w.text = text[i+1:]
			return word.String()
		case c == '\n':
			w.text = text[i:]
			return word.String()
		case c == '\\' && i+1 < len(text) && text[i+1] != '\n':
			i++
			word.WriteByte(unescaped(text[i]))
		default:
			word.WriteByte(c)
		}
	}
	w.text = ""
	return word.String()
}

// unescaped is what a sign behind a backslash means.
func unescaped(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// skipMacro leaves out a macro, up to the blank line behind it.
func (w *netrcWords) skipMacro() {
	for rest := w.text; ; {
		line, after, more := strings.Cut(rest, "\n")
		if !more {
			w.text = ""
			return
		}
		if strings.TrimSuffix(line, "\r") == "" && len(rest) < len(w.text) {
			w.text = after
			return
		}
		rest = after
	}
}
