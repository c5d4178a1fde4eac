package faults_test

import (
	"fmt"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service/katapult/katapulttest"
)

// http1Faults are answers that break the rules of HTTP/1.1, or stretch them.
func http1Faults() []fault {
	const bad, chunked = account.BadResponse, ok + "Transfer-Encoding: chunked\r\n\r\n"
	good, long := katapulttest.Good, strings.Repeat("hush", 1<<12)
	return []fault{
		{name: "the status is no number", server: says("HTTP/1.1 fine\r\n\r\n"), state: bad},
		{name: "the status has too many digits", server: says("HTTP/1.1 20000 OK\r\n\r\n"), state: bad},
		{name: "the status is negative", server: says("HTTP/1.1 -20 OK\r\n\r\n"), state: bad},
		{name: "the version is none", server: says("HTTP/x.y 200 OK\r\n\r\n"), state: bad},
		{name: "the version is of HTTP/2", server: says("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"), state: bad},
		{name: "the answer has no head", server: says(good), state: bad},
		{name: "the preface of HTTP/2 is the answer", server: says("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), state: bad},
		{name: "a frame of HTTP/2 is the answer", server: says("\x00\x00\x00\x04\x00\x00\x00\x00\x00"), state: bad},
		{name: "a header has no colon", server: says(ok + "hush\r\n\r\n"), state: bad},
		{name: "a header has a space before its colon", server: says(ok + "X-A : hush\r\n\r\n"), state: bad},
		{name: "a header has no name", server: says(ok + ": hush\r\n\r\n"), state: bad},
		{name: "a header has a control character", server: says(ok + "X-A: \x1b[31mhush\r\n\r\n"), state: bad},
		{name: "a header has a zero byte", server: says(ok + "X-A: hu\x00sh\r\n\r\n"), state: bad},
		{name: "a header goes on in the next line", server: says(ok + "X-A: one\r\n two\r\n" + sized(good)), state: account.Healthy},
		{name: "the first header begins with a space", server: says("HTTP/1.1 200 OK\r\n X-A: hush\r\n\r\n"), state: bad},
		{name: "the lines end without a carriage return", server: says(strings.ReplaceAll(ok, "\r\n", "\n") + strings.ReplaceAll(sized(good), "\r\n", "\n")), state: account.Healthy},
		{name: "a header never ends", server: goesOn(ok+"X-A: ", long), state: bad},
		{name: "the headers never end", server: goesOn(ok, "X-A: hush\r\n"), state: bad},
		{name: "the first line never ends", server: goesOn("HTTP/1.1 200 ", long), state: bad},
		{name: "announcements never end", server: goesOn("", "HTTP/1.1 102 Processing\r\nX: y\r\n\r\n"), state: bad},
		{name: "announcements to continue never end", server: goesOn("", "HTTP/1.1 100 Continue\r\n\r\n"), state: bad},
		{name: "an announcement comes before the answer", server: says("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + whole), state: account.Healthy},
		{name: "another protocol is switched to", server: stops("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n{}"), state: bad},
		{name: "the length is no number", server: says(ok + "Content-Length: hush\r\n\r\n"), state: bad},
		{name: "the length is negative", server: says(ok + "Content-Length: -1\r\n\r\n"), state: bad},
		{name: "the length is larger than any number", server: says(ok + "Content-Length: 99999999999999999999999\r\n\r\n"), state: bad},
		{name: "the length is much more than comes", server: says(ok + "Content-Length: 9000000000000000000\r\n\r\n{"), state: account.Unreachable, code: "reset", attempts: 3},
		{name: "the length is less than comes", server: says(ok + "Content-Length: 20\r\n\r\n" + good), state: bad},
		{name: "two lengths differ", server: says(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), state: bad},
		{name: "two lengths are the same", server: says(ok + fmt.Sprintf("Content-Length: %d\r\n", len(good)) + sized(good)), state: account.Healthy},
		{name: "a length stands beside chunks", server: says(ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + inChunks(good)), state: account.Healthy},
		{name: "the way of transfer is unknown", server: says(ok + "Transfer-Encoding: hush\r\n\r\n"), state: bad},
		{name: "the length of a chunk is none", server: says(chunked + "5\r\n{\"use\r\nZZZ\r\n"), state: bad},
		{name: "the length of a chunk is larger than any number", server: says(chunked + "fffffffffffffffff\r\n{"), state: bad},
		{name: "a chunk is longer than it says", server: says(chunked + "2\r\n{}}}}}\r\n0\r\n\r\n"), state: bad},
		{name: "the length of a chunk never ends", server: goesOn(chunked+"5;", long), state: bad},
		{name: "chunks of one byte have long extensions", server: goesOn(chunked, "1;"+strings.Repeat("x", 1000)+"\r\n \r\n"), state: bad, large: true},
		{name: "the trailer is malformed", server: says(chunked + chunk(good) + "0\r\nhush\r\n\r\n"), state: bad},
		{name: "the trailer never ends", server: goesOn(chunked+chunk(good)+"0\r\n", "X-A: hush\r\n"), state: bad},
		{name: "chunks never end", server: goesOn(chunked, chunk(long)), state: bad, large: true},
		{name: "the body never ends", server: goesOn(ok+"\r\n", long), state: bad, large: true},
		{name: "the body is longer than an answer may be", server: says(ok + sized(good+strings.Repeat(" ", 4<<20))), state: bad, large: true},
		{name: "an unchanged answer comes unasked", server: says("HTTP/1.1 304 Not Modified\r\n\r\n"), state: bad},
		{name: "an answer without content comes", server: says("HTTP/1.1 204 No Content\r\n\r\n"), state: bad},
		{name: "a part of an answer comes unasked", server: says("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/100\r\n" + sized(good[:10])), state: bad},
	}
}

// inChunks is a body in one chunk, and the end of it.
func inChunks(body string) string { return chunk(body) + "0\r\n\r\n" }

// chunk is a part of a body.
func chunk(body string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(body), body) }
