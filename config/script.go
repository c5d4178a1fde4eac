package config

import (
	"fmt"
	"slices"
	"strings"
)

// interpreter is a program that runs the text of an argument.
type interpreter struct {
	// letters are those of the options before the text, and long the other names of
	// these.
	letters string
	long    []string
	// line is set where everything behind the option is the text.
	line bool
	// shell is set for one that takes "$1", and split for what takes its text apart alone.
	shell, split bool
}

// interpreterOf is the one that an argument may name, by whatever path and of whatever
// version.
func interpreterOf(argument string) (one interpreter, name string, ok bool) {
	name = strings.ToLower(argument[strings.LastIndexAny(argument, `/\`)+1:])
	name = strings.TrimSuffix(name, ".exe")
	switch strings.TrimRight(name, "0123456789.") {
	case "sh", "bash", "rbash", "dash", "ash", "zsh", "ksh", "mksh", "oksh", "yash", "csh", "tcsh", "fish", "elvish", "nu", "xonsh", "su", "runuser", "script":
		return interpreter{letters: "cC", long: []string{"command", "init-command", "commands", "session-command"}, shell: true}, name, true
	case "python", "pypy":
		return interpreter{letters: "c"}, name, true
	case "perl", "ruby", "node", "nodejs", "bun", "lua", "luajit", "osascript", "php", "julia":
		return interpreter{letters: "eEpr", long: []string{"eval", "print", "run"}}, name, true
	case "powershell", "pwsh":
		return interpreter{letters: "c", long: []string{"command"}, line: true}, name, true
	case "cmd":
		return interpreter{letters: "ckr", line: true}, name, true
	case "env":
		return interpreter{letters: "S", long: []string{"split-string"}, split: true}, name, true
	}
	return interpreter{}, "", false
}

// begins reports whether an argument is an option behind which a text to run stands, or
// in which it does.
func (i interpreter) begins(argument string) bool {
	if i.line {
		argument = strings.ToLower(argument)
		word := strings.TrimLeft(argument, "-/")
		return word != argument && word != "" && (strings.Contains(i.letters, word[:1]) && argument[0] == '/' || len(i.long) > 0 && strings.HasPrefix(i.long[0], word))
	}
	if word, ok := strings.CutPrefix(argument, "--"); ok {
		word, _, _ = strings.Cut(word, "=")
		return slices.Contains(i.long, word)
	}
	return strings.HasPrefix(argument, "-") && strings.ContainsAny(argument, i.letters)
}

// script is a text in an argument list that an interpreter runs.
type script struct {
	interpreter
	text, program string
}

// scripts are those in an argument list. Programs that run another, such as env and
// sudo, can stand before an interpreter.
func scripts(run []string) (all []script) {
	for at, argument := range run {
		one, program, ok := interpreterOf(argument)
		if !ok {
			continue
		}
		for _, text := range one.textsIn(run[at+1:]) {
			all = append(all, script{one, text, program})
		}
	}
	return all
}

// textsIn are the texts to run among the arguments of the interpreter. What stands
// behind them are their own arguments.
func (i interpreter) textsIn(arguments []string) (texts []string) {
	text, value := false, false
	for at, argument := range arguments {
		switch {
		case i.begins(argument):
			if i.line {
				return arguments[at:]
			}
			texts, text, value = append(texts, argument), true, false
		case strings.HasPrefix(argument, "-") || strings.HasPrefix(argument, "+") || i.line && strings.HasPrefix(argument, "/"):
			value = takesValue(argument)
		case value:
			value = false
		case text:
			texts, text = append(texts, argument), false
		default:
			return texts
		}
	}
	return texts
}

// takesValue reports whether an option that begins no text has its value behind it.
func takesValue(option string) bool {
	return strings.HasSuffix(option, "o") || slices.Contains([]string{"-O", "+O", "-W", "-X", "-I", "-u", "-g", "--rcfile", "--init-file", "-ExecutionPolicy", "-ep"}, option)
}

// scriptProblem says what is wrong where a script of an argument list has a placeholder
// in it; empty for nothing.
func scriptProblem(run []string) string {
	for _, s := range scripts(run) {
		at := slices.IndexFunc(placeholdersIn(s.text), written.known)
		if at < 0 {
			continue
		}
		word, instead := placeholdersIn(s.text)[at].word, "pass it as an argument behind the script: "
		switch {
		case s.line:
			instead = "run the program itself, without " + s.program
		case s.split:
			instead = "write each argument as a text of its own"
		case s.shell:
			instead += fmt.Sprintf(`run = ["sh", "-c", 'echo "$1"', "sh", "{%s}"]`, word)
		default:
			instead += fmt.Sprintf(`run = [%q, …, "{%s}"]`, s.program, word)
		}
		return fmt.Sprintf("{%s} is in what %s runs, so that what a service sends could run, too; %s", word, s.program, instead)
	}
	return ""
}
