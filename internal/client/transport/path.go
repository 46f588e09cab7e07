package transport

import (
	"fmt"
	"net/url"
	"strings"
)

// Path makes a path of names that come from anywhere, each of them one segment. A name that cannot be one is an error: what
// is empty disappears, and "." and ".." are taken for folders even where they are escaped (RFC 3986, 6.2.2.2), so that the
// request would be about something else.
func Path(names ...string) (string, error) {
	var path strings.Builder
	for _, name := range names {
		if name == "" || name == "." || name == ".." {
			return "", fmt.Errorf("%q is no id: in an address it would stand for something else", name)
		}
		path.WriteString("/" + url.PathEscape(name))
	}
	return path.String(), nil
}
