package transport

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/client/redact"
)

func TestHeaderLine(t *testing.T) {
	r := redact.New("", "hush-hush")
	for _, tt := range []struct{ name, value, want string }{
		{"Server", "otter", "Server: otter"},
		{"Server", "hush\u200b-hush\x07", "Server: [redacted]"},
		{"X-Hush-Hush-Request-Id", "r1", "X-[redacted]-Request-Id: r1"},
		{"Location", "https://a.example/hush%2Dhush?code=1", "Location: https://a.example/[redacted]…"},
	} {
		if got := headerLine(tt.name, tt.value, r); got != tt.want {
			t.Errorf("%q: %q is shown as %q, want %q", tt.name, tt.value, got, tt.want)
		}
	}
}

// TestBodyShowsNoPartOfASecret puts secrets at every place around the end of
// what is shown.
func TestBodyShowsNoPartOfASecret(t *testing.T) {
	secret := "0123456789abcdefghijklmnopqrstuvwxyz"
	r := redact.New("", secret)
	for before := shownBody - 2*len(secret); before < shownBody+10; before += 5 {
		for _, body := range []string{
			strings.Repeat("-", before) + secret + strings.Repeat("-", 9000),
			strings.Repeat(secret, 100) + strings.Repeat("-", before%200) + secret + strings.Repeat(secret, 200),
			strings.Repeat("-", before) + `"password":"` + secret[:20] + `"` + strings.Repeat("-", 9000),
		} {
			lines, clipped := bodyLines([]byte(body), r)
			text := strings.Join(lines, "\n")
			if !clipped || len(text) > shownBody+utf8.UTFMax {
				t.Fatalf("%d bytes, clipped %v", len(text), clipped)
			}
			if strings.Contains(text, "01234") {
				t.Fatalf("after %d bytes the secret shows: %s", before, text[len(text)-80:])
			}
		}
	}
}

// TestBeginningShowsNoPartOfASecret has a secret stand across the place where a large body
// is cut, behind and before what is trimmed off.
func TestBeginningShowsNoPartOfASecret(t *testing.T) {
	secret := "0123456789abcdefghijklmnopqrstuvwxyz"
	r := redact.New("", secret)
	end := strings.Repeat(" ", smallBody) + "-"
	for name, lead := range map[string]string{
		"nothing": "", "spaces": strings.Repeat(" ", shownBody+1), "marks": strings.Repeat("\ufeff \ufeff\n", 700),
	} {
		for before := 2*shownBody - len(secret) - 1; before <= 2*shownBody+1; before++ {
			// The marks of many others let the end of what is searched be shown.
			many := strings.Repeat(secret, before/len(secret))
			start := many + strings.Repeat("-", before-len(many))
			lines, clipped := bodyLines(Beginning([]byte(lead+start+secret+end)), r)
			text := strings.Join(lines, "\n")
			if !clipped || strings.Contains(text, "01234") {
				t.Fatalf("%s and %d bytes before it: clipped %v, it ends with %s", name, before, clipped, text[max(0, len(text)-80):])
			}
		}
	}
	if lines, clipped := bodyLines(Beginning([]byte("[1]"+end[:smallBody])), r); clipped || strings.Join(lines, "") != "[  1]" {
		t.Errorf("a short body with much behind it is %q, clipped %v", lines, clipped)
	}
	if lines, clipped := bodyLines(Beginning([]byte("[1]"+end)), r); !clipped {
		t.Errorf("a body with something far behind is %q", lines)
	}
}

func TestBodyLines(t *testing.T) {
	r := redact.New("", "hush-hush")
	tests := []struct{ body, want string }{
		{"", ""},
		{"one\r\ntwo\n\x07three", "one|two|\ufffdthree"},
		{`[1]`, "[|  1|]"},
		{`{"password": "a", "name": "b"}`, `{|  "password": "[redacted]",|  "name": "b"|}`},
		{`{"secret":"cut off`, `{"secret":"[redacted]"`},
		{`{"Secrets":["a","b"],"x":"y"}`, `{|  "Secrets": [|    "[redacted]"|  ],|  "x": "y"|}`},
		{`<a href="/in?next=1&access_token=abc">hush-hush</a>`, `<a href="/in?next=1&access_token=[redacted]">[redacted]</a>`},
		{`{"error":{"code":"invalid_api_token"}}`, `{|  "error": {|    "code": "invalid_api_token"|  }|}`},
	}
	for _, tt := range tests {
		lines, clipped := bodyLines([]byte(tt.body), r)
		if got := strings.Join(lines, "|"); got != tt.want || clipped {
			t.Errorf("%q is shown as %q (clipped %v), want %q", tt.body, got, clipped, tt.want)
		}
	}
}

// FuzzSecretKeys compares the quick look at a text with what the expressions find.
func FuzzSecretKeys(f *testing.F) {
	for _, s := range []string{
		`{"Access-Token" : "x"}`, `api_keys":["a"]`, "?signatures=1", `"credentialss":""`, "pa\u017fswd=1", "to\u212aen\":\"x", `"token_id":"x"`, "=",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		found := secretKey().MatchString(s) || secretList().MatchString(s) || secretParameter().MatchString(s)
		if found && !hasSecretKey(s) {
			t.Errorf("%q has a secret key", s)
		}
	})
}

// BenchmarkExchange is what an ordinary answer costs beside the check itself.
func BenchmarkExchange(b *testing.B) {
	user := `{"login":"otter","id":1,"node_id":"MDQ6VXNlcjE=","avatar_url":"https://a.example/u/1?v=4","html_url":"https://a.example/otter",` +
		`"followers_url":"https://api.a.example/users/otter/followers","type":"User","name":"Sam Roe","company":"Otter & Sons","created_at":"2008-01-14T04:33:35+00:00"}`
	body := []byte(`{"users":[` + strings.TrimSuffix(strings.Repeat(user+",", 20), ",") + `]}`)
	req, err := http.NewRequest(http.MethodGet, "https://api.a.example/user", nil)
	if err != nil {
		b.Fatal(err)
	}
	header := http.Header{"Content-Type": {"application/json"}, "Date": {"Mon, 02 Jan 2006 15:04:05 GMT"}, "X-Ratelimit-Remaining": {"4999"}, "X-Request-Id": {"a:b:c"}}
	r := redact.New("", "ghp_0123456789abcdefghijklmnopqrstuvwxyz")
	b.ReportAllocs()
	for b.Loop() {
		NewExchange(req, header, body, r)
	}
}
