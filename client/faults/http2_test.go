package faults_test

import (
	"bytes"
	"io"
	"math"
	"strings"

	"golang.org/x/net/http2"

	"rollcall/client/account"
	"rollcall/client/service/katapult/katapulttest"
)

// resets is a server that ends the stream of a request.
func resets(code http2.ErrCode) server {
	return then(func(c *peer2, stream uint32) { _ = c.WriteRSTStream(stream, code) })
}

// goesAway is one that takes no more requests on the connection, after it has done
// something with one. last is added to the stream of that one.
//
// It closes the connection, as servers do, where it has not said that it answers that.
func goesAway(last int, code http2.ErrCode, do func(c *peer2, stream uint32)) server {
	return frames(func(c *peer2, stream uint32) bool {
		do(c, stream)
		_ = c.WriteGoAway(uint32(max(0, int(stream)+last)), code, []byte("hush"))
		return code == http2.ErrCodeNo
	})
}

func nothing(*peer2, uint32) {}

func begin(c *peer2, stream uint32) {
	c.head(stream)
	_ = c.WriteData(stream, false, []byte(katapulttest.Good[:20]))
}

func answer(c *peer2, stream uint32) { c.answer(stream, katapulttest.Good) }

// http2Faults are those of a server of HTTP/2.
func http2Faults() []fault {
	all := append(streamFaults(), connection2Faults()...)
	return append(append(all, header2Faults()...), body2Faults()...)
}

