package consumer

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

type vector struct {
	Name    string
	Request struct {
		Arguments struct {
			ID                   uuid.UUID
			IncludeActiveSession *bool `json:"include_active_session"`
		}
		Credentials Credentials
	}
	Expect struct {
		Values map[string]expected
		Error  *expectedError
	}
}

type expected struct {
	Kind, Enum, Constant, Model string
	Value                       any
}

type expectedError struct {
	Kind      string
	Status    int
	Message   *string
	Entries   []map[string]any
	Wait      map[string]any
	RequestID string `json:"request_id"`
}

// TestVectors runs every vector of the contract against a running mock server.
func TestVectors(t *testing.T) {
	var reasons map[string]string
	read(t, "inexpressible.json", &reasons)
	report := map[string][]string{}
	files, err := filepath.Glob("contract/vectors/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no vectors", err)
	}
	for _, file := range files {
		var each vector
		read(t, file, &each)
		t.Run(each.Name, func(t *testing.T) {
			fault := faultOf(t, each)
			outcome := "passed"
			switch _, listed := reasons[each.Name]; {
			case listed && fault == "":
				outcome = "failed"
				t.Error("passes, but inexpressible.json lists it")
			case listed:
				outcome = "inexpressible"
				t.Log(fault)
			case fault != "":
				outcome = "failed"
				t.Error(fault)
			}
			report[outcome] = append(report[outcome], each.Name)
			delete(reasons, each.Name)
		})
	}
	for name := range reasons {
		t.Errorf("inexpressible.json lists %s, which is not a vector", name)
	}
	written, err := json.Marshal(report)
	if err == nil {
		err = os.WriteFile("report.json", written, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// faultOf runs a vector and describes what is wrong with the result. It returns "" if nothing is.
func faultOf(t *testing.T, each vector) string {
	arguments := each.Request.Arguments
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	server := os.Getenv("MOCK_SERVER")
	conference, err := GetConference(ctx, server, each.Request.Credentials, arguments.ID, arguments.IncludeActiveSession)
	if each.Expect.Error != nil {
		return faultOfError(err, *each.Expect.Error)
	}
	if err != nil {
		return err.Error()
	}
	known := constants(t)
	for path, want := range each.Expect.Values {
		if fault := faultAt(reflect.ValueOf(conference), strings.Split(path, "."), want, known); fault != "" {
			return path + ": " + fault
		}
	}
	return ""
}

func read(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(file, err)
	}
}

func faultOfError(err error, want expectedError) string {
	failed, isFailure := err.(*ConferenceError)
	if !isFailure {
		return fmt.Sprintf("got the error %v, want a ConferenceError", err)
	}
	entries := []map[string]any{}
	for _, each := range failed.Entries {
		entry := map[string]any{"type": each.Type, "code": each.Code, "message": each.Message, "url": each.Url}
		entry["attribute"] = nil
		if attribute, err := each.Attribute.Get(); err == nil {
			entry["attribute"] = attribute
		}
		entries = append(entries, entry)
	}
	got := expectedError{
		Kind:      failed.Kind,
		Status:    failed.Status,
		Message:   failed.Text,
		Entries:   entries,
		Wait:      ParseRetryAfter(failed.RetryAfter, time.Now()),
		RequestID: failed.RequestID,
	}
	if !reflect.DeepEqual(got, want) {
		encoded, _ := json.Marshal(got)
		return "got the error " + string(encoded)
	}
	return ""
}
