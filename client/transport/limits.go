package transport

const (
	// maxAnswer is how many bytes of an answer are read, unpacked.
	maxAnswer = 4 << 20
	// maxHeaders is how many bytes of headers are read.
	maxHeaders = 256 << 10
	// maxRedirects is how often a request is sent on.
	maxRedirects = 5
)
