// Command ogen reads the response of every successful vector through the generated models.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	wire "example.com/contract-consumer/generated"
	"github.com/tidwall/gjson"
)

var models = map[string]any{
	"Conference": wire.Conference{}, "ConferencePage": wire.ConferencePage{}, "ConferenceToken": wire.ConferenceToken{},
	"ConferenceTokenPage": wire.ConferenceTokenPage{}, "Stream": wire.Stream{}, "StreamPage": wire.StreamPage{},
}

// The outcome of a vector that is listed as inexpressible and has a fault, or neither.
var outcomes = map[[2]bool]string{{true, true}: "inexpressible", {false, false}: "passed"}

func main() {
	report := map[string][]string{}
	reasons, _ := os.ReadFile("inexpressible.json")
	files, _ := filepath.Glob("contract/vectors/*.json")
	for _, file := range files {
		text, _ := os.ReadFile(file)
		vector := gjson.ParseBytes(text)
		if model := models[vector.Get("expect.model").String()]; model != nil {
			fault, name := faultOf(vector, reflect.New(reflect.TypeOf(model)).Interface()), vector.Get("name").String()
			outcome := cmp.Or(outcomes[[2]bool{gjson.GetBytes(reasons, name).Exists(), fault != nil}], "failed")
			report[outcome] = append(report[outcome], name)
			fmt.Println(name, outcome, fault)
		}
	}
	written, _ := json.Marshal(report)
	_ = os.WriteFile("report.json", written, 0o600)
	os.Exit(len(report["failed"]))
}

// faultOf reads a response into a model, and compares what the model writes with what is expected.
func faultOf(vector gjson.Result, model any) error {
	body := fmt.Sprintln(vector.Get("response.body").Value().([]any)...)
	err := json.Unmarshal([]byte(body), model)
	written, _ := json.Marshal(model)
	for path, want := range vector.Get("expect.values").Map() {
		found, kind := gjson.GetBytes(written, strings.NewReplacer("[", ".", "]", "").Replace(path)), want.Get("kind").String()
		isModel := kind == "model" && found.IsObject()
		isList := kind == "list" && found.Get("#").Int() == want.Get("length").Int()
		isValue := kind != "model" && kind != "list" && reflect.DeepEqual(found.Value(), want.Get("value").Value())
		if err == nil && !isModel && !isList && !isValue {
			err = fmt.Errorf("%s: got %s, want %s", path, found, want)
		}
	}
	return err
}
