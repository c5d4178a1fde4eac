package cmd

import "io"

// printer remembers what went wrong with printing: the library takes no notice
// where it prints help, and a wrong command line for the cause elsewhere.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) Write(text []byte) (int, error) {
	n, err := p.to.Write(text)
	if p.err == nil {
		p.err = err
	}
	return n, err
}
