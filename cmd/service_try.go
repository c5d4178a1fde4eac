package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/plainfile"
)

// replyFlags are the answer that a description is tested on.
type replyFlags struct {
	fixture string
	status  int
	headers []string
}

// maxFixture is how large such an answer can be, which is as large as one of a
// service.
const maxFixture = 4 << 20

func (a *app) serviceTestCommand() *cobra.Command {
	var r replyFlags
	c := &cobra.Command{
		Use:   "test FILE|NAME",
		Short: "Print what a description finds in an answer that you have saved",
		Long: `Print for each key of a description what it finds in an answer, or why it finds
nothing, and last the state that the answer means. Nobody is asked for it, and no
credential is needed: save an answer of the service with curl, and look what becomes
of it before you make a profile.

FILE holds the keys of one service, as a file of services.d does, or is a
configuration that describes just one. NAME is that of a shipped description.

It ends with 0 where a good answer has all that the description promises, or where
a refusal is told by one of its rules; with 1 where not; with 2 for a description
that is wrong.`,
		Example: `  curl -s -H "Authorization: Bearer $T" https://tracker.example.org/api/me > reply.json
  rollcall service test tracker.toml --fixture reply.json
  rollcall service test tracker.toml --fixture revoked.json --status 403
  rollcall service test tracker.toml --fixture reply.json --header "X-RateLimit-Remaining: 0"`,
		Args: cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"toml"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	f := c.Flags()
	f.StringVar(&r.fixture, "fixture", "", "the `file` with the body of the answer; - for what is piped in")
	f.IntVar(&r.status, "status", http.StatusOK, "the HTTP `status` of the answer")
	f.StringArrayVar(&r.headers, "header", nil, "a `header` of the answer, such as \"X-Scopes: read\"; may be repeated")
	_ = c.MarkFlagRequired("fixture")
	completeWith(c, "status", "200", "401", "403", "404", "429", "500", "503")
	completeNothing(c, "header")
	_ = c.RegisterFlagCompletionFunc("fixture", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault))
	c.RunE = run(func(c *cobra.Command, args []string) error {
		return a.testService(c.Context(), args[0], r, out.value)
	})
	return c
}

// testService reads a description and an answer, and prints what becomes of it.
func (a *app) testService(ctx context.Context, path string, r replyFlags, as format) error {
	s, err := a.describedService(path)
	if err != nil {
		return configError(err)
	}
	answer, err := a.reply(ctx, r)
	if err == nil {
		err = r.unfit(answer)
	}
	if err != nil {
		return configError(err)
	}
	q, err := s.Sample("sample-token")
	if err != nil {
		return configError(err)
	}
	trial := s.Try(answer, q)
	if as == formatJSON {
		err = writeJSON(a.stdout, newTrialJSON(s, trial))
	} else {
		err = a.printTrial(trial)
	}
	if err == nil && !trial.Promised {
		err = &exitError{exitBad, nil}
	}
	return err
}

