// Package spelling reads what people write by hand, wherever they write it: spans
// of time, and words out of a list, with the word that was meant where one is
// wrong. It knows neither the configuration nor the language of queries, which
// share it.
package spelling
