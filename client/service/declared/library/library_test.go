package library_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/client/service/declared/declaredtest"
	"rollcall/client/service/declared/library"
)

var update = flag.Bool("update", false, "write what the descriptions make of the fixtures")

// TestLibrary asks every service that we ship with the answers of its fixtures. Each
// has a good one and a refusal, and each says where it is from.
func TestLibrary(t *testing.T) {
	for _, s := range declared.Shipped() {
		t.Run(s.Name(), func(t *testing.T) {
			for _, f := range s.Faults() {
				t.Error(f)
			}
			if t.Failed() {
				return
			}
			good, refused := 0, 0
			var got strings.Builder
			answers, others := fixtures(t, s.Name())
			for _, one := range answers {
				r, err := declaredtest.Ask(s, one.fixture.Answer, others)
				if err != nil {
					t.Fatal(err)
				}
				if d := r.Diagnosis; d.State != account.Healthy && (!strings.HasSuffix(d.Explanation, ".") || !strings.HasSuffix(d.Remedy, ".")) {
					t.Errorf("%s: no sentences: %q %q", one.name, d.Explanation, d.Remedy)
				}
				switch {
				case r.Diagnosis.State == account.Healthy:
					good++
				case strings.HasPrefix(one.name, "refused"):
					refused++
				}
				write(t, &got, one.name, r)
			}
			if good == 0 || refused == 0 {
				t.Errorf("%d good answers and %d refusals; each service needs one of each", good, refused)
			}
			writeVariables(t, &got, s)
			golden(t, filepath.Join("testdata", s.Name()+".golden"), got.String())
		})
	}
}

// named is a fixture with the name of its file.
type named struct {
	name    string
	fixture declaredtest.Fixture
}

// fixtures are the answers to the identity request, and those to the further ones.
func fixtures(t *testing.T, name string) (answers []named, others []service.Answer) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", name, "*.http"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures of %s: %v", name, err)
	}
	slices.Sort(files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := declaredtest.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		base := strings.TrimSuffix(filepath.Base(file), ".http")
		if strings.HasPrefix(base, "more-") {
			others = append(others, f.Answer)
		} else {
			answers = append(answers, named{base, f})
		}
	}
	return answers, others
}

// write tells what became of an answer.
func write(t *testing.T, b *strings.Builder, name string, r declaredtest.Result) {
	t.Helper()
	fmt.Fprintf(b, "== %s: %s %s\n", name, r.Diagnosis.State, r.Diagnosis.Code)
	for _, text := range []string{r.Diagnosis.Explanation, r.Diagnosis.Remedy, r.Diagnosis.Description} {
		if text != "" {
			fmt.Fprintf(b, "   %s\n", text)
		}
	}
	if r.Account != nil {
		data, err := json.MarshalIndent(r.Account, "   ", "  ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(b, "   %s\n", data)
	}
	for _, l := range ratelimit.NearestFirst(r.Limits) {
		data, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(b, "   budget %s\n", data)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(b, "   note %s\n", n)
	}
}

// writeVariables tells which variables the tools of a service get at its own address.
func writeVariables(t *testing.T, b *strings.Builder, s *declared.Service) {
	t.Helper()
	q, err := declaredtest.Asked(s)
	if err != nil {
		t.Fatal(err)
	}
	g := service.Grant{Base: q.Root, Username: q.Username(), Secret: "SECRET", Second: "SECOND"}
	set, read := s.Variables(g)
	if len(read) == 0 {
		return
	}
	b.WriteString("== variables\n")
	for _, v := range set {
		fmt.Fprintf(b, "   %s=%s\n", v.Name, v.Value)
		read = slices.DeleteFunc(read, func(name string) bool { return name == v.Name })
	}
	for _, w := range s.Withheld(g) {
		fmt.Fprintf(b, "   withheld %s\n", w.Variable)
	}
	if len(read) > 0 {
		fmt.Fprintf(b, "   unset %s\n", strings.Join(read, " "))
	}
}

// golden compares with a file, or writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(want, []byte(got)) {
		t.Errorf("%s says otherwise (%v); look at it with -update\n%s", file, err, got)
	}
}

// TestFixturesHaveServices finds a folder of fixtures whose service is gone.
func TestFixturesHaveServices(t *testing.T) {
	folders, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if name := strings.TrimSuffix(f.Name(), ".golden"); !slices.Contains(library.Names(), name) {
			t.Errorf("testdata/%s belongs to no service", f.Name())
		}
	}
}

// TestReadmeNamesServices finds a service of which nobody reads.
func TestReadmeNamesServices(t *testing.T) {
	readme, err := os.ReadFile("../../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Join(strings.Fields(string(readme)), " ")
	for _, s := range declared.Shipped() {
		if title := s.Info().Title; !strings.Contains(words, title) {
			t.Errorf("README.md does not name %s", title)
		}
	}
}
