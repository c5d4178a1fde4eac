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
