import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/** Parses Retry-After into the format of the vectors. */
final class RetryAfter {
  private static final List<DateTimeFormatter> DATE_FORMATS =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-uu HH:mm:ss zzz", Locale.US),
          // The asctime format has no time zone; it is UTC.
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US)
              .withZone(ZoneOffset.UTC));

  static JsonElement parse(String header) {
    JsonObject wait = new JsonObject();
    if (header != null && header.matches("\\d+")) {
      wait.addProperty("seconds", Long.valueOf(header));
      return wait;
    }
    for (DateTimeFormatter format : DATE_FORMATS) {
      try {
        Instant until = ZonedDateTime.parse(header == null ? "" : header, format).toInstant();
        if (until.isAfter(Instant.now())) {
          wait.addProperty("until", until.toString());
        } else {
          wait.addProperty("seconds", 0);
        }
        return wait;
      } catch (DateTimeParseException otherFormat) {
        continue;
      }
    }
    return JsonNull.INSTANCE;
  }

  private RetryAfter() {}
}
