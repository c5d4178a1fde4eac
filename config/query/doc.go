// Package query is the language in which profiles are looked for: in the filter of
// the screen, with --select and --fail-on, and in saved views. It reads a query,
// tells whether a row answers it, and completes one that is being written. It
// knows no profile and no service: a [Row] says what it is asked, and the words
// of states, severities and urgencies come in as a [Vocabulary].
//
// A query is terms with blanks between, all of which must hold:
//
//	prod            a text of the row holds it, whatever its case and accents
//	fail now        a severity, an urgency or a state, exactly; invalid-token is invalid_token
//	changed         something changed that nobody has looked at
//	tag:prod,test   the field is one of these
//	ends<14d        a measure compared, by < <= > >=
//	!tag:prod       the term turned round
//	"two words"     quotes keep blanks together, and take any other meaning from
//	                what is in them; \" in them is a quote
//	tag:""          the field is empty
//
// How a field is compared is what its values are. State, verdict, severity and
// urgency come from a closed list: they are compared exactly, and a value that is
// not in the list is an error, since it could never be found. A tag and the name of
// a service are exact, too, but for case and accents: whoever selects tag:prod for
// a command must not get nonprod. All others are names that people know by
// a part (user:sam, host:example.org), so that the part is enough.
//
// A measure that is not known matches no comparison. The term turned round is
// plainly the opposite: !ends<14d also finds what never ends.
//
// The files lie in layers:
//
//	complete               a query that is being written
//	parse, query           a text to a query; what it says of a row
//	term                   one condition
//	row                    what is asked, with its texts folded
//	token, fields, error   the text in parts; what can be asked; what is wrong
//	fold                   texts without case and accents
package query
