// Package consumer is a client of one operation over the generated one: it says what kind of
// failure an answer is.
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

// ConferenceError is an answer that is no conference.
type ConferenceError struct {
	Kind       string
	Status     int
	Text       *string
	Entries    []wire.ErrorEntry
	RetryAfter string
	RequestID  string
}

func (failed *ConferenceError) Error() string {
	return fmt.Sprintf("the API answered %d: %s", failed.Status, failed.Kind)
}

var kinds = map[int]string{
	400: "bad-request",
	401: "authentication",
	403: "permission",
	404: "not-found",
	422: "validation",
	429: "rate-limit",
}

// Credentials are those of a project.
type Credentials struct{ Project, Token string }

// GetConference reads a conference; a nil includeActiveSession is not sent.
func GetConference(
	ctx context.Context, server string, who Credentials, id uuid.UUID, includeActiveSession *bool,
) (*wire.Conference, error) {
	var answer *http.Response
	// What the generated client makes of an answer that it cannot parse is an error without it.
	remember := roundTripper(func(request *http.Request) (*http.Response, error) {
		got, err := http.DefaultTransport.RoundTrip(request)
		answer = got
		return got, err
	})
	client, err := wire.NewClientWithResponses(server, wire.WithHTTPClient(&http.Client{
		Transport: remember,
		// A redirect would take the credentials elsewhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}))
	if err != nil {
		return nil, err
	}
	authorize := func(_ context.Context, request *http.Request) error {
		request.SetBasicAuth(who.Project, who.Token)
		request.Header.Set("Accept", "application/json")
		return nil
	}
	params := wire.GetVideoConferenceParams{IncludeActiveSession: includeActiveSession}
	found, err := client.GetVideoConferenceWithResponse(ctx, id, &params, authorize)
	if answer == nil {
		return nil, errors.Join(errors.New("no answer"), err)
	}
	// The JSON null makes an empty conference in Go, and no error.
	if err == nil && found.JSON200 != nil && string(found.Body) != "null" {
		return found.JSON200, nil
	}
	return nil, failure(answer, found)
}

func failure(answer *http.Response, found *wire.GetVideoConferenceResponse) error {
	failed := &ConferenceError{
		Kind:      "contract",
		Status:    answer.StatusCode,
		RequestID: answer.Header.Get("X-Request-Id"),
	}
	if answer.StatusCode/100 == 2 {
		return failed
	}
	failed.Kind = "other"
	if answer.StatusCode >= 500 {
		failed.Kind = "server"
	}
	if kind, known := kinds[answer.StatusCode]; known {
		failed.Kind = kind
	}
	failed.RetryAfter = answer.Header.Get("Retry-After")
	if found == nil {
		return failed
	}
	// A status that the contract does not name may come with the same body.
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