// describedService is the service that a file describes, or that a shipped description
// of the name does.
func (a *app) describedService(path string) (*declared.Service, error) {
	s, err := readService(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	for _, one := range a.services.shipped {
		if one.Name() == path {
			return one, nil
		}
	}
	if slices.ContainsFunc(a.services.builtIn, func(one service.Service) bool { return one.Info().Name == path }) {
		return nil, fmt.Errorf("%s is built in, and has no description that could be tested", path)
	}
	return nil, fmt.Errorf("%s is neither a file nor a service whose description is shipped; 'rollcall service list' has their names", path)
}

// unfit says that what was saved cannot be the answer that the flags say. A service
// refuses in any form, and tells who the user is in JSON alone.
func (r replyFlags) unfit(answer service.Answer) error {
	if answer.Status/100 != 2 || json.Valid(answer.Body) {
		return nil
	}
	from := r.fixture
	if from == "-" {
		from = "what was piped in"
	}
	return fmt.Errorf("%s is not JSON, as a good answer is\nSave the body of the answer alone, without its headers, or say with --status that it is a refusal", from)
}

// readService reads a description that must be right.
func readService(path string) (*declared.Service, error) {
	d, err := config.ReadDescription(path)
	if err != nil {
		return nil, err
	}
	s, faults := declared.New(d.Name, d.Values)
	var all []error
	for _, p := range d.Problems(configFaults(faults)) {
		all = append(all, p)
	}
	return s, errors.Join(all...)
}

// reply is the answer that the flags tell.
func (a *app) reply(ctx context.Context, r replyFlags) (answer service.Answer, err error) {
	if r.status < 100 || r.status > 999 {
		return answer, fmt.Errorf("--status %d is no status of HTTP; write one such as 403", r.status)
	}
	var body []byte
	if r.fixture != "-" {
		body, _, err = plainfile.ReadPiped(ctx, r.fixture, maxFixture)
	} else if body, err = io.ReadAll(io.LimitReader(a.stdin, maxFixture+1)); err == nil && len(body) > maxFixture {
		err = fmt.Errorf("what was piped in is larger than an answer can be, which is %d MiB", maxFixture>>20)
	}
	if err != nil {
		return answer, err
	}
	answer = service.Answer{Status: r.status, Header: http.Header{"Content-Type": {"application/json"}}, Body: body, At: a.now().UTC()}
	for _, line := range r.headers {
		name, value, err := header(line)
		if err != nil {
			return answer, err
		}
		if http.CanonicalHeaderKey(name) == "Content-Type" {
			answer.Header.Del(name)
		}
		answer.Header.Add(name, value)
	}
	return answer, nil
}

// printTrial prints what became of an answer, for people.
func (a *app) printTrial(t declared.Trial) error {
	var rows [][]cell
	for _, f := range t.Findings {
		row := []cell{{text: f.Key}, {text: strings.Join(f.Found, ", ")}, {text: f.From}}
		if f.Missing != "" {
			row[1] = cell{text: "nothing: " + f.Missing, style: faint()}
		}
		rows = append(rows, row)
	}
	sc := a.screenOf(a.stdout)
	if len(rows) > 0 {
		if err := writeTable(a.stdout, sc, []column{{title: "KEY", whole: true}, {title: "FOUND"}, {title: "WHERE"}}, rows); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(a.stdout); err != nil {
			return err
		}
	}
	d := t.Diagnosis
	state := "state: " + d.State.Word()
	if t.Rule > 0 {
		state += fmt.Sprintf(", by states[%d] (%s)", t.Rule-1, t.Fits)
	}
	for _, line := range []string{labelled("code", d.Code), labelled("description", d.Description), d.Explanation, d.Remedy, state} {
		if line == "" {
			continue
		}
		if _, err := fmt.Fprintln(a.stdout, text.Printable(line)); err != nil {
			return err
		}
	}
	return nil
}

// labelled is a text with what it is; empty where there is none.
func labelled(what, words string) string {
	if words == "" {
		return ""
	}
	return what + ": " + words
}

type trialJSON struct {
	Schema  int       `json:"schema"`
	Service string    `json:"service"`
	Keys    []keyJSON `json:"keys"`
	// Rule is the place of the rule that the answer fits, from 0; null for none.
	Rule        *int   `json:"rule"`
	State       string `json:"state"`
	Code        string `json:"code"`
	Description string `json:"description"`
	Explanation string `json:"explanation"`
	Remedy      string `json:"remedy"`
	// Promised is set where the exit status is 0.
	Promised bool `json:"promised"`
}

// keyJSON is what a key found, and where it looks.
type keyJSON struct {
	Key     string   `json:"key"`
	From    string   `json:"from"`
	Found   []string `json:"found"`
	Missing string   `json:"missing"`
}

func newTrialJSON(s *declared.Service, t declared.Trial) trialJSON {
	d := t.Diagnosis
	out := trialJSON{
		Schema: schema, Service: s.Name(), Keys: []keyJSON{}, State: string(d.State), Code: d.Code, Description: d.Description,
		Explanation: d.Explanation, Remedy: d.Remedy, Promised: t.Promised,
	}
	if t.Rule > 0 {
		place := t.Rule - 1
		out.Rule = &place
	}
	for _, f := range t.Findings {
		out.Keys = append(out.Keys, keyJSON{f.Key, f.From, list(f.Found), f.Missing})
	}
	return out
}
