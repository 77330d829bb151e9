// Package consumer is what a program adds to the generated client: settings, times in UTC, and errors
// that say what failed.
package consumer

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"time"

	wire "example.com/contract-consumer/generated"
)

// ConferenceError is a response that is not what the operation returns.
type ConferenceError struct {
	Kind       string
	Status     int
	Text       *string
	Entries    []wire.ErrorEntry
	RetryAfter string
	RequestID  string
}

func (failed *ConferenceError) Error() string {
	return fmt.Sprintf("the API returned %d: %s", failed.Status, failed.Kind)
}

var kinds = map[int]string{
	400: "bad-request",
	401: "authentication",
	403: "permission",
	404: "not-found",
	422: "validation",
	429: "rate-limit",
}

// Credentials identify a project and authorize its requests.
type Credentials struct{ Project, Token string }

// Exchange is a request that was sent, and its response.
type Exchange struct {
	Request  *http.Request
	Body     []byte
	Response *http.Response
}

// NewClient returns a generated client, and the last exchange that it will have had: after a failure
// to parse, the generated client does not return the response.
func NewClient(
	server string, credentials Credentials, headers map[string]string,
) (*wire.ClientWithResponses, *Exchange, error) {
	last := &Exchange{}
	record := roundTripper(func(request *http.Request) (*http.Response, error) {
		last.Request = request
		if request.GetBody != nil {
			if body, err := request.GetBody(); err == nil {
				last.Body, _ = io.ReadAll(body)
			}
		}
		got, err := http.DefaultTransport.RoundTrip(request)
		last.Response = got
		return got, err
	})
	authorize := func(_ context.Context, request *http.Request) error {
		request.SetBasicAuth(credentials.Project, credentials.Token)
		request.Header.Set("Accept", "application/json")
		for name, value := range headers {
			request.Header.Set(name, value)
		}
		return nil
	}
	client, err := wire.NewClientWithResponses(server, wire.WithRequestEditorFn(authorize), wire.WithHTTPClient(&http.Client{
		Transport: record,
		// Following a redirect could send the credentials to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}))
	return client, last, err
}

// InUTC converts the times of a request, which the generated code would send with their offsets.
func InUTC(request any) {
	value := reflect.ValueOf(request).Elem()
	for index := range value.NumField() {
		if instant, isTime := value.Field(index).Interface().(*time.Time); isTime && instant != nil {
			*instant = instant.UTC()
		}
	}
}

// Failure classifies a response that is not what the operation returns. The body is nil if the
// generated client could not parse it.
func Failure(response *http.Response, body []byte) error {
	failed := &ConferenceError{
		Kind:      "contract",
		Status:    response.StatusCode,
		RequestID: response.Header.Get("X-Request-Id"),
	}
	if response.StatusCode/100 == 2 {
		return failed
	}
	failed.Kind = "other"
	if response.StatusCode >= 500 {
		failed.Kind = "server"
	}
	if kind, known := kinds[response.StatusCode]; known {
		failed.Kind = kind
	}
	failed.RetryAfter = response.Header.Get("Retry-After")
	// An undocumented status can have the same kind of body.
	var message struct{ Error *string }
	if json.Unmarshal(body, &message) == nil {
		failed.Text = message.Error
	}
	var list wire.ErrorList
	if json.Unmarshal(body, &list) == nil {
		failed.Entries = list.Errors
	}
	return failed
}

type roundTripper func(*http.Request) (*http.Response, error)

func (send roundTripper) RoundTrip(request *http.Request) (*http.Response, error) {
	return send(request)
}
