package faults_test

import (
	"strings"

	"rollcall/client/account"
)

// moved is a server that sends a request on to another address. SELF stands for its own
// origin.
func moved(to string) server {
	return does(func(p *peer) {
		p.write("HTTP/1.1 302 Found\r\nLocation: " + strings.ReplaceAll(to, "SELF", "http://"+p.address) + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
	})
}

// redirectFaults are answers that send a request elsewhere: the credential goes to no
// other origin.
func redirectFaults() []fault {
	const wrong = account.Misconfigured
	rows := []fault{
		{name: "the request is sent on to where it was", server: moved("SELF/core/v1/users/current")},
		{name: "the request is sent on and on", server: does(func(p *peer) {
			p.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + p.head.URL.Path + "/x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
		})},
		{name: "the request is sent on to another host", server: moved("https://other.example/core/v1/users/current?token=hush")},
		{name: "the request is sent on to another port", server: moved("http://127.0.0.1:1/core/v1")},
		{name: "the request is sent on to another scheme", server: does(func(p *peer) {
			p.write("HTTP/1.1 301 Moved Permanently\r\nLocation: https://" + p.address + "/\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
		})},
		{name: "the request is sent on to a host without a scheme", server: moved("//other.example/core/v1")},
		{name: "the request is sent on to another name of the host", server: does(func(p *peer) {
			p.write("HTTP/1.1 308 Permanent Redirect\r\nLocation: http://localhost" + p.address[strings.LastIndexByte(p.address, ':'):] + "/\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
		})},
		{name: "the request is sent on to a login page", server: moved("https://sso.example/login?next=hush")},
		{name: "the request is sent on to a portal", server: moved("http://wifi.airport.example/welcome")},
		{name: "the request is sent on to a program", server: moved("javascript:alert(1)")},
		{name: "the request is sent on to a file", server: moved("file:///etc/passwd")},
		{name: "the request is sent on to no address", server: moved("http://%zz/")},
		{name: "the request is sent on without an address", server: says("HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")},
		{name: "there are several choices", server: says("HTTP/1.1 300 Multiple Choices\r\nLocation: https://other.example/\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")},
		{name: "a body that never ends comes with the way elsewhere", server: goesOn("HTTP/1.1 302 Found\r\nLocation: https://other.example/\r\n\r\n", strings.Repeat("hush", 1<<12))},
	}
	for i := range rows {
		rows[i].state = wrong
	}
	return rows
}
