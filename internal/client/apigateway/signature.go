// Package apigateway is for the API gateway in front of each service of NAVER Cloud: it signs requests (signature v2), follows the
// gateway's clock, and parses the gateway's errors.
package apigateway

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// Signature is the value of x-ncp-apigw-signature-v2: HMAC-SHA256 over method, request URI (path and query exactly as on
// the wire), timestamp (milliseconds since the Unix epoch) and access key, in base64 [common-ncpapi].
func Signature(method, requestURI, timestamp, accessKey, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte(method + " " + requestURI + "\n" + timestamp + "\n" + accessKey))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Signer sends signed requests to one service. It is safe for concurrent use.
type Signer struct {
	accessKey, secretKey string
	http                 *transport.Transport
	// offset is added to our clock when signing, in nanoseconds; see correctClock.
	offset atomic.Int64
}

// NewSigner returns a signer, and hides the keys in errors and logs of the transport.
func NewSigner(accessKey, secretKey string, carrier *transport.Transport) *Signer {
	carrier.Hide(accessKey, secretKey)
	return &Signer{accessKey: accessKey, secretKey: secretKey, http: carrier}
}

// Do sends a request, and again if the gateway refused its signature because our clock is off. Each attempt is signed
// anew, since a timestamp is valid for five minutes only.
func (s *Signer) Do(ctx context.Context, request *transport.Request) (*transport.Response, error) {
	var used time.Duration
	request.Sign = func(req *http.Request) {
		used = time.Duration(s.offset.Load())
		timestamp := strconv.FormatInt(time.Now().Add(used).UnixMilli(), 10)
		req.Header.Set("x-ncp-apigw-timestamp", timestamp)
		req.Header.Set("x-ncp-iam-access-key", s.accessKey)
		req.Header.Set("x-ncp-apigw-signature-v2", Signature(req.Method, req.URL.RequestURI(), timestamp, s.accessKey, s.secretKey))
	}
	response, err := s.http.Do(ctx, request)
	if err == nil && s.correctClock(ctx, request, response, used) {
		return s.http.Do(ctx, request)
	}
	return response, err
}

// clockTolerance is a little less than the five minutes that the gateway allows: the Date header has whole seconds.
const clockTolerance = 4*time.Minute + 30*time.Second

// correctClock reports whether the answer refuses a signature because our clock is off, and if so signs with the gateway's
// time from now on. A refused signature was not seen by the service behind the gateway, so even a write may be repeated.
func (s *Signer) correctClock(ctx context.Context, request *transport.Request, response *transport.Response, used time.Duration) bool {
	if response.Status != http.StatusUnauthorized || !authenticationFailed(response.Body) {
		return false
	}
	date, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return false
	}
	offset := time.Until(date)
	if (offset - used).Abs() < clockTolerance {
		return false
	}
	// Of several requests that were refused together, only the first corrects the clock.
	if s.offset.CompareAndSwap(int64(used), int64(offset)) {
		s.http.Warn(ctx, "The clock of this machine is off; requests are now signed with the time of the service.", map[string]any{
			"service": request.Service, "operation": printable.Text(request.Operation), "offset_seconds": int64(offset.Seconds()),
		})
	}
	return true
}
