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
	Name, Operation string
	Request         struct {
		Arguments, Fields json.RawMessage
		Credentials       Credentials
		Method, Path      string
		Query, Headers    map[string]string
		Body              any
	}
	Expect struct {
		Values map[string]expected
		Error  *expectedError
	}
}

type expected struct {
	Kind, Enum, Constant, Model string
	Value                       any
	Length                      int
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
	headers := map[string]string{"Prefer": "example=" + each.Name}
	client, last, err := NewClient(os.Getenv("MOCK_SERVER"), each.Request.Credentials, headers)
	if err != nil {
		return err.Error()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	result, err := call(ctx, client, last, each)
	if fault := faultOfRequest(*last, each); fault != "" {
		return fault
	}
	if each.Expect.Error != nil {
		return faultOfError(err, *each.Expect.Error)
	}
	if err != nil {
		return err.Error()
	}
	known := constants(t)
	for path, want := range each.Expect.Values {
		names := strings.FieldsFunc(path, func(each rune) bool { return strings.ContainsRune(".[]", each) })
		if fault := faultAt(result, names, want, known); fault != "" {
			return path + ": " + fault
		}
	}
	return ""
}

// call calls the generated method of the vector's operation. A 204 has no result.
func call(ctx context.Context, client any, last *Exchange, each vector) (reflect.Value, error) {
	name := ""
	for _, word := range strings.Split(each.Operation, "_") {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	method := reflect.ValueOf(client).MethodByName(name + "WithResponse")
	given := []reflect.Value{reflect.ValueOf(ctx)}
	for index := 1; index < method.Type().NumIn()-1; index++ {
		kind := method.Type().In(index)
		value, text := reflect.New(kind), each.Request.Fields
		switch {
		case kind == reflect.TypeFor[uuid.UUID]():
			var arguments struct{ ID uuid.UUID }
			if err := json.Unmarshal(each.Request.Arguments, &arguments); err != nil {
				return value, err
			}
			given = append(given, reflect.ValueOf(arguments.ID))
			continue
		case kind.Kind() == reflect.Pointer:
			value, text = reflect.New(kind.Elem()), each.Request.Arguments
		}
		if err := json.Unmarshal(text, value.Interface()); err != nil {
			return value, err
		}
		InUTC(value.Interface())
		if kind.Kind() != reflect.Pointer {
			value = value.Elem()
		}
		given = append(given, value)
	}
	results := method.Call(given)
	if last.Response == nil {
		return results[0], fmt.Errorf("no response: %v", results[1])
	}
	if results[0].IsNil() {
		return results[0], Failure(last.Response, nil)
	}
	response, status := results[0].Elem(), last.Response.StatusCode
	body := response.FieldByName("Body").Bytes()
	found := response.FieldByName(fmt.Sprint("JSON", status))
	hasResult := response.FieldByName("JSON200").IsValid()
	// Go decodes the JSON null as an empty object, without an error.
	parsed := found.IsValid() && !found.IsNil() && string(body) != "null"
	if status/100 == 2 && (parsed || !hasResult && len(body) == 0) {
		return found, nil
	}
	return found, Failure(last.Response, body)
}

func faultOfRequest(last Exchange, each vector) string {
	query := map[string]string{}
	for name, values := range last.Request.URL.Query() {
		query[name] = strings.Join(values, " and ")
	}
	headers := map[string]string{}
	for _, name := range []string{"Authorization", "Accept", "Content-Type"} {
		if value := last.Request.Header.Get(name); value != "" {
			headers[name] = value
		}
	}
	var body any
	if len(last.Body) > 0 {
		if err := json.Unmarshal(last.Body, &body); err != nil {
			return err.Error()
		}
	}
	got := []any{last.Request.Method, last.Request.URL.Path, query, headers, body}
	want := []any{each.Request.Method, each.Request.Path, each.Request.Query, each.Request.Headers, each.Request.Body}
	if !reflect.DeepEqual(got, want) {
		return fmt.Sprintf("sent %v, want %v", got, want)
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
