package livestation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// Codes of the service and of the gateway in front of it [live-station-error-code; API gateway error handling].
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

	codeAuthenticationFailed = 200
	codePermissionDenied     = 210
	codeForbidden            = 230
	codeGatewayNotFound      = 300
	codeQuotaExceeded        = 400
	codeThrottleLimited      = 410
	codeRateLimited          = 420
	codeEndpointError        = 500
	codeEndpointTimeout      = 510
	codeUnexpectedError      = 900

	firstServiceCode = 250000
	lastKnownCode    = 250021
)

// fault is what an error body says, in any of its shapes. code is 0 where there is none.
type fault struct {
	code                int
	text, name, message string
}

type faultBody struct {
	ErrorCode lenientjson.String `json:"errorCode"`
	ErrorName lenientjson.String `json:"errorName"`
	Message   lenientjson.String `json:"message"`
	Details   lenientjson.String `json:"details"`
}

// parseFault reads the service's shape, the gateway's, and the one without a wrapper; all else is no fault.
func parseFault(body []byte) fault {
	var envelope struct {
		Error   json.RawMessage `json:"error"`
		Content json.RawMessage `json:"content"`
	}
	if json.Unmarshal(body, &envelope) != nil {
		return fault{}
	}
	wrapped := envelope.Error
	if lenientjson.Absent(wrapped) {
		if !lenientjson.Absent(envelope.Content) {
			return fault{}
		}
		wrapped = body
	}
	var found faultBody
	if json.Unmarshal(wrapped, &found) != nil {
		return fault{message: "the answer holds an error that cannot be read"}
	}
	f := fault{text: string(found.ErrorCode), name: string(found.ErrorName), message: string(found.Message)}
	f.code, _ = strconv.Atoi(strings.TrimSpace(f.text))
	if found.Details != "" {
		f.message = strings.TrimSuffix(f.message, ".") + ": " + string(found.Details)
	}
	return f
}

func (f fault) present() bool {
	return f.code != codeOK && (f.code != 0 || f.name != "" || f.text != "" && f.text != "0" || f.message != "")
}

// serverFault is a fault that says nothing about whether the work was done.
func (f fault) serverFault() bool {
	switch f.code {
	case codeException, codeConnectionFailed, codeRequestFailed, codeThirdServer, codeInternalServerError,
		codeEndpointError, codeEndpointTimeout, codeUnexpectedError:
		return true
	}
	return false
}

// transient tells whether asking again may help. The code decides; where there is none that is known, the HTTP status does.
func transient(response *transport.Response) bool {
	if f := parseFault(response.Body); f.code >= firstServiceCode && f.code <= lastKnownCode && f.code != codeOK {
		return f.serverFault()
	}
	return transport.TransientStatus(response.Status)
}

// open takes the envelope off an answer, or turns the answer into an error.
func (c *Client) open(request *transport.Request, response *transport.Response) (content, error) {
	f := parseFault(response.Body)
	ok := response.Status >= 200 && response.Status < 300
	if f.present() || !ok {
		return content{}, c.refusal(request, response, f)
	}
	var envelope struct {
		Content json.RawMessage `json:"content"`
		Total   lenientjson.Int `json:"total"`
	}
	err := json.Unmarshal(response.Body, &envelope)
	body := bytes.TrimSpace(envelope.Content)
	if err == nil && f.code == codeOK && lenientjson.Absent(body) {
		body = []byte("{}")
	}
	// Every write is answered with one object; a list would only look like a yes.
	if err != nil || len(body) == 0 || body[0] != '{' && (body[0] != '[' || request.Write) {
		kind := transport.Unreadable
		if request.Write {
			kind = transport.Lost
		}
		return content{}, c.fault(request, response, fault{message: response.Describe()}, kind)
	}
	answer := content{body: body, total: -1}
	if envelope.Total.Valid {
		answer.total = int(envelope.Total.Value)
	}
	return answer, nil
}

// refusal gives an error answer its meaning. Codes decide before the HTTP status does, because the reference gives no
// status for most codes; only what has no code is judged by its status.
func (c *Client) refusal(request *transport.Request, response *transport.Response, f fault) error {
	kind := transport.Refused
	switch f.code {
	case codeNotFound:
		kind = transport.Gone
	case codeNotAvailable, codeCustomMessage:
		kind = transport.Conflict
	case codeUnauthorized, codePolicyCheckFailed, codeAccessDenied, codeOpenAPIUnauthorized,
		codeAuthenticationFailed, codePermissionDenied, codeForbidden:
		kind = transport.Unauthorised
	case codeQuotaExceeded, codeThrottleLimited, codeRateLimited:
		kind = transport.Throttled
	default:
		switch {
		case f.serverFault(), (f.code < firstServiceCode || f.code > lastKnownCode) && response.Status >= 500:
			kind = transport.Failed
		case response.Status == http.StatusTooManyRequests:
			kind = transport.Throttled
		case response.Status == http.StatusUnauthorized, response.Status == http.StatusForbidden:
			kind = transport.Unauthorised
		case response.Status >= 200 && response.Status < 300 && f.code == 0:
			kind = transport.Unreadable
		}
	}
	if request.Write && (kind == transport.Failed || kind == transport.Unreadable) {
		kind = transport.Lost
	}
	if f.message == "" && f.name == "" {
		f.message = response.Describe()
	}
	if f.code == codeGatewayNotFound {
		f.message = strings.TrimSuffix(f.message, ".") + ". The gateway does not know this address; that says nothing about the object, look at `endpoint` and `site`"
	}
	return c.fault(request, response, f, kind)
}

func (c *Client) fault(request *transport.Request, response *transport.Response, f fault, kind transport.Kind) error {
	message := c.http.Clean(f.message)
	if response.NotWaited > 0 {
		message = strings.TrimSuffix(message, ".") + fmt.Sprintf(". The service asked to wait %s, which is longer than retry_max_wait or the operation's timeout allows", response.NotWaited)
	}
	return &transport.Error{
		Service: request.Service, Operation: request.Operation, Status: response.Status,
		Code: c.http.Clean(f.text), Name: c.http.Clean(f.name), Message: message,
		RequestID: c.http.Clean(response.Header.Get("x-ncp-trace-id")), Kind: kind,
	}
}
