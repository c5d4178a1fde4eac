package query

import (
	"slices"
	"strconv"
	"strings"

	"rollcall/config/spelling"
)

// Parse reads a query. The error, if any, is an [*Error].
func Parse(text string, words Vocabulary) (Query, error) {
	q, err := Readable(text, words)
	if err != nil {
		return Query{}, err
	}
	return q, nil
}

// Readable is the query of those terms of a text of which nothing is wrong, for who
// is still writing it. The error is that of [Parse].
func Readable(text string, words Vocabulary) (q Query, err error) {
	all, open := tokens(text)
	if open > 0 {
		err, all = wrong(open, "the quote that begins here has no end"), all[:len(all)-1]
	}
	for _, token := range all {
		t, problem := words.term(token)
		switch {
		case problem == nil:
			q.terms = append(q.terms, t)
		case err == nil:
			err = problem
		}
	}
	return q, err
}

// term reads a term.
func (v Vocabulary) term(token chars) (term, error) {
	not, rest := cutNot(token)
	if len(rest) == 0 {
		return term{}, wrong(token.column(), "! stands right before a term, as in !ok")
	}
	c, err := v.condition(rest)
	return term{not, c}, err
}

// condition reads a term without its exclamation mark.
func (v Vocabulary) condition(token chars) (condition, error) {
	key, operator, rest := cutKey(token)
	name := strings.ToLower(key.text())
	_, isField := fieldOf(name)
	_, isMeasure := measureOf(name)
	switch op := operator.text(); {
	case op == ":" && name != "":
		return v.anyOf(name, key, operator, rest)
	case strings.ContainsAny(op, "<>"), op != "" && isMeasure:
		return v.comparison(name, key, operator, rest)
	case op != "" && isField:
		return nil, wrong(operator.column(), "a value stands after a colon, as in %s:%s", name, v.example(name))
	}
	return v.word(token)
}

// word reads a term that is a text to look for, or one word that says how a
// profile is.
func (v Vocabulary) word(token chars) (condition, error) {
	w := word{text: token.text(), quoted: token.marked()}
	w.folded = Fold(w.text)
	if w.folded == "" {
		return nil, wrong(token.column(), "there is nothing to look for here; write a word")
	}
	if w.quoted {
		return w, nil
	}
	if w.folded == fieldChanged {
		return news{}, nil
	}
	if key, value := v.meaning(w.text); key != "" {
		f, _ := fieldOf(key)
		return anyOf{field: f, values: []string{value}, folded: []string{value}, bare: true}, nil
	}
	return w, nil
}

// anyOf reads key:value,other.
func (v Vocabulary) anyOf(name string, key, operator, rest chars) (condition, error) {
	f, ok := fieldOf(name)
	if !ok {
		return nil, noField(name, key, operator)
	}
	if len(rest) == 0 {
		return nil, wrong(operator.column(), "a value is wanted after %s:, such as %s", name, v.example(name))
	}
	a := anyOf{field: f}
	last := operator
	for _, part := range rest.split(',') {
		if len(part) == 0 {
			return nil, wrong(min(last[len(last)-1].column+1, rest[len(rest)-1].column), "a value is wanted on both sides of a comma")
		}
		if part[0].is('!') {
			return nil, wrong(part.column(), "! stands before the whole term, as in !%s:%s", name, v.example(name))
		}
		value, err := v.value(f, part)
		if err != nil {
			return nil, err
		}
		a.values, a.folded = append(a.values, value), append(a.folded, Fold(value))
		last = part
	}
	return a, nil
}

// noField says that there is no field with a name, and what would be right.
func noField(name string, key, operator chars) error {
	if m, ok := measureOf(name); ok {
		return wrong(operator.column(), "%s is compared, as in %s", name, m.example())
	}
	near := spelling.DidYouMean(name, append(Keys(), Measures()...))
	switch {
	case strings.HasPrefix(name, "-"):
		near = "; ! turns a term round, as in !tag:prod"
	case near == "":
		near = "; a text with a colon in it stands in quotes"
	}
	return wrong(key.column(), "there is no field %s%s", spelling.Quote(name), near)
}

// value reads one value of a field. That of a closed list must be in it, or be
// empty.
func (v Vocabulary) value(f field, part chars) (string, error) {
	text := part.text()
	if f.manner != byList || text == "" {
		return text, nil
	}
	list := v.list(f.key)
	value, ok := spelled(text, list)
	if ok {
		return value, nil
	}
	near := spelling.DidYouMean(text, list)
	if key, value := v.meaning(text); key != "" {
		near = "; did you mean " + spelling.Quote(key+":"+value) + "?"
	} else if near == "" && len(list) < 10 {
		near = "; it is one of " + strings.Join(list, ", ")
	}
	return "", wrong(part.column(), "there is no %s %s%s", f.says, spelling.Quote(text), near)
}

// example is a value that a field can have.
func (v Vocabulary) example(key string) string {
	if list := v.list(key); len(list) > 0 {
		return list[0]
	}
	switch key {
	case "tag":
		return "prod"
	case "host":
		return "example.org"
	case "source":
		return "keyring"
	}
	return "NAME"
}

// example is a comparison of a measure.
func (m measure) example() string {
	if m.share {
		return m.key + "<10%"
	}
	return m.key + "<14d"
}

// comparison reads a measure, an operator and an amount.
func (v Vocabulary) comparison(name string, key, operator, rest chars) (condition, error) {
	c := comparison{key: name, operator: operator.text(), text: rest.text()}
	m, ok := measureOf(name)
	_, isField := fieldOf(name)
	switch {
	case name == "":
		return nil, wrong(operator.column(), "a measure stands right before %s, as in ends<14d", c.operator)
	case isField:
		return nil, wrong(operator.column(), "%s is not compared; a value stands after a colon, as in %s:%s", name, name, v.example(name))
	case !ok:
		near := spelling.DidYouMean(name, Measures())
		if near == "" {
			near = "; there are " + strings.Join(Measures(), ", ")
		}
		return nil, wrong(key.column(), "there is no measure %s%s", spelling.Quote(name), near)
	case !slices.Contains([]string{"<", "<=", ">", ">="}, c.operator):
		return nil, wrong(operator.column(), "%s is compared by <, <=, > or >=, as in %s", name, m.example())
	}
	if c.amount, ok = m.read(c.text); ok {
		return c, nil
	}
	at, wanted := operator.column(), "a length of time such as 14d or 12h"
	if len(rest) > 0 {
		at = rest.column()
	}
	if m.share {
		wanted = "a share such as 10%"
	}
	return nil, wrong(at, "%s is wanted after %s%s", wanted, name, c.operator)
}

// read reads an amount of a measure.
func (m measure) read(text string) (float64, bool) {
	if !m.share {
		d, err := spelling.Duration(text)
		return d.Seconds(), err == nil
	}
	digits, percent := strings.CutSuffix(text, "%")
	if !percent || strings.Trim(digits, "0123456789.") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(digits, 64)
	return n / 100, err == nil && n <= 100
}
