package transport

import (
	"math"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// oddTexts are what a hostile service would send in any place.
var oddTexts = []string{
	"", ".", "..", "...", "a/b", "../../user", `..\..\user`, "50%2F", "%2e%2e", "a?x=1", "a#b", "a b", "a+b", "a;b", "a:b", "a@b", "a\r\nX-Evil: 1", "a\x00b", "한", "\xff\xfe",
	"\x1b[31mred", "\x1b]8;;https://evil.example\aclick\x1b]8;;\a", "\u202egnp.exe", "zero\u200bwidth", "\u2028", strings.Repeat("x", 3000),
}

func FuzzPathKeepsEveryNameOneSegment(f *testing.F) {
	for i, text := range oddTexts {
		f.Add(text, oddTexts[len(oddTexts)-1-i])
	}
	f.Fuzz(func(t *testing.T, one, other string) {
		names := []string{"live", one, other}
		got, err := Path(names...)
		if bad := func(name string) bool { return name == "" || name == "." || name == ".." }; bad(one) || bad(other) {
			if err == nil {
				t.Errorf("%q became %q", names, got)
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", names, err)
		}
		parsed, err := url.Parse("https://service.example/prefix" + got)
		if err != nil {
			t.Fatalf("%q became %q: %v", names, got, err)
		}
		if parsed.RawQuery != "" || parsed.ForceQuery || parsed.Fragment != "" || parsed.Host != "service.example" || parsed.RequestURI() != "/prefix"+got {
			t.Errorf("%q became %q, which is more than a path: %+v", names, got, parsed)
		}
		if clean := path.Clean(got); clean != got {
			t.Errorf("%q became %q, which a server takes for %q", names, got, clean)
		}
		if resolved := parsed.ResolveReference(&url.URL{Path: ""}); resolved.EscapedPath() != parsed.EscapedPath() {
			t.Errorf("%q resolves to %q", got, resolved.EscapedPath())
		}
		segments := strings.Split(strings.TrimPrefix(got, "/"), "/")
		if len(segments) != len(names) {
			t.Fatalf("%q became the segments %q", names, segments)
		}
		for i, segment := range segments {
			if back, err := url.PathUnescape(segment); err != nil || back != names[i] {
				t.Errorf("%q became %q, and that %q: %v", names[i], segment, back, err)
			}
		}
	})
}

func FuzzRetryAfterIsNeverWaitedForTooLong(f *testing.F) {
	for _, value := range []string{"", "0", "1", " 7 ", "-5", "1.5", "soon", "99999999999999999999", "18446744073", "Wed, 21 Oct 2093 07:28:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"} {
		for _, date := range []string{"", "Wed, 21 Oct 2093 07:27:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "x"} {
			f.Add(value, date, int64(30*time.Second), 1, 429)
			f.Add(value, date, int64(math.MaxInt64), 9, 503)
		}
	}
	f.Fuzz(func(t *testing.T, value, date string, longest int64, attempt, status int) {
		config := Config{RetryMaxWait: time.Duration(max(longest, 1))}
		transport := New(config)
		header := http.Header{"Retry-After": {value}, "Date": {date}}
		asked, ok := retryAfter(header, time.Now())
		if asked < 0 && ok {
			t.Errorf("%q at %q is a wait of %s", value, date, asked)
		}
		c := &call{transport: transport, request: &Request{}, response: &Response{Status: status, Header: header}}
		again, err := c.checkRetry(t.Context(), nil, nil)
		if err != nil || again && !TransientStatus(status) {
			t.Errorf("HTTP %d is tried again: %v", status, err)
		}
		if ok && asked > config.RetryMaxWait && (again || TransientStatus(status) && c.response.NotWaited <= config.RetryMaxWait) {
			t.Errorf("%q at %q: waits %s, which is longer than %s, and says %s", value, date, asked, config.RetryMaxWait, c.response.NotWaited)
		}
		if !again {
			return
		}
		wait := transport.backoff(0, 0, max(attempt, -attempt)&1023, &http.Response{StatusCode: status, Header: header})
		if wait < 0 || wait > config.RetryMaxWait || ok && wait < asked {
			t.Errorf("%q at %q: waits %s of %s, asked for %s", value, date, wait, config.RetryMaxWait, asked)
		}
		if status != http.StatusTooManyRequests {
			return
		}
		if until := transport.limit.until; time.Until(until) > config.RetryMaxWait {
			t.Errorf("all calls are held back until %s", until)
		}
	})
}

func FuzzClockOfTheServiceIsReadOrLeft(f *testing.F) {
	for _, date := range []string{"", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "yesterday", "\x1b[31m", "1767225600"} {
		f.Add(date)
	}
	f.Fuzz(func(t *testing.T, date string) {
		transport := over(Config{}, func(*http.Request) (*http.Response, error) {
			return answer(200, http.Header{"Date": {date}}), nil
		})
		if _, err := transport.Do(t.Context(), get()); err != nil {
			t.Fatal(err)
		}
		said, err := http.ParseTime(date)
		wanted := time.Now()
		if err == nil {
			wanted = said
			if time.Until(said).Abs() > 250*365*24*time.Hour {
				wanted = time.Now().Add(time.Until(said)) // as far as a Duration goes
			}
		}
		if got := transport.ServerTime(); got.Sub(wanted).Abs() > time.Minute {
			t.Errorf("%q is %s", date, got)
		}
	})
}

func FuzzCleanHidesSecretsAndDisarms(f *testing.F) {
	for _, text := range oddTexts {
		f.Add("top/secret+key= 1", "before top/secret+key= 1 "+text+" top%2Fsecret%2Bkey%3D+1 after")
		f.Add(text, "x"+text+"y")
	}
	f.Fuzz(func(t *testing.T, secret, text string) {
		transport := New(Config{})
		transport.Hide(secret)
		got := transport.Clean(text)
		mustBeShowable(t, got, printable.MaxText)
		// What the mask itself or a blank brings in is no secret.
		if len(secret) < 4 || !utf8.ValidString(secret) || strings.ContainsAny(secret, "(secret)") {
			return
		}
		for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
			if strings.Contains(got, form) {
				t.Errorf("%q shows %q", got, form)
			}
		}
		if whole := len([]rune(text)) < printable.MaxText/8; whole && text == printable.Text(text) && !strings.Contains(text, secret) &&
			!strings.Contains(text, url.QueryEscape(secret)) && !strings.Contains(text, url.PathEscape(secret)) && got != text {
			t.Errorf("%q holds no %q and became %q", text, secret, got)
		}
	})
}

func mustBeShowable(t *testing.T, text string, most int) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%q is not UTF-8", text)
	}
	if length := utf8.RuneCountInString(text); length > most+1 {
		t.Errorf("%d characters are shown, and %d may be", length, most)
	}
	if strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
	}) {
		t.Errorf("%q holds what a terminal would obey", text)
	}
}
