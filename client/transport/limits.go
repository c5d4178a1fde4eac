package transport

// The limits of what is taken from a server.
const (
	// maxAnswer bounds the body of an answer, in bytes after decompression.
	maxAnswer = 4 << 20
	// maxHeaders bounds the headers of an answer, in bytes.
	maxHeaders = 256 << 10
	// maxRedirects bounds the redirects that one request follows.
	maxRedirects = 5
)

// keptSessions is of how many hosts a set-up knows the TLS session.
const keptSessions = 256

const (
	// RequestsPerOrigin is how many requests can be under way at one origin at a
	// time, over all profiles.
	RequestsPerOrigin = 6
	// detailsPerOrigin is how many of these can be for details. One always stays
	// free, so that the details of one profile do not delay the identity of
	// another.
	detailsPerOrigin = RequestsPerOrigin - 1
)
