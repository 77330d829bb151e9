package consumer

import (
	"net/http"
	"regexp"
	"strconv"
	"time"
)

var digits = regexp.MustCompile(`^\d+$`)

// ParseRetryAfter returns the delay that Retry-After requests, in the format of the vectors. It is
// nil if the header is missing or invalid.
func ParseRetryAfter(header string, now time.Time) map[string]any {
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
