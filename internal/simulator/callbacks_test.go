package simulator

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
)

func TestLoopbackEndpointsAreReallyCalled(t *testing.T) {
	t.Parallel()
	w := start(t)
	got := make(chan string, 1)
	endpoint := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- r.Method + " " + r.RequestURI + " " + string(body)
	}))
	t.Cleanup(endpoint.Close)
	path := w.newChannel()
	w.ls("POST", path+"/callbackEndpoint", `{"callbackEndpoint":"`+endpoint.URL+`/hook?secret=1"}`)
	_ = w.StartEncoder(id(path))
	want := `^POST /hook\?secret=1 \{"channelId":"` + id(path) + `","event":"PUBLISH_START","id":\d+,"logLevel":"INFO","timestamp":\d+\}$`
	if call := <-got; !regexp.MustCompile(want).MatchString(call) {
		t.Errorf("called: %s", call)
	}
}
