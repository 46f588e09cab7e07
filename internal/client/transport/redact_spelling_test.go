package transport

import "testing"

func TestSecretIsHiddenHoweverItsCharactersAreEscaped(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	transport.Hide("rt-a+b/c=&\"d'<e>\\", "two words", "100%25 done")
	for _, spelling := range []string{
		"rt-a+b/c=&\"d'<e>\\",
		"rt-a%2Bb%2Fc%3D%26%22d%27%3Ce%3E%5C", "rt-a%2bb%2fc%3d%26%22d%27%3ce%3e%5c", // capital and small digits
		"rt-a+b/c=%26\"d'%3Ce%3E%5C",                  // only some of it
		`rt-a+b/c=&\"d'<e>\\`, `rt-a+b\/c=&\"d'<e>\\`, // JSON
		`rt-a+b/c=\u0026\"d\u0027\u003ce\u003E\u005c`,    // JSON that may stand in HTML
		`rt-a+b/c=&amp;&quot;d&apos;&lt;e&gt;\`,          // HTML
		`rt-a&#43;b&#x2F;c&#x3d;&amp;&#34;d&#39;&lt;e>\`, // by number
		"two+words", "two%20words", "two&#32;words",
		"100%25 done", "100%2525+done",
	} {
		if got := transport.Clean("token " + spelling + ", or " + spelling + " & 5% more"); got != "token (secret), or (secret) & 5% more" {
			t.Errorf("%s became %q", spelling, got)
		}
	}
}

func TestTextWithoutSecretsKeepsItsEscapes(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	transport.Hide("topsecret")
	for _, text := range []string{
		`%`, `100% + 5 & more`, `%zz %2`, `\`, `C:\dir\u00`, `\ud800 \u12g4`, `&`, `&;`, `&amp`, `&amp; &#; &#x; &#x110000; &unknown; &#1234567;`, `a%2Fb \/ &lt;`,
	} {
		if got := transport.Mask(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
