package prism

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// answer is a successful answer whose envelope has been decoded.
type answer struct {
	// root is the whole body; nil if there was none, or it was not JSON.
	root lenientjson.Part
	// data is the envelope's payload; nil if it is absent or null.
	data lenientjson.Part
	// enveloped reports whether the body has an envelope; some services send none.
	enveloped bool
	// approved reports whether the envelope explicitly reports success.
	approved bool
	request  *transport.Request
	response *transport.Response
}

// envelope holds the members, beside data, that the sample answers of all endpoint pages share.
type envelope struct {
	Success   *lenientjson.Bool   `json:"success"`
	ErrorCode *lenientjson.String `json:"errorCode"`
	ErrorName lenientjson.String  `json:"errorName"`
	Message   lenientjson.String  `json:"message"`

	// Error is the gateway's object, or the text of an OAuth 2.0 error.
	Error            json.RawMessage    `json:"error"`
	ErrorDescription lenientjson.String `json:"error_description"`
}

type gatewayError struct {
	ErrorCode lenientjson.String `json:"errorCode"`
	Message   lenientjson.String `json:"message"`
}

// failed reports whether the envelope reports a failure, whatever the HTTP status is.
func (e *envelope) failed() bool {
	if e.Success != nil && e.Success.Valid {
		return !e.Success.Value
	}
	return e.ErrorCode != nil && *e.ErrorCode != "" && *e.ErrorCode != "0" || !lenientjson.Absent(e.Error) && !slices.Contains(noError, string(e.Error))
}

// noError are the values with which services report in "error" that there is none, besides null and an object without members.
var noError = []string{`""`, "false", "0", "[]"}

// open decodes the envelope of a 2xx answer, and turns any other answer into an error. A body that cannot be read is not an error here,
// because some calls need none.
func (c *Client) open(request *transport.Request, response *transport.Response) (*answer, error) {
	var read struct {
		envelope
		Data lenientjson.Part `json:"data"`
	}
	err := json.Unmarshal(response.Body, &read)
	if response.Status < 200 || response.Status > 299 || err == nil && read.failed() {
		return nil, c.refusal(request, response, &read.envelope)
	}
	got := &answer{request: request, response: response}
	if err == nil {
		got.root = response.Body
		got.enveloped = read.Success != nil || read.ErrorCode != nil || read.Data != nil
		got.approved = read.Success != nil && read.Success.Value || read.ErrorCode != nil && *read.ErrorCode == "0"
		if !lenientjson.Absent(read.Data) {
			got.data = read.Data
		}
	} else if lenientjson.Array(response.Body) && json.Valid(response.Body) {
		got.root = response.Body
	}
	return got, nil
}

// refusal classifies an error answer. The documents list no codes, so the HTTP status decides.
func (c *Client) refusal(request *transport.Request, response *transport.Response, said *envelope) error {
	kind := apierror.Refused
	switch status := response.Status; {
	case status == http.StatusNotFound && missing(response.Body):
		kind = apierror.Gone
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		kind = apierror.Unauthorised
	case status == http.StatusConflict:
		kind = apierror.Conflict
	case status == http.StatusTooManyRequests:
		kind = apierror.Throttled
	case status >= 500 && request.Write:
		kind = apierror.Lost
	case status >= 500:
		kind = apierror.Failed
	}
	failure := &apierror.Error{
		Service: request.Service, Operation: request.Operation, Status: response.Status,
		Name: c.http.Clean(string(said.ErrorName)), Message: c.http.Clean(said.message(response)),
		RequestID: c.http.Clean(response.Header.Get("x-ncp-trace-id")), Kind: kind,
	}
	if said.ErrorCode != nil {
		failure.Code = c.http.Clean(string(*said.ErrorCode))
	}
	if response.NotWaited > 0 {
		failure.Message += fmt.Sprintf(". The service asked to wait %s, which is longer than retry_max_wait or the operation's timeout allows", response.NotWaited)
	}
	return failure
}

// goneAs returns err with this kind instead of Gone. It is for reads of a channel or user on behalf of a live, which must not count as gone
// if those do not exist, and for calls that name no object.
func goneAs(err error, kind apierror.Kind) error {
	var failure *apierror.Error
	if errors.As(err, &failure) && failure.Kind == apierror.Gone {
		other := *failure
		other.Kind = kind
		return &other
	}
	return err
}

// missing reports whether a 404 with this body comes from the service itself, and so proves that an object does not exist: an empty body
// or JSON. HTML comes from something in between, and the gateway has an error object of its own.
func missing(body []byte) bool {
	if len(bytes.TrimSpace(body)) == 0 {
		return true
	}
	var gateway struct {
		Error *gatewayError `json:"error"`
	}
	if json.Unmarshal(body, &gateway) == nil && gateway.Error != nil && gateway.Error.ErrorCode != "" {
		return false
	}
	return json.Valid(body)
}

func (e *envelope) message(response *transport.Response) string {
	var gateway gatewayError
	var oauth lenientjson.String
	switch {
	case e.Message != "":
		return string(e.Message)
	case json.Unmarshal(e.Error, &gateway) == nil && gateway.Message != "":
		return string(gateway.Message)
	case e.ErrorDescription != "":
		return string(e.ErrorDescription)
	case json.Unmarshal(e.Error, &oauth) == nil && oauth != "":
		return string(oauth)
	}
	return response.Describe()
}

// unreadable is the error for an answer other than the reference describes.
func (a *answer) unreadable(cause error) error {
	kind := apierror.Unreadable
	if a.request.Write {
		kind = apierror.Lost
	}
	message := a.response.Describe()
	if cause != nil {
		message += ": " + printable.Text(cause.Error())
	}
	return &apierror.Error{Service: a.request.Service, Operation: a.request.Operation, Status: a.response.Status, Kind: kind, Message: message, Err: cause}
}

// gone is the error for a read that was answered without data, as some services do for an object that does not exist.
func (a *answer) gone() error {
	return &apierror.Error{Service: a.request.Service, Operation: a.request.Operation, Status: a.response.Status, Kind: apierror.Gone, Message: "the service answered without data, so it does not exist"}
}
