package faults_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"

	"rollcall/client/account"
	"rollcall/client/service/katapult/katapulttest"
)

// packed is a body in gzip.
func packed(body string) string {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	_, _ = io.WriteString(w, body)
	_ = w.Close()
	return b.String()
}

// deflated is one in deflate.
func deflated(body string) string {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestSpeed)
	_, _ = io.WriteString(w, body)
	_ = w.Close()
	return b.String()
}

// bodyFaults are bodies that are packed in a way that does not fit.
func bodyFaults() []fault {
	const bad, zipped = account.BadResponse, ok + "Content-Encoding: gzip\r\n"
	good, in := katapulttest.Good, packed(katapulttest.Good)
	bomb := packed(strings.Repeat(" ", 64<<20))
	return []fault{
		{name: "gzip is cut", server: says(zipped + sized(in[:len(in)-9])), state: bad},
		{name: "gzip is cut with the connection", server: says(zipped + sized(in)[:60]), state: account.Unreachable, code: "reset", attempts: 3},
		{name: "gzip has a wrong sum", server: says(zipped + sized(in[:len(in)-8]+"hushhush")), state: bad},
		{name: "gzip is none", server: says(zipped + sized("not gzip at ")), state: bad},
		{name: "gzip is not said", server: says(ok + sized(in)), state: bad},
		{name: "gzip unpacks to very much", server: says(zipped + sized(bomb)), state: bad, large: true},
		{name: "gzip unpacks to gzip that unpacks to very much", server: says(ok + "Content-Encoding: gzip, gzip\r\n" + sized(packed(bomb))), state: bad, large: true},
		{name: "gzip is packed very often", server: says(ok + "Content-Encoding: " + strings.Repeat("gzip,", 1000) + "gzip\r\n" + sized(in)), state: bad, large: true},
		{name: "gzip of nothing never ends", server: goesOn(zipped+"\r\n", packed("")), state: bad, large: true},
		{name: "the body was unpacked on the way", server: says(ok + "Content-Encoding: br\r\n" + sized(good)), state: account.Healthy},
		{name: "the body is packed in a way that was not asked for", server: says(ok + "Content-Encoding: br\r\n" + sized("\x0b\x02\x80\x03")), state: bad},
		{name: "the body is packed by deflate", server: says(ok + "Content-Encoding: deflate\r\n" + sized(deflated(good))), state: bad},
		{name: "the body is packed in a way that nobody knows", server: says(ok + "Content-Encoding: hu\x09sh\r\n" + sized("\x00\x01")), state: bad},
	}
}

// wide is a text in UTF-16.
func wide(body string, order binary.AppendByteOrder) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(body)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

// answers is a server that answers with a body.
func answers(body string) server { return says(ok + sized(body)) }

