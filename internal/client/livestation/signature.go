package livestation

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// Signature is the value of x-ncp-apigw-signature-v2: HMAC-SHA256 over method, request URI (path and query exactly as on
// the wire), timestamp (milliseconds since the Unix epoch) and access key, in base64 [common-ncpapi].
func Signature(method, requestURI, timestamp, accessKey, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte(method + " " + requestURI + "\n" + timestamp + "\n" + accessKey))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// signer signs the attempts of one request and remembers by which clock.
type signer struct {
	client *Client
	offset time.Duration
}

// sign is called for every attempt: a timestamp is good for five minutes only.
func (s *signer) sign(req *http.Request) {
	s.offset = time.Duration(s.client.signatureOffset.Load())
	config := s.client.config
	timestamp := strconv.FormatInt(time.Now().Add(s.offset).UnixMilli(), 10)
	req.Header.Set("x-ncp-apigw-timestamp", timestamp)
	req.Header.Set("x-ncp-iam-access-key", config.AccessKey)
	req.Header.Set("x-ncp-apigw-signature-v2", Signature(req.Method, req.URL.RequestURI(), timestamp, config.AccessKey, config.SecretKey))
	req.Header.Set("x-ncp-region_code", config.Region)
}

// clockTolerance is a little less than the five minutes that the gateway allows: the Date header has whole seconds.
const clockTolerance = 4*time.Minute + 30*time.Second

// correctClock tells whether the answer refuses a signature because our clock is off, and if so signs with the gateway's
// time from now on. A refused signature was not seen by the service behind the gateway, so even a write may be repeated.
func (c *Client) correctClock(ctx context.Context, request *transport.Request, response *transport.Response, used time.Duration) bool {
	if response.Status != http.StatusUnauthorized || parseFault(response.Body).code != codeAuthenticationFailed {
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
	// Of many requests that were refused at once, only the first corrects; the others follow.
	if c.signatureOffset.CompareAndSwap(int64(used), int64(offset)) {
		c.http.Warn(ctx, "The clock of this machine is off; requests are now signed with the time of the service.", map[string]any{
			"service": serviceName, "operation": transport.Printable(request.Operation), "offset_seconds": int64(offset.Seconds()),
		})
	}
	return true
}
