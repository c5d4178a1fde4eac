package cmd

import (
	"errors"
	"fmt"

	"rollcall/client/text"
	"rollcall/config"
)

// printError writes an error to stderr, one line for each that it joins.
func (c *console) printError(err error) {
	if c.json {
		out := errorsJSON(err)
		for i, e := range out.Errors {
			out.Errors[i].Message, out.Errors[i].File = c.told(e.Message), c.told(e.File)
		}
		writeJSON(c.stderr, out)
		return
	}
	for _, e := range flatten(err) {
		text := e.Error()
		if p, ok := configProblem(e); ok {
			text = withRemedy(text, p.Remedy)
		}
		text = c.withPlainNames(e, text)
		if q, ok := errors.AsType[*queryError](e); ok {
			if sc := c.screenOf(c.stderr); sc.terminal {
				text = pictured(text, q, sc.width)
			}
		}
		fmt.Fprintf(c.stderr, "rollcall: %s\n", printableLines(c.told(text)))
	}
}

// flatten lists the errors that errors.Join put together.
func flatten(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range many.Unwrap() {
			all = append(all, flatten(e)...)
		}
		return all
	}
	return []error{err}
}

// warn says something on stderr that does not change the exit status.
func (c *console) warn(text string) { c.warnShown(c.told(text)) }

// warnShown says what has its stand-ins already.
func (c *console) warnShown(words string) {
	if c.json {
		_ = writeJSON(c.stderr, warningJSON{schema, []string{words}})
		return
	}
	fmt.Fprintf(c.stderr, "rollcall: warning: %s\n", text.Printable(words))
}

// warnNotKept says that the state could not be written.
func (c *console) warnNotKept(err error) {
	if err != nil {
		c.warn(fmt.Sprintf("the answers could not be kept: %v", err))
	}
}

type errorJSON struct {
	Schema int         `json:"schema"`
	Errors []errorLine `json:"errors"`
}

type errorLine struct {
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	// Column is the character of a query at which it is wrong.
	Column int `json:"column,omitempty"`
}

// warningJSON is what a script may want to know besides the result.
type warningJSON struct {
	Schema   int      `json:"schema"`
	Warnings []string `json:"warnings"`
}

// errorsJSON is an error, or the errors it joins, for a script.
func errorsJSON(err error) errorJSON {
	out := errorJSON{Schema: schema}
	for _, e := range flatten(err) {
		line := errorLine{Message: e.Error()}
		if p, ok := configProblem(e); ok {
			line = errorLine{Message: withRemedy(p.Message, p.Remedy), File: p.File, Line: p.Line}
		}
		if q, ok := errors.AsType[*queryError](e); ok {
			line.Column = q.wrong.Column
		}
		out.Errors = append(out.Errors, line)
	}
	return out
}

// configProblem finds the problem of the configuration in an error.
func configProblem(err error) (config.Problem, bool) {
	if p, ok := errors.AsType[*config.Problem](err); ok {
		return *p, true
	}
	return errors.AsType[config.Problem](err)
}

// withRemedy adds what to do to what is wrong.
func withRemedy(message, remedy string) string {
	if remedy == "" {
		return message
	}
	return text.Closed(message) + " " + remedy
}
