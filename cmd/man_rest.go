package cmd

import (
	"github.com/spf13/cobra"

	"rollcall/cmd/roff"
)

// fact is a word with what there is to know of it.
type fact struct{ word, text string }

// exitStatuses are those of every command.
var exitStatuses = []fact{
	{"0", "Nothing is wrong; warnings count as nothing wrong unless --strict is given."},
	{"1", "A profile is bad for certain: its service refused the token when it last judged it, or the profile itself is wrong, with its credential or its address. With --strict also one that there is a warning of; with --fail-on those that answer the query, and no others."},
	{"2", "Bad usage; no configuration; for 'rollcall status' and 'rollcall doctor' also one without profiles; something wrong with it outside its profiles, for 'rollcall config check' anywhere."},
	{"3", "A profile could not be checked: unreachable, server error, unavailable, bad response; or --timeout left no time."},
	{"130", "Interrupted. SIGTERM ends with 143, serve too, and other signals with 128 and their number."},
}

// ownStatuses are those of commands that have others.
var ownStatuses = map[string][]fact{
	execName: {
		{"125", "rollcall itself refuses to run the program."},
		{"126", "The program cannot be run."},
		{"127", "There is no such program."},
		{"any other", "That of the program."},
	},
}

// queryForms are the terms of a query.
var queryForms = []fact{
	{"WORD", "A name, label, tag, service, user, e-mail address, organization or state has it."},
	{"ok, warn, fail; now, soon, waiting, fine, snoozed, off; changed; a state", "Those."},
	{"FIELD:VALUE,VALUE", "The field is one of these; a tag, a service and words from a list as a whole, others by a part."},
	{"ends<14d, since>1h, left<10%, checked>1h, changed<1d", "A comparison, with <, <=, > or >=."},
	{"!TERM", "The opposite."},
	{`"TWO WORDS"`, "Kept together."},
}

// environment are the variables that are read.
var environment = []fact{
	{"ROLLCALL_CONFIG", "The configuration, unless --config names it."},
	{"ROLLCALL_PROFILE", "The profile to take where none is named. 'rollcall env' and 'rollcall exec' set it."},
	{"ROLLCALL_LOG", "The log, unless --log-file names it."},
	{"ROLLCALL_ACCESSIBLE", "Set to 1 for the dashboard in plain lines."},
	{"NO_COLOR, CLICOLOR, CLICOLOR_FORCE", "Whether the output has colors; the first wins. Anything in NO_COLOR turns them off."},
	{"TERM, COLORTERM", "What the terminal can show."},
	{"LC_ALL, LC_CTYPE, LANG", "The first that is set decides on the characters; without UTF-8 in it all is ASCII."},
	{"HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "Where the files are. Without HOME it is that of the user's entry in passwd."},
	{"STATE_DIRECTORY", "The folder of the state where there is no HOME, as systemd sets it."},
	{"CREDENTIALS_DIRECTORY", "The folder of the credentials that systemd gives a service."},
	{"USERPROFILE, AppData, LocalAppData, SystemRoot", "Where the files are on Windows."},
	{"VISUAL, EDITOR", "The editor of 'rollcall edit'."},
	{"BROWSER, DISPLAY, WAYLAND_DISPLAY", "Whether and in what pages are opened."},
	{"SHELL, ComSpec", "The shell that the dashboard opens, and whose lines 'rollcall env' prints."},
	{"PATH", "Where programs are: credential commands, those of 'rollcall exec', hooks and commands of your own."},
	{"HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "The proxy, where a profile names none; in small letters, too."},
	{"SSL_CERT_FILE, SSL_CERT_DIR", "The certificates to trust in place of those of the system, except on Windows and macOS."},
	{"DBUS_SESSION_BUS_ADDRESS", "Where the keyring of the session is."},
	{"TMPDIR", "Where the demo keeps its files."},
	{"GOGC, GOMEMLIMIT", "How often memory is tidied. Without GOGC the dashboard has a number of its own; without both 'rollcall status' tidies only once there is much."},
	{epochVariable, "The date of the manual."},
	{"any that a profile names", "A secret, with { env = \"NAME\" }. 'rollcall import' looks at those of other tools, too."},
}

// usualFiles are those that are read and written.
var usualFiles = []fact{
	{"~/.config/rollcall/config.toml", "The profiles, and all else that can be set: see rollcall-config(5)."},
	{"~/.config/rollcall/services.d/*.toml", "Services of your own, a file each."},
	{"~/.config/rollcall/themes/*.toml", "Themes of your own."},
	{".rollcall.toml", "The profile of a folder and of those in it."},
	{"~/.local/state/rollcall", "The last answers, their history, the active profile, and who is snoozed; never a secret."},
	{"~/.cache/rollcall", "Pictures of users."},
}

// manualRest writes what stands in the page of every command.
func manualRest(p *roff.Page, c *cobra.Command) {
	p.Section("Exit status")
	if own, ok := ownStatuses[c.Name()]; ok {
		manualFacts(p, own)
	} else {
		manualFacts(p, exitStatuses)
	}
	p.Section("Queries")
	p.Text("The filter of the dashboard, --select and --fail-on take terms, all of which must hold:")
	manualFacts(p, queryForms)
	p.Section("Environment")
	manualFacts(p, environment)
	p.Section("Files")
	manualFacts(p, usualFiles)
}

func manualFacts(p *roff.Page, all []fact) {
	for _, f := range all {
		p.Item(f.word, "", f.text)
	}
}
