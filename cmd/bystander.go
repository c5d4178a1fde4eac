package cmd

import (
	"sync"

	"rollcall/config"
	"rollcall/config/credential"
)

// bystanders are the programs that have no business with the secrets of profiles: an
// editor, a browser, a command of the person's own that asks for no credential. They
// do not get the variables from which profiles read their secrets.
type bystanders struct {
	mu sync.Mutex
	// variables are those of the configuration that was read last; nil where none was.
	variables []string
	known     bool
}

// learn takes in which variables hold secrets.
func (b *bystanders) learn(variables []string) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.variables, b.known = variables, true
}

// withheld are the variables that hold secrets; known is false where no configuration
// was read.
func (b *bystanders) withheld() (variables []string, known bool) {
	if b == nil {
		return nil, false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.variables, b.known
}

// bystanderEnviron is the environment of a bystander. Before a configuration was read,
// every variable that a tool of a service reads may hold the secret of a profile.
func (c *console) bystanderEnviron() []string {
	variables, known := c.bystanders.withheld()
	if !known {
		variables = c.allVariables()
	}
	return credential.Withhold(c.environ, variables)
}

// learnFrom takes in which variables hold secrets by the text of a configuration. What
// is not TOML is searched for names.
func (c *console) learnFrom(path string, text []byte) {
	if conf, err := config.Parse(path, text, c.knownProviders()); err == nil {
		c.bystanders.learn(conf.SecretVariables())
		return
	}
	c.bystanders.learn(append(c.allVariables(), config.VariablesIn(text)...))
}
