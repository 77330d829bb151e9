package consumer

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// faultAt describes what is wrong with the value at a path of a model. It returns "" if nothing is.
func faultAt(model reflect.Value, path []string, want expected, known map[string]map[string]string) string {
	for model.Kind() == reflect.Pointer {
		model = model.Elem()
	}
	var field reflect.Value
	if index, err := strconv.Atoi(path[0]); err == nil {
		field = model.Index(index)
	} else if field = fieldOf(model, path[0]); !field.IsValid() {
		return "the model does not have this property"
	}
	value, state := valueOf(field)
	if len(path) > 1 {
		if state != "" {
			return "is " + state
		}
		return faultAt(value, path[1:], want, known)
	}
	if state != "" || want.Kind == "absent" || want.Kind == "null" {
		if state != want.Kind {
			return fmt.Sprintf("is %q, want %s", state, want.Kind)
		}
		return ""
	}
	return faultOfValue(value, want, known)
}

func fieldOf(model reflect.Value, name string) reflect.Value {
	for index := range model.NumField() {
		tag := model.Type().Field(index).Tag.Get("json")
		if key, _, _ := strings.Cut(tag, ","); key == name {
			return model.Field(index)
		}
	}
	return reflect.Value{}
}

// valueOf returns the value of a field, and "absent" or "null" if it has none.
func valueOf(field reflect.Value) (reflect.Value, string) {
	if field.Kind() == reflect.Map && strings.HasPrefix(field.Type().Name(), "Nullable[") {
		if field.Len() == 0 {
			return field, "absent"
		}
		// nullable.Nullable is a map. The key false marks a null value.
		if value := field.MapIndex(reflect.ValueOf(true)); value.IsValid() {
			return value, ""
		}
		return field, "null"
	}
	if field.Kind() == reflect.Pointer {
		if field.IsNil() {
			return field, "absent"
		}
		return field.Elem(), ""
	}
	return field, ""
}

func faultOfValue(value reflect.Value, want expected, known map[string]map[string]string) string {
	held := value.Interface()
	right := false
	switch want.Kind {
	case "text":
		right = held == want.Value
	case "boolean":
		right = held == want.Value
	case "integer":
		right = value.CanInt() && float64(value.Int()) == want.Value
	case "uuid":
		id, isUUID := held.(uuid.UUID)
		right = isUUID && id.String() == want.Value
	case "instant":
		instant, isTime := held.(time.Time)
		right = isTime && instant.UTC().Format(time.RFC3339Nano) == want.Value
	case "object":
		right = sameJSON(held, want.Value)
	case "list":
		right = value.Kind() == reflect.Slice && value.Len() == want.Length
	case "model":
		right = value.Type().Name() == want.Model
	case "constant":
		literal, isConstant := known[want.Enum][constantName(want.Enum, want.Constant)]
		right = isConstant && literal == literalOf(want.Value) && isKnown(value, want)
	case "kept-value":
		right = sameJSON(held, want.Value) && !isKnown(value, want)
	default:
		return "unknown kind: " + want.Kind
	}
	if !right {
		return fmt.Sprintf("got %v, want %v", held, want)
	}
	return ""
}

// isKnown reports whether an open enum holds the expected value as a constant.
func isKnown(open reflect.Value, want expected) bool {
	pointer := reflect.New(open.Type())
	pointer.Elem().Set(open)
	as := pointer.MethodByName("As" + want.Enum)
	if !as.IsValid() {
		return false
	}
	results := as.Call(nil)
	constant, failed := results[0], !results[1].IsNil()
	valid := constant.MethodByName("Valid").Call(nil)[0].Bool()
	return !failed && valid && sameJSON(constant.Interface(), want.Value)
}

func literalOf(value any) string {
	if text, isText := value.(string); isText {
		return strconv.Quote(text)
	}
	return fmt.Sprint(value)
}

func sameJSON(held, want any) bool {
	written, err := json.Marshal(held)
	var parsed any
	return err == nil && json.Unmarshal(written, &parsed) == nil && reflect.DeepEqual(parsed, want)
}
