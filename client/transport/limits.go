package transport

// The limits of what is taken from a server.
const (
	// maxAnswer bounds the body of an answer, in bytes after decompression.
	maxAnswer = 4 << 20
	// unread is how many bytes of an answer over HTTP/2 may arrive before somebody reads
	// them; over HTTP/1, the system decides.
	unread = 256 << 10
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
	// largePerOrigin is how many answers of one origin have room for a large body at a
	// time, or wait for it: a slow origin takes no more of the room of the others.
	largePerOrigin = 1
)
