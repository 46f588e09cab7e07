package apigateway

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Codes of the gateway [API gateway error handling]. Except with the last three, the request has not reached the service behind it.
const (
	CodeAuthenticationFailed = 200
	CodePermissionDenied     = 210
	CodeForbidden            = 230
	// CodeNotFound means that the gateway does not know the address; it says nothing about any object.
	CodeNotFound        = 300
	CodeQuotaExceeded   = 400
	CodeThrottleLimited = 410
	CodeRateLimited     = 420
	CodeEndpointError   = 500
	CodeEndpointTimeout = 510
	CodeUnexpectedError = 900
)

// Fault is the content of an error body, which the gateway and some services wrap in a member "error", and others do not. Code is 0 if there
// is none.
type Fault struct {
	Code                int
	Text, Name, Message string
}

type faultBody struct {
	ErrorCode lenientjson.String `json:"errorCode"`
	ErrorName lenientjson.String `json:"errorName"`
	Message   lenientjson.String `json:"message"`
	Details   lenientjson.String `json:"details"`
}

// ParseFault parses an error body. It returns the zero Fault for any other body.
func ParseFault(body []byte) Fault {
	var envelope struct {
		Error   json.RawMessage `json:"error"`
		Content json.RawMessage `json:"content"`
	}
	if json.Unmarshal(body, &envelope) != nil {
		return Fault{}
	}
	wrapped := envelope.Error
	if lenientjson.Absent(wrapped) {
		if !lenientjson.Absent(envelope.Content) {
			return Fault{}
		}
		wrapped = body
	}
	var found faultBody
	if json.Unmarshal(wrapped, &found) != nil {
		return Fault{Message: "the answer holds an error that cannot be read"}
	}
	f := Fault{Text: string(found.ErrorCode), Name: string(found.ErrorName), Message: string(found.Message)}
	f.Code, _ = strconv.Atoi(strings.TrimSpace(f.Text))
	if found.Details != "" {
		f.Message = strings.TrimSuffix(f.Message, ".") + ": " + string(found.Details)
	}
	return f
}

// authenticationFailed reports whether an error body has the gateway's code for failed authentication. Global Edge forwards the code in its
// own format.
func authenticationFailed(body []byte) bool {
	var forwarded struct {
		Code lenientjson.String `json:"code"`
	}
	return ParseFault(body).Code == CodeAuthenticationFailed ||
		json.Unmarshal(body, &forwarded) == nil && forwarded.Code == lenientjson.String(strconv.Itoa(CodeAuthenticationFailed))
}
