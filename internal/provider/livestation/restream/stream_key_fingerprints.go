package restream

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// fingerprints let a write-only key be recognised later without keeping it: a salted hash of the key that the service has, per platform id,
// in private state.
type fingerprints map[string]fingerprint

type fingerprint struct {
	Salt string `json:"salt"`
	Sum  string `json:"sum"`
}

// fingerprintsKey is their key in private state.
const fingerprintsKey = "stream_key_fingerprints"

func parseFingerprints(data []byte) fingerprints {
	prints := fingerprints{}
	if json.Unmarshal(data, &prints) != nil || prints == nil {
		return fingerprints{} // none, or none that can be read: nothing is recognised
	}
	return prints
}

func readFingerprints(ctx context.Context, private service.PrivateReader) (fingerprints, diag.Diagnostics) {
	data, diags := private.GetKey(ctx, fingerprintsKey)
	return parseFingerprints(data), diags
}

func (p fingerprints) add(platformID, key string) {
	salt := rand.Text()
	p[platformID] = fingerprint{Salt: salt, Sum: sum(salt, key)}
}

func (p fingerprints) matches(platformID, key string) bool {
	kept, ok := p[platformID]
	return ok && hmac.Equal([]byte(kept.Sum), []byte(sum(kept.Salt, key)))
}

func (p fingerprints) differs(platformID, key string) bool {
	_, ok := p[platformID]
	return ok && !p.matches(platformID, key)
}

func sum(salt, key string) string {
	mac := hmac.New(sha256.New, []byte(salt))
	mac.Write([]byte(key))
	return hex.EncodeToString(mac.Sum(nil))
}
