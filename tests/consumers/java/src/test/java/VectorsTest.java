import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Request;
import okio.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import wire.ApiClient;
import wire.ApiException;
import wire.ConferenceTokensApi;
import wire.ConferencesApi;
import wire.ErrorEntry;
import wire.JSON;
import wire.StreamsApi;

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
    } catch (Exception | AssertionError wrong) {
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

  private static void run(JsonObject vector) throws Exception {
    JsonObject request = vector.getAsJsonObject("request");
    JsonObject credentials = request.getAsJsonObject("credentials");
    Conferences conferences =
        new Conferences(
            System.getenv("MOCK_SERVER"),
            credentials.get("project").getAsString(),
            credentials.get("token").getAsString());
    conferences.client.addDefaultHeader("Prefer", "example=" + nameOf(vector));
    Callable<Object> call = () -> call(conferences, vector);

    JsonObject expect = vector.getAsJsonObject("expect");
    if (expect.has("error")) {
      Conferences.Failure failed = assertThrows(Conferences.Failure.class, call::call);
      assertSent(conferences.sent(), request);
      assertFailure(failed, expect.getAsJsonObject("error"));
      return;
    }
    Object result = call.call();
    assertSent(conferences.sent(), request);
    assertEquals(expect.get("model").isJsonNull(), result == null);
    for (Map.Entry<String, JsonElement> each : expect.getAsJsonObject("values").entrySet()) {
      Values.assertValue(result, each.getKey(), each.getValue().getAsJsonObject());
    }
  }

  /** Calls the generated method of the vector's operation. */
  private static Object call(Conferences conferences, JsonObject vector) throws Exception {
    JsonObject request = vector.getAsJsonObject("request");
    JsonObject optional = request.getAsJsonObject("arguments").deepCopy();
    Object[] required =
        Stream.of(optional.remove("id"), request.get("fields")).filter(Objects::nonNull).toArray();
    String operation = camelCase(vector.get("operation").getAsString());
    ApiClient client = conferences.client;
    for (Object api :
        List.of(new ConferencesApi(client), new ConferenceTokensApi(client), new StreamsApi(client))) {
      if (Stream.of(api.getClass().getMethods()).noneMatch(m -> m.getName().equals(operation))) {
        continue;
      }
      // Required arguments are passed at once, and each optional one by a method of its own.
      Object prepared = invoke(api, operation, required);
      for (Map.Entry<String, JsonElement> each : optional.entrySet()) {
        invoke(prepared, camelCase(each.getKey()), each.getValue());
      }
      boolean hasResult = prepared.getClass().getMethod("execute").getReturnType() != void.class;
      Conferences.Call<Object> call = () -> invoke(prepared, "execute");
      return hasResult ? conferences.result(call) : conferences.resultOrNull(call);
    }
    throw new AssertionError("no method " + operation);
  }

  private static String camelCase(String name) {
    return Pattern.compile("_(.)").matcher(name).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }

  /** Calls a method by its name, with arguments as JSON. */
  private static Object invoke(Object target, String name, Object... given) throws ApiException {
    Method method =
        Stream.of(target.getClass().getMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    Object[] arguments = new Object[given.length];
    for (int index = 0; index < given.length; index++) {
      Class<?> type = method.getParameterTypes()[index];
      arguments[index] = JSON.getGson().fromJson((JsonElement) given[index], type);
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof ApiException failed) {
        throw failed;
      }
      throw (RuntimeException) thrown.getCause();
    } catch (IllegalAccessException inaccessible) {
      throw new AssertionError(inaccessible);
    }
  }

  private static void assertSent(Request sent, JsonObject expected) throws IOException {
    JsonObject actual = new JsonObject();
    actual.addProperty("method", sent.method());
    actual.addProperty("path", sent.url().encodedPath());
    JsonObject query = new JsonObject();
    for (String name : sent.url().queryParameterNames()) {
      query.addProperty(name, String.join(" and ", sent.url().queryParameterValues(name)));
    }
    actual.add("query", query);
    JsonObject headers = new JsonObject();
    for (String name : List.of("Authorization", "Accept", "Content-Type")) {
      if (sent.header(name) != null) {
        headers.addProperty(name, sent.header(name).replace("; charset=utf-8", ""));
      }
    }
    actual.add("headers", headers);
    Buffer body = new Buffer();
    if (sent.body() != null) {
      sent.body().writeTo(body);
    }
    if (body.size() > 0) {
      actual.add("body", JsonParser.parseString(body.readUtf8()));
    }
    JsonObject wanted = expected.deepCopy();
    List.of("arguments", "fields", "credentials").forEach(wanted::remove);
    assertEquals(wanted, actual);
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
