package avatar

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
)

func TestAddressesThatAreRefused(t *testing.T) {
	t.Parallel()
	const service, local = "https://api.example.com/core", "http://127.0.0.1:8080/core"
	for _, c := range []struct{ address, endpoint, why string }{
		{"http://pictures.example.com/a.png", service, "neither on https"},
		{"http://pictures.example.com/a.png", "http://pictures.example.com", "neither on https"},
		{"ftp://pictures.example.com/a.png", service, "neither on https"},
		{"file:///etc/passwd", service, "neither on https"},
		{"data:image/png;base64,AAAA", service, "neither on https"},
		{"//pictures.example.com/a.png", service, "neither on https"},
		{"https:///a.png", service, "neither on https"},
		{"", service, "neither on https"},
		{"https://sam:secret@pictures.example.com/", service, "holds a credential"},
		{"http://127.0.0.1:8080/a.png", service, "on this computer"},
		{"https://localhost/a.png", service, "on this computer"},
		{"https://[::1]/a.png", service, "on this computer"},
		{"http://127.0.0.1:8080/a.png", "", "on this computer"},
		{"https://10.0.0.7/a.png", service, "private network"},
		{"https://192.168.1.1/a.png", local, "private network"},
		{"https://169.254.169.254/latest/meta-data", service, "private network"},
		{"https://[fe80::1]/a.png", service, "private network"},
		{"https://[::ffff:10.0.0.1]/a.png", service, "private network"},
		{"https://10.0.0.7:8443/a.png", "https://10.0.0.7/core", "private network"},
		{"https://pictures.example.com/%zz", service, "cannot be read"},
	} {
		a := visitor("")
		a.requests.resolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
			t.Errorf("%s: a name was looked up", c.address)
			return nil, errors.New("no")
		}}
		m, err := a.Get(t.Context(), c.address, c.endpoint)
		if err == nil || m != nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s of %s: %v; want %q", c.address, c.endpoint, err, c.why)
		}
	}
}

// nameServer answers every question for an IPv4 address with one.
func nameServer(t *testing.T, answer netip.Addr) *net.Resolver {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	go func() {
		for buf := make([]byte, 1500); ; {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			// The question ends with a zero, its type and its class.
			end := 12 + bytes.IndexByte(buf[12:n], 0) + 5
			reply := append([]byte{}, buf[:end]...)
			copy(reply[2:], []byte{0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0})
			if buf[end-3] == 1 {
				reply[7] = 1
				reply = append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4)
				reply = append(reply, answer.AsSlice()...)
			}
			_, _ = c.WriteTo(reply, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", c.LocalAddr().String())
	}}
}

func TestPictureOfANameInAPrivateNetwork(t *testing.T) {
	t.Parallel()
	g := newGallery(t, true, send(pngOf(painting(8, 8))))
	_, port, _ := net.SplitHostPort(g.Listener.Addr().String())
	address := "https://pictures.example.com:" + port + "/sam"
	a := visitor("", g)
	a.requests.resolver = nameServer(t, netip.MustParseAddr("127.0.0.1"))
	for endpoint, allowed := range map[string]bool{
		"https://api.example.com/core":                       false,
		"http://127.0.0.1:" + port:                           false,
		"https://pictures.example.com/core":                  false, // another port
		"https://PICTURES.example.com:" + port + "/api/core": true,
	} {
		before := len(g.requests())
		_, err := a.Get(t.Context(), address, endpoint)
		if allowed && err != nil || !allowed && !errors.Is(err, errNotPublic) {
			t.Errorf("a service at %s: %v", endpoint, err)
		}
		if asked := len(g.requests()) > before; asked != allowed {
			t.Errorf("a service at %s: asked is %t", endpoint, asked)
		}
	}
}

func TestIsPublic(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1:248:1893:25c8:1946": true, "::ffff:93.184.216.34": true,
		"127.0.0.1": false, "::1": false, "10.0.0.1": false, "172.16.0.1": false, "192.168.0.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "0.1.2.3": false, "224.0.0.1": false,
		"255.255.255.255": false, "240.0.0.1": false, "198.18.0.1": false, "fe80::1": false, "fe80::1%eth0": false,
		"fd00::1": false, "fec0::1": false, "ff02::1": false, "::": false, "::ffff:127.0.0.1": false, "::127.0.0.1": false,
		"64:ff9b::a00:1": false, "2002:a00:1::": false, "2001:0:1::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s: %t", ip, got)
		}
	}
}
