package consumer

import (
	"net/http"
	"regexp"
	"strconv"
	"time"
)

var digits = regexp.MustCompile(`^\d+$`)

// WaitOf returns what Retry-After asks for as a vector says it, nil where it asks for nothing.
func WaitOf(header string, now time.Time) map[string]any {
	if digits.MatchString(header) {
		if seconds, err := strconv.ParseFloat(header, 64); err == nil {
			return map[string]any{"seconds": seconds}
		}
	}
	until, err := http.ParseTime(header)
	switch {
	case err != nil:
		return nil
	case !until.After(now):
		return map[string]any{"seconds": 0.0}
	default:
		return map[string]any{"until": until.UTC().Format(time.RFC3339Nano)}
	}
}
