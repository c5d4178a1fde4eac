package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config/query"
)

// vocabulary are the words of queries that are no texts to look for.
func vocabulary() query.Vocabulary {
	states, severities, urgencies := insight.Words()
	return query.Vocabulary{States: states, Severities: severities, Urgencies: urgencies}
}

// queryFlag is a flag whose value is a query. It implements pflag.Value, so that a
// wrong one is refused before anything runs.
type queryFlag struct {
	// text is the query as it was written.
	text  string
	query query.Query
}

func (f *queryFlag) String() string { return f.text }
func (f *queryFlag) Type() string   { return "query" }

func (f *queryFlag) Set(s string) error {
	q, err := query.Parse(s, vocabulary())
	if wrong, ok := errors.AsType[*query.Error](err); ok {
		return &queryError{s, wrong}
	}
	f.text, f.query = s, q
	return err
}

// queryError is what is wrong with a query of the command line.
type queryError struct {
	text  string
	wrong *query.Error
}

func (e *queryError) Error() string { return e.wrong.Error() }

// picture is the query with a mark below the character that is wrong, in lines
// that begin with an end of line. It is empty where the query is wider than a
// terminal.
func (e *queryError) picture(width int) string {
	const indent = "  "
	line := text.Printable(e.text)
	if ansi.StringWidth(indent+line) > width {
		return ""
	}
	before := text.Printable(string([]rune(e.text)[:e.wrong.Column-1]))
	return fmt.Sprintf("\n%s%s\n%s^", indent, line, strings.Repeat(" ", ansi.StringWidth(indent+before)))
}

// pictured puts the picture of a wrong query behind the sentence that says what is
// wrong, before what else is said.
func pictured(message string, e *queryError, width int) string {
	sentence, more, found := strings.Cut(message, "\n")
	message = sentence + e.picture(width)
	if found {
		message += "\n" + more
	}
	return message
}
