package livestation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apigateway"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// Codes of the service [live-station-error-code]; those of the gateway in front of it are apigateway's.
const (
	codeException           = 250000
	codeCustomMessage       = 250001
	codeNotFound            = 250004
	codeNotAvailable        = 250005
	codeUnauthorized        = 250006
	codeConnectionFailed    = 250007
	codeRequestFailed       = 250008
	codeThirdServer         = 250009
	codePolicyCheckFailed   = 250010
	codeOK                  = 250013
	codeAccessDenied        = 250015
	codeInternalServerError = 250016
	codeOpenAPIUnauthorized = 250017

	firstServiceCode = 250000
	lastKnownCode    = 250021
)

// present reports whether a body holds a fault: some answers have the code for OK.
func present(f apigateway.Fault) bool {
	return f.Code != codeOK && (f.Code != 0 || f.Name != "" || f.Text != "" && f.Text != "0" || f.Message != "")
}

// serverFault reports whether a fault leaves open whether the call was carried out.
func serverFault(f apigateway.Fault) bool {
	switch f.Code {
	case codeException, codeConnectionFailed, codeRequestFailed, codeThirdServer, codeInternalServerError,
		apigateway.CodeEndpointError, apigateway.CodeEndpointTimeout, apigateway.CodeUnexpectedError:
		return true
	}
	return false
}

// transient reports whether a retry may help. The code decides, or the HTTP status if the code is not known.
func transient(response *transport.Response) bool {
	if f := apigateway.ParseFault(response.Body); f.Code >= firstServiceCode && f.Code <= lastKnownCode && f.Code != codeOK {
		return serverFault(f)
	}
	return transport.TransientStatus(response.Status)
}

// open removes the envelope from an answer, or turns the answer into an error.
func (c *Client) open(request *transport.Request, response *transport.Response) (content, error) {
	f := apigateway.ParseFault(response.Body)
	ok := response.Status >= 200 && response.Status < 300
	if present(f) || !ok {
		return content{}, c.refusal(request, response, f)
	}
	var envelope struct {
		Content json.RawMessage `json:"content"`
		Total   lenientjson.Int `json:"total"`
	}
	err := json.Unmarshal(response.Body, &envelope)
	body := bytes.TrimSpace(envelope.Content)
	if err == nil && f.Code == codeOK && lenientjson.Absent(body) {
		body = []byte("{}")
	}
	// Every write is answered with one object. A list is not a success.
	if err != nil || len(body) == 0 || body[0] != '{' && (body[0] != '[' || request.Write) {
		kind := apierror.Unreadable
		if request.Write {
			kind = apierror.Lost
		}
		return content{}, c.fault(request, response, apigateway.Fault{Message: response.Describe()}, kind)
	}
	answer := content{body: body, total: -1, envelope: response.Body}
	if envelope.Total.Valid {
		answer.total = int(envelope.Total.Value)
	}
	return answer, nil
}

// blank reports whether a successful answer has no content.
func blank(response *transport.Response) bool {
	if response.Status < 200 || response.Status > 299 {
		return false
	}
	if len(bytes.TrimSpace(response.Body)) == 0 {
		return true
	}
	var envelope struct {
		Content json.RawMessage `json:"content"`
	}
	return !present(apigateway.ParseFault(response.Body)) && lenientjson.Object(response.Body) &&
		json.Unmarshal(response.Body, &envelope) == nil && lenientjson.Absent(envelope.Content)
}

// refusal classifies an error answer. The code decides, since the reference gives no HTTP status for most codes; the status decides only
// without a code.
func (c *Client) refusal(request *transport.Request, response *transport.Response, f apigateway.Fault) error {
	kind := apierror.Refused
	switch f.Code {
	case codeNotFound:
		kind = apierror.Gone
	case codeNotAvailable, codeCustomMessage:
		kind = apierror.Conflict
	case codeUnauthorized, codePolicyCheckFailed, codeAccessDenied, codeOpenAPIUnauthorized,
		apigateway.CodeAuthenticationFailed, apigateway.CodePermissionDenied, apigateway.CodeForbidden:
		kind = apierror.Unauthorised
	case apigateway.CodeQuotaExceeded, apigateway.CodeThrottleLimited, apigateway.CodeRateLimited:
		kind = apierror.Throttled
	default:
		switch {
		case serverFault(f), (f.Code < firstServiceCode || f.Code > lastKnownCode) && response.Status >= 500:
			kind = apierror.Failed
		case response.Status == http.StatusTooManyRequests:
			kind = apierror.Throttled
		case response.Status == http.StatusUnauthorized, response.Status == http.StatusForbidden:
			kind = apierror.Unauthorised
		case response.Status >= 200 && response.Status < 300 && f.Code == 0:
			kind = apierror.Unreadable
		}
	}
	if request.Write && (kind == apierror.Failed || kind == apierror.Unreadable) {
		kind = apierror.Lost
	}
	if f.Message == "" && f.Name == "" {
		f.Message = response.Describe()
	}
	if f.Code == apigateway.CodeNotFound {
		f.Message = strings.TrimSuffix(f.Message, ".") + ". The gateway does not know this address; that says nothing about the object, look at `endpoint` and `site`"
	}
	return c.fault(request, response, f, kind)
}

func (c *Client) fault(request *transport.Request, response *transport.Response, f apigateway.Fault, kind apierror.Kind) error {
	message := c.http.Clean(f.Message)
	if response.NotWaited > 0 {
		message = strings.TrimSuffix(message, ".") + fmt.Sprintf(". The service asked to wait %s, which is longer than retry_max_wait or the operation's timeout allows", response.NotWaited)
	}
	return &apierror.Error{
		Service: request.Service, Operation: request.Operation, Status: response.Status,
		Code: c.http.Clean(f.Text), Name: c.http.Clean(f.Name), Message: message,
		RequestID: c.http.Clean(response.Header.Get("x-ncp-trace-id")), Kind: kind,
	}
}