// streamFaults are streams that end, and connections that go away.
func streamFaults() []fault {
	const unreachable, reset = account.Unreachable, "reset"
	return []fault{
		{name: "a stream is refused", server: resets(http2.ErrCodeRefusedStream), state: unreachable, code: reset, attempts: 3},
		{name: "a stream is cancelled", server: resets(http2.ErrCodeCancel), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends for a fault of the server", server: resets(http2.ErrCodeInternal), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends for a breach of the rules", server: resets(http2.ErrCodeProtocol), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends since there were too many", server: resets(http2.ErrCodeEnhanceYourCalm), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends since HTTP/1.1 is wanted", server: resets(http2.ErrCodeHTTP11Required), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends since the connection is not secure enough", server: resets(http2.ErrCodeInadequateSecurity), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends without an error or an answer", server: resets(http2.ErrCodeNo), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends with an error that nobody knows", server: resets(0xdead), state: unreachable, code: reset, attempts: 3},
		{name: "a stream is cancelled within the answer", server: then(func(c *peer2, s uint32) { begin(c, s); _ = c.WriteRSTStream(s, http2.ErrCodeCancel) }), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends without an error within the answer", server: then(func(c *peer2, s uint32) { begin(c, s); _ = c.WriteRSTStream(s, http2.ErrCodeNo) }), state: unreachable, code: reset, attempts: 3},
		{name: "a stream ends without an error after the answer", server: then(func(c *peer2, s uint32) { answer(c, s); _ = c.WriteRSTStream(s, http2.ErrCodeNo) }), state: account.Healthy},
		{name: "a stream that does not exist ends", server: then(func(c *peer2, s uint32) { _ = c.WriteRSTStream(s+100, http2.ErrCodeCancel) }), late: true, state: unreachable, code: "timeout_answer"},
		{name: "the server goes away before it looks at the request", server: goesAway(-2, http2.ErrCodeNo, nothing), state: unreachable, code: reset, attempts: 3},
		{name: "the server goes away for an error before it answers", server: goesAway(0, http2.ErrCodeInternal, nothing), state: unreachable, code: reset, attempts: 3},
		{name: "the server goes away since there were too many requests", server: goesAway(0, http2.ErrCodeEnhanceYourCalm, nothing), state: unreachable, code: reset, attempts: 3},
		{name: "the server goes away for an error within the answer", server: goesAway(0, http2.ErrCodeInternal, begin), state: unreachable, code: reset, attempts: 3},
		{name: "the server goes away in good order within the answer, and ends it", server: then(func(c *peer2, s uint32) {
			begin(c, s)
			_ = c.WriteGoAway(s, http2.ErrCodeNo, nil)
			_ = c.WriteData(s, true, []byte(katapulttest.Good[20:]))
		}), state: account.Healthy},
		{name: "the server goes away in good order after the answer", server: goesAway(0, http2.ErrCodeNo, answer), state: account.Healthy},
		{name: "the server goes away for an error after the answer", server: goesAway(0, http2.ErrCodeInternal, answer), state: account.Healthy},
		{name: "the server goes away and says nothing more", server: goesAway(0, http2.ErrCodeNo, nothing), late: true, state: unreachable, code: "timeout_answer"},
		{name: "the connection is closed within a frame", server: frames(func(c *peer2, s uint32) bool {
			c.head(s)
			c.write("\x00\x01\x00\x00\x00\x00\x00\x00\x01hush")
			return false
		}), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed within the head of a frame", server: frames(func(c *peer2, _ uint32) bool { c.write("\x00\x01"); return false }), state: unreachable, code: reset, attempts: 3},
		{name: "the connection of HTTP/2 is reset", server: frames(func(c *peer2, _ uint32) bool { c.reset(); return false }), state: unreachable, code: reset, attempts: 3},
		{name: "the stream gets no answer", server: then(nothing), late: true, state: unreachable, code: "timeout_answer"},
		{name: "the stream gets no body", server: then(func(c *peer2, s uint32) { c.head(s) }), late: true, state: unreachable, code: "timeout_reading"},
		{name: "the stream gets no end", server: then(begin), late: true, state: unreachable, code: "timeout_reading"},
		{name: "the connection is dead, and nobody is told", server: server{over: second, silent: true, lost: true}, late: true, state: unreachable, code: "timeout_answer"},
	}
}

// connection2Faults are those of a whole connection.
func connection2Faults() []fault {
	const bad, unreachable = account.BadResponse, account.Unreachable
	settings := func(id http2.SettingID, value uint32) server {
		return then(func(c *peer2, s uint32) {
			_ = c.WriteSettings(http2.Setting{ID: id, Val: value})
			answer(c, s)
		})
	}
	return []fault{
		{name: "the server speaks HTTP/1.1 over HTTP/2", server: server{over: second, opens: func(*peer2) {}, streams: func(c *peer2, _ uint32) bool {
			return c.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
		}}, state: bad},
		{name: "the first frame is none of settings", server: server{over: second, opens: func(*peer2) {}, silent: true, streams: func(c *peer2, _ uint32) bool { return c.WritePing(false, [8]byte{}) == nil }}, state: bad},
		{name: "there are no settings", server: server{over: second, opens: func(*peer2) {}, silent: true, streams: func(c *peer2, s uint32) bool { answer(c, s); return true }}, state: bad},
		{name: "settings never end", server: frames(func(c *peer2, _ uint32) bool { return c.flood(func() error { return c.WriteSettings() }) }), late: true, large: true, state: unreachable, code: "timeout_answer"},
		{name: "pings never end", server: frames(func(c *peer2, _ uint32) bool { return c.flood(func() error { return c.WritePing(false, [8]byte{}) }) }), late: true, large: true, state: unreachable, code: "timeout_answer"},
		{name: "settings of a window that is too large", server: settings(http2.SettingInitialWindowSize, math.MaxUint32), state: bad},
		{name: "settings of frames that are too small", server: settings(http2.SettingMaxFrameSize, 1), state: bad},
		{name: "settings that nobody knows", server: settings(0xf0f0, 7), state: account.Healthy},
		{name: "settings of a window that never opens", server: settings(http2.SettingInitialWindowSize, 0), state: account.Healthy},
		{name: "the window grows beyond its bound", server: then(func(c *peer2, _ uint32) { _ = c.WriteWindowUpdate(0, math.MaxInt32) }), state: bad},
		{name: "the window grows by nothing", server: then(func(c *peer2, _ uint32) { _ = c.WriteWindowUpdate(0, 0) }), state: bad},
		{name: "a frame is longer than was agreed", server: then(func(c *peer2, s uint32) { _ = c.WriteRawFrame(http2.FrameData, 0, s, make([]byte, 1<<23)) }), large: true, state: bad},
		{name: "a frame is of a kind that nobody knows", server: then(func(c *peer2, s uint32) { _ = c.WriteRawFrame(0xf0, 0, s, []byte("hush")); answer(c, s) }), state: account.Healthy},
		{name: "a frame of settings has half a setting", server: then(func(c *peer2, _ uint32) { _ = c.WriteRawFrame(http2.FrameSettings, 0, 0, []byte("hus")) }), state: bad},
		{name: "something is pushed", server: then(func(c *peer2, s uint32) {
			_ = c.WritePushPromise(http2.PushPromiseParam{StreamID: s, PromiseID: 2, BlockFragment: c.block(":method", "GET"), EndHeaders: true})
		}), state: bad},
	}
}

// header2Faults are those of the headers of an answer.
func header2Faults() []fault {
	const bad = account.BadResponse
	heads := func(pairs ...string) server {
		return then(func(c *peer2, s uint32) { c.headers(s, c.block(pairs...)) })
	}
	continued := func(more func(c *peer2, s uint32)) server {
		return then(func(c *peer2, s uint32) {
			_ = c.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: c.block(":status", "200")})
			more(c, s)
		})
	}
	return []fault{
		{name: "the headers cannot be unpacked", server: then(func(c *peer2, s uint32) { c.headers(s, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}) }), state: bad},
		{name: "the headers are cut", server: then(func(c *peer2, s uint32) { c.headers(s, []byte{0x88, 0x40, 0x7f}) }), state: bad},
		{name: "the headers in HTTP/2 are too long", server: then(func(c *peer2, s uint32) {
			for i, part := range parts(c.block(":status", "200", "x-a", strings.Repeat("hush", 1<<17)), 16<<10) {
				write := func() error { return c.WriteContinuation(s, false, part) }
				if i == 0 {
					write = func() error { return c.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: part}) }
				}
				if write() != nil {
					return
				}
			}
			_ = c.WriteContinuation(s, true, nil)
		}), state: bad},
		{name: "few bytes unpack to very many headers", server: then(func(c *peer2, s uint32) {
			first := c.block(":status", "200", "x-a", strings.Repeat("x", 4000))
			c.headers(s, append(first, bytes.Repeat([]byte{0xbe}, 10000)...))
		}), state: bad},
		{name: "the headers are continued for ever", server: continued(func(c *peer2, s uint32) {
			part := c.block("x-a", strings.Repeat("x", 1000))
			c.flood(func() error { return c.WriteContinuation(s, false, part) })
		}), state: bad},
		{name: "the headers are continued by nothing for ever", server: continued(func(c *peer2, s uint32) {
			c.flood(func() error { return c.WriteContinuation(s, false, nil) })
		}), late: true, large: true, state: account.Unreachable, code: "timeout_answer"},
		{name: "the headers are continued by something else", server: continued(func(c *peer2, _ uint32) { _ = c.WritePing(false, [8]byte{}) }), state: bad},
		{name: "the headers are continued that never began", server: then(func(c *peer2, s uint32) { _ = c.WriteContinuation(s, true, c.block(":status", "200")) }), state: bad},
		{name: "the headers are of no stream", server: then(func(c *peer2, _ uint32) { c.headers(0, c.block(":status", "200")) }), state: bad},
		{name: "the headers are of a stream of the server", server: then(func(c *peer2, _ uint32) { c.headers(2, c.block(":status", "200")) }), late: true, state: account.Unreachable, code: "timeout_answer"},
		{name: "the headers have no status", server: heads("x-a", "hush"), state: bad},
		{name: "the headers have two statuses", server: heads(":status", "200", ":status", "201"), state: bad},
		{name: "the status in HTTP/2 is no number", server: heads(":status", "fine"), state: bad},
		{name: "the headers have something of a request", server: heads(":status", "200", ":path", "/"), state: bad},
		{name: "the status stands behind other headers", server: heads("x-a", "hush", ":status", "200"), state: bad},
		{name: "a name has capital letters", server: heads(":status", "200", "X-A", "hush"), state: bad},
		{name: "a value has a line break", server: heads(":status", "200", "x-a", "hu\r\nsh: yes"), state: bad},
		{name: "announcements in HTTP/2 never end", server: frames(func(c *peer2, s uint32) bool {
			return c.flood(func() error {
				return c.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: c.block(":status", "103", "link", "</a>"), EndHeaders: true})
			})
		}), state: bad},
		{name: "the padding is longer than the frame", server: then(func(c *peer2, s uint32) { _ = c.WriteRawFrame(http2.FrameHeaders, 0xc, s, []byte{200, 0x88}) }), state: bad},
	}
}

