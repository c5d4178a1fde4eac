package faults_test

import (
	"bytes"
	"io"
	"strconv"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"rollcall/client/service/katapult/katapulttest"
)

// peer2 is the server's end of a connection of HTTP/2. Its frames break the rules where
// a row wants that.
type peer2 struct {
	*peer
	*http2.Framer
	broken  bool
	encoded bytes.Buffer
	encoder *hpack.Encoder
}

// serveHTTP2 answers requests until the connection ends.
func (p *peer) serveHTTP2(broken bool) {
	if _, err := io.ReadFull(p.in, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	c := &peer2{peer: p, Framer: http2.NewFramer(p.conn, p.in), broken: broken}
	c.AllowIllegalWrites, c.AllowIllegalReads = true, true
	c.encoder = hpack.NewEncoder(&c.encoded)
	if c.misbehaves() && p.opens != nil {
		p.opens(c)
	} else {
		_ = c.WriteSettings()
	}
	for {
		f, err := c.ReadFrame()
		if err != nil {
			return
		}
		silent := c.misbehaves() && p.silent
		switch f := f.(type) {
		case *http2.SettingsFrame:
			if !f.IsAck() && !silent {
				_ = c.WriteSettingsAck()
			}
		case *http2.PingFrame:
			if !f.IsAck() && !silent {
				_ = c.WritePing(true, f.Data)
			}
		case *http2.HeadersFrame:
			if !c.misbehaves() {
				c.answer(f.StreamID, katapulttest.Good)
			} else if p.streams != nil && !p.streams(c, f.StreamID) {
				return
			}
		}
	}
}

// misbehaves reports whether the connection is one of a server that is not mended, or
// that was not when it was made and stays so.
func (c *peer2) misbehaves() bool { return c.broken && (c.lost || !c.mended.Load()) }

// block is a list of headers in the form of HTTP/2.
func (c *peer2) block(pairs ...string) []byte {
	c.encoded.Reset()
	for i := 0; i < len(pairs); i += 2 {
		_ = c.encoder.WriteField(hpack.HeaderField{Name: pairs[i], Value: pairs[i+1]})
	}
	return bytes.Clone(c.encoded.Bytes())
}

// head sends the headers of an answer, of which there is more.
func (c *peer2) head(stream uint32, pairs ...string) {
	c.headers(stream, c.block(append([]string{":status", "200"}, pairs...)...))
}

// headers sends a whole list of headers.
func (c *peer2) headers(stream uint32, block []byte) {
	_ = c.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block, EndHeaders: true})
}

// answer sends a whole answer.
func (c *peer2) answer(stream uint32, body string) {
	c.head(stream, "content-type", "application/json", "content-length", strconv.Itoa(len(body)))
	_ = c.WriteData(stream, true, []byte(body))
}

// flood does something again and again, for as long as the other end takes it.
func (c *peer2) flood(do func() error) bool {
	for do() == nil {
	}
	return false
}

// frames is a server of HTTP/2 that does something with a request. It reports whether
// the connection goes on.
func frames(do func(c *peer2, stream uint32) (goesOn bool)) server {
	return server{over: second, streams: do}
}

// then is one that does something with a request, and goes on with the connection.
func then(do func(c *peer2, stream uint32)) server {
	return frames(func(c *peer2, stream uint32) bool {
		do(c, stream)
		return true
	})
}
