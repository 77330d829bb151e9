// Package consumer is a client for one operation, on top of the generated client: it classifies
// failed responses.
package consumer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	wire "example.com/contract-consumer/generated"
	"github.com/google/uuid"
)

// ConferenceError is a response that is not a conference.
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

// GetConference returns a conference. A nil includeActiveSession is not sent.
func GetConference(
	ctx context.Context, server string, credentials Credentials, id uuid.UUID, includeActiveSession *bool,
) (*wire.Conference, error) {
	var response *http.Response
	// If parsing fails, the generated client returns an error without the response.
	record := roundTripper(func(request *http.Request) (*http.Response, error) {
		got, err := http.DefaultTransport.RoundTrip(request)
		response = got
		return got, err
	})
	client, err := wire.NewClientWithResponses(server, wire.WithHTTPClient(&http.Client{
		Transport: record,
		// Following a redirect could send the credentials to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}))
	if err != nil {
		return nil, err
	}
	authorize := func(_ context.Context, request *http.Request) error {
		request.SetBasicAuth(credentials.Project, credentials.Token)
		request.Header.Set("Accept", "application/json")
		return nil
	}
	params := wire.GetVideoConferenceParams{IncludeActiveSession: includeActiveSession}
	found, err := client.GetVideoConferenceWithResponse(ctx, id, &params, authorize)
	if response == nil {
		return nil, errors.Join(errors.New("no response"), err)
	}
	// Go decodes the JSON null as an empty conference, without an error.
	if err == nil && found.JSON200 != nil && string(found.Body) != "null" {
		return found.JSON200, nil
	}
	return nil, failure(response, found)
}

func failure(response *http.Response, found *wire.GetVideoConferenceResponse) error {
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
	if found == nil {
		return failed
	}
	// An undocumented status can have the same kind of body.
	var message struct{ Error *string }
	if json.Unmarshal(found.Body, &message) == nil {
		failed.Text = message.Error
	}
	var list wire.ErrorList
	if json.Unmarshal(found.Body, &list) == nil {
		failed.Entries = list.Errors
	}
	return failed
}

type roundTripper func(*http.Request) (*http.Response, error)

func (send roundTripper) RoundTrip(request *http.Request) (*http.Response, error) {
	return send(request)
}
