package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// signatureTolerance is how far a request's timestamp may be from the gateway's clock.
const signatureTolerance = 5 * time.Minute

// signatureV2 signs as API reference 1.3 says; requestURI is the path with its query exactly as on the wire.
func signatureV2(method, requestURI, timestamp, accessKey, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte(strings.ToUpper(method) + " " + requestURI + "\n" + timestamp + "\n" + accessKey))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// checkSignature gives the reason to refuse, or "". The client is told the same documented sentence whatever the reason.
func (s *Simulator) checkSignature(c *call) string {
	timestamp := c.header.Get("x-ncp-apigw-timestamp")
	millis, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return "x-ncp-apigw-timestamp is missing or not a number of milliseconds"
	}
	if off := time.Until(time.UnixMilli(millis)) - s.clock.gateway; off.Abs() > signatureTolerance {
		return "the timestamp is " + off.Round(time.Second).String() + " away from the gateway's clock"
	}
	if c.header.Get("x-ncp-iam-access-key") != s.accessKey {
		return "the access key is missing or unknown"
	}
	want := signatureV2(c.method, c.uri, timestamp, s.accessKey, s.secretKey)
	if !hmac.Equal([]byte(want), []byte(c.header.Get("x-ncp-apigw-signature-v2"))) {
		return "the signature does not fit method, URI, timestamp and keys"
	}
	return ""
}
