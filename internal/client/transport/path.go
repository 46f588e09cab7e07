package transport

import (
	"fmt"
	"net/url"
	"strings"
)

// Path makes a path of untrusted names, each of them one segment. A name that cannot be a segment is an error: an empty one
// would disappear, and "." and ".." are resolved even if they are escaped (RFC 3986, 6.2.2.2), so the request would be about
// something else.
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
