import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import wire.Conference;
import wire.ErrorEntry;

/** Runs every vector of the contract through the generated client and a running mock server. */
class VectorsTest {
  private static final JsonObject REASONS = read(Path.of("inexpressible.json"));
  private static final JsonObject REPORT = new JsonObject();

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException {
    List<JsonObject> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("contract", "vectors"))) {
      files.sorted().forEach(file -> found.add(read(file)));
    }
    Set<String> stale = REASONS.deepCopy().keySet();
    found.forEach(vector -> stale.remove(nameOf(vector)));
    assertEquals(Set.of(), stale, "inexpressible.json names vectors that do not exist");
    return found.stream().map(each -> DynamicTest.dynamicTest(nameOf(each), () -> check(each)));
  }

  @AfterAll
  static void report() throws IOException {
    Files.writeString(Path.of("report.json"), REPORT.toString());
  }

  private static void check(JsonObject vector) {
    boolean listed = REASONS.has(nameOf(vector));
    try {
      if (listed) {
        assertThrows(Throwable.class, () -> run(vector), "passes, but inexpressible.json lists it");
      } else {
        run(vector);
      }
    } catch (Conferences.Failure | AssertionError wrong) {
      record("failed", vector);
      throw new AssertionError(nameOf(vector) + ": " + wrong.getMessage(), wrong);
    }
    record(listed ? "inexpressible" : "passed", vector);
  }

  private static void record(String outcome, JsonObject vector) {
    if (!REPORT.has(outcome)) {
      REPORT.add(outcome, new JsonArray());
    }
    REPORT.getAsJsonArray(outcome).add(nameOf(vector));
  }

  private static void run(JsonObject vector) throws Conferences.Failure {
    JsonObject request = vector.getAsJsonObject("request");
    JsonObject credentials = request.getAsJsonObject("credentials");
    JsonObject arguments = request.getAsJsonObject("arguments");
    Conferences conferences =
        new Conferences(
            System.getenv("MOCK_SERVER"),
            credentials.get("project").getAsString(),
            credentials.get("token").getAsString());
    UUID id = UUID.fromString(arguments.get("id").getAsString());
    JsonElement requested = arguments.get("include_active_session");
    Boolean session = requested.isJsonNull() ? null : requested.getAsBoolean();

    JsonObject expect = vector.getAsJsonObject("expect");
    if (expect.has("error")) {
      Conferences.Failure failed =
          assertThrows(Conferences.Failure.class, () -> conferences.get(id, session));
      assertFailure(failed, expect.getAsJsonObject("error"));
      return;
    }
    Conference conference = conferences.get(id, session);
    for (Map.Entry<String, JsonElement> each : expect.getAsJsonObject("values").entrySet()) {
      Values.assertValue(conference, each.getKey(), each.getValue().getAsJsonObject());
    }
  }

  private static void assertFailure(Conferences.Failure failed, JsonObject expected) {
    JsonObject actual = new JsonObject();
    actual.addProperty("kind", failed.kind);
    actual.addProperty("status", failed.status);
    actual.addProperty("message", failed.text);
    JsonArray entries = new JsonArray();
    for (ErrorEntry each : failed.entries) {
      JsonObject entry = new JsonObject();
      entry.addProperty("type", each.getType());
      entry.addProperty("code", each.getCode());
      entry.addProperty("message", each.getMessage());
      entry.addProperty("attribute", each.getAttribute());
      entry.addProperty("url", each.getUrl());
      entries.add(entry);
    }
    actual.add("entries", entries);
    actual.add("wait", RetryAfter.parse(failed.retryAfter));
    actual.addProperty("request_id", failed.requestId);
    // The generated client reports an invalid value in words, not by its path.
    JsonObject wanted = expected.deepCopy();
    wanted.remove("at");
    assertEquals(wanted, actual);
  }

  private static String nameOf(JsonObject vector) {
    return vector.get("name").getAsString();
  }

  private static JsonObject read(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