// body2Faults are those of the body of an answer.
func body2Faults() []fault {
	const bad, unreachable = account.BadResponse, account.Unreachable
	long := make([]byte, 16<<10)
	return []fault{
		{name: "a body comes before the headers", server: then(func(c *peer2, s uint32) { _ = c.WriteData(s, true, []byte("{}")) }), state: bad},
		{name: "a body is of a stream that does not exist", server: then(func(c *peer2, s uint32) { _ = c.WriteData(s+100, true, []byte("{}")) }), state: bad},
		{name: "a body is longer than its length", server: then(func(c *peer2, s uint32) {
			c.head(s, "content-length", "2")
			_ = c.WriteData(s, true, []byte(katapulttest.Good))
		}), state: bad},
		{name: "a body is shorter than its length", server: then(func(c *peer2, s uint32) {
			c.head(s, "content-length", "100000")
			_ = c.WriteData(s, true, []byte(katapulttest.Good))
		}), state: unreachable, code: "reset", attempts: 3},
		{name: "a body goes beyond the window", server: frames(func(c *peer2, s uint32) bool {
			c.head(s)
			return c.flood(func() error { return c.WriteData(s, false, long) })
		}), state: bad, large: true},
		{name: "a body of nothing never ends", server: frames(func(c *peer2, s uint32) bool {
			c.head(s)
			return c.flood(func() error { return c.WriteData(s, false, nil) })
		}), late: true, large: true, state: unreachable, code: "timeout_reading"},
		{name: "a body follows the end of the stream", server: then(func(c *peer2, s uint32) {
			answer(c, s)
			_ = c.WriteData(s, true, []byte("hush"))
		}), state: account.Healthy},
		{name: "the trailer has something of a head", server: then(func(c *peer2, s uint32) {
			begin(c, s)
			_ = c.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: c.block(":status", "200"), EndHeaders: true, EndStream: true})
		}), state: bad},
	}
}

// parts are the parts of some bytes, none of which is longer than so many.
func parts(all []byte, most int) (them [][]byte) {
	for r := bytes.NewReader(all); r.Len() > 0; {
		part := make([]byte, min(most, r.Len()))
		_, _ = io.ReadFull(r, part)
		them = append(them, part)
	}
	return them
}