// contentFaults are answers that arrive, and are not what was promised.
func contentFaults() []fault {
	const bad, healthy = account.BadResponse, account.Healthy
	good := katapulttest.Good
	user := func(fields string) server { return answers(`{"user":{` + fields + `},"organizations":[]}`) }
	kind := func(kind, body string) server {
		return says("HTTP/1.1 200 OK\r\nContent-Type: " + kind + "\r\n" + sized(body))
	}
	page := func(status, title string) server {
		return says("HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\n" + sized("<!DOCTYPE html><html><head><title>"+title+"</title></head></html>"))
	}
	return []fault{
		{name: "the answer is empty", server: answers(""), state: bad},
		{name: "the answer is of spaces", server: answers(strings.Repeat(" \n", 1000)), state: bad},
		{name: "the answer is null", server: answers("null"), state: bad},
		{name: "the answer is a list", server: answers("[" + good + "]"), state: bad},
		{name: "the answer is a text", server: answers(`"welcome"`), state: bad},
		{name: "the answer is a number", server: answers("17"), state: bad},
		{name: "the answer is no JSON", server: kind("text/plain", "OK"), state: bad},
		{name: "the answer is XML", server: kind("application/xml", `<?xml version="1.0"?><user id="1"/>`), state: bad},
		{name: "the answer is a form", server: kind("application/x-www-form-urlencoded", "id=1&name=hush"), state: bad},
		{name: "the answer is a picture", server: kind("image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), state: bad},
		{name: "the answer is JavaScript", server: answers("callback(" + good + ")"), state: bad},
		{name: "the answer has a guard before it", server: answers(")]}',\n" + good), state: bad},
		{name: "the answer has a comment", server: answers("/* hush */ " + good), state: bad},
		{name: "the answer is cut", server: answers(good[:60]), state: bad},
		{name: "two answers come in one", server: answers(good + "\n" + good), state: bad},
		{name: "bytes follow the answer", server: answers(good + "hush"), state: bad},
		{name: "zero bytes follow the answer", server: answers(good + "\x00\x00\x00"), state: bad},
		{name: "the answer has a mark of its byte order", server: answers("\ufeff" + good), state: healthy},
		{name: "the answer is in UTF-16 and says so", server: kind("application/json; charset=utf-16", wide("\ufeff"+good, binary.LittleEndian)), state: healthy},
		{name: "the answer is in UTF-16 and does not say so", server: answers(wide("\ufeff"+good, binary.LittleEndian)), state: bad},
		{name: "the answer is in the other UTF-16", server: answers(wide(good, binary.BigEndian)), state: bad},
		{name: "the answer is in Latin letters and says so", server: kind("application/json; charset=iso-8859-1", `{"user":{"id":"u1","first_name":"Zo`+"\xeb"+`"}}`), state: healthy},
		{name: "the answer has bytes that are no text", server: user("\"id\":\"u1\",\"first_name\":\"Zo\xff\xfe\""), state: healthy},
		{name: "the answer has zero bytes in a text", server: user("\"id\":\"u1\",\"first_name\":\"Z\x00e\""), state: bad},
		{name: "the answer has half a character", server: user(`"id":"u1","first_name":"\ud800"`), state: healthy},
		{name: "the answer is nested very deep", server: answers(strings.Repeat(`{"user":`, 200000) + strings.Repeat("}", 200000)), state: bad, large: true},
		{name: "the answer opens lists for ever", server: goesOn(ok+"\r\n", strings.Repeat("[", 1<<12)), state: bad, large: true},
		{name: "the answer has a number beyond all bounds", server: user(`"id":1e99999`), state: bad},
		{name: "the answer has a number of very many digits", server: user(`"id":` + strings.Repeat("9", 1<<20)), state: bad, large: true},
		{name: "the answer names a user twice", server: user(`"id":"u1","id":"u2"`), state: healthy},
		{name: "the answer has a key very often", server: answers(`{"user":{"id":"u1"}` + strings.Repeat(`,"organizations":[]`, 100000) + "}"), state: healthy, large: true},
		{name: "the answer names no user", server: answers(`{"user":null,"organizations":[]}`), state: bad},
		{name: "the answer has a user without an id", server: user(`"first_name":"Mira"`), state: bad},
		{name: "the answer has an empty id", server: user(`"id":""`), state: bad},
		{name: "the answer has an object as an id", server: user(`"id":{}`), state: bad},
		{name: "the answer has a very long id", server: user(`"id":"` + strings.Repeat("x", 1<<20) + `"`), state: bad, large: true},
		{name: "the answer has an object where a list was promised", server: answers(`{"user":{"id":"u1"},"organizations":{}}`), state: bad},
		{name: "the answer is an error with a good status", server: answers(`{"error":"nope"}`), state: bad, code: "nope"},
		{name: "a login page comes with a good status", server: page("200 OK", "Campus Guest Wi-Fi"), state: bad},
		{name: "a web page says that there is nothing", server: page("404 Not Found", "Not found"), state: account.NotFound},
		{name: "a web page says that it is forbidden", server: page("403 Forbidden", "Attention Required"), state: account.Forbidden},
		{name: "a web page says that something failed", server: page("500 Internal Server Error", "Oops"), state: account.ServerError},
		{name: "a web page says that the way is broken", server: page("502 Bad Gateway", "Bad gateway"), state: account.Unavailable, attempts: 3},
		{name: "a web page says that the service is not there now", server: page("503 Service Unavailable", "Back soon"), state: account.Unavailable, attempts: 3},
		{name: "a web page wants people to sign in", server: page("511 Network Authentication Required", "Sign in"), state: account.NetworkDenied},
	}
}
