package prism

import "strings"

// HideRTMPPath keeps an ingest address and the key in it out of errors and logs, should the service repeat them.
func (c *Client) HideRTMPPath(path string) {
	c.http.HideAddresses(path)
	// A short key is probably a word such as "live", which would be removed from every text.
	if _, key := SplitRTMPPath(path); len(key) >= 6 {
		c.http.HideAddresses(key)
	}
}

// SplitRTMPPath splits an ingest address into the server and the stream key that encoders ask for. The key is "" if there is nothing to
// split; otherwise server, "/" and key joined give the address.
//
// The key begins after the last "/" before the query: a slash in a key's query does not split. Two forms that platforms use need their
// own rules. If the path has one segment and its query a slash, the query belongs to the server (rtmp://host/live2?backup=1/KEY) and is
// searched in the same way. If the path ends in "/", the query is the key (rtmp://host/live/?streamname=x&key=K).
func SplitRTMPPath(path string) (serverURL, streamKey string) {
	address, query, _ := strings.Cut(path, "?")
	host := 0
	if scheme := strings.Index(address, "://"); scheme >= 0 {
		host = scheme + len("://")
	}
	at := host + strings.LastIndex(address[host:], "/")
	switch {
	case at < host:
		return path, "" // There is no path, only a host.
	case at == len(address)-1 && query != "":
		return path[:at], path[at+1:]
	case strings.Count(address[host:], "/") == 1:
		name, _, _ := strings.Cut(query, "?")
		if inQuery := strings.LastIndex(name, "/"); inQuery >= 0 {
			at = len(address) + len("?") + inQuery
		}
	}
	if rest := path[at+1:]; rest != "" && rest != "?" {
		return path[:at], rest
	}
	return path, ""
}
