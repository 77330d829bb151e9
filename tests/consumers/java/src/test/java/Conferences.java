import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import wire.ApiClient;
import wire.ApiException;
import wire.ErrorEntry;
import wire.ErrorList;
import wire.JSON;

/** What a program adds to the generated client: settings, and errors that say what failed. */
final class Conferences {
  /** A response that is not what the operation returns. */
  static final class Failure extends Exception {
    final String kind;
    final int status;
    final String text;
    final List<ErrorEntry> entries;
    final String retryAfter;
    final String requestId;

    Failure(String kind, Response response, String body, Throwable cause) {
      super("the API returned " + response.code() + ": " + kind, cause);
      boolean contract = kind.equals("contract");
      this.kind = kind;
      this.status = response.code();
      this.requestId = response.header("X-Request-Id");
      this.retryAfter = contract ? null : response.header("Retry-After");
      JsonObject parsed = contract ? new JsonObject() : objectOf(body);
      this.text = parsed.has("error") ? parsed.get("error").getAsString() : null;
      this.entries =
          parsed.has("errors")
              ? JSON.getGson().fromJson(parsed, ErrorList.class).getErrors()
              : List.of();
    }

    private static JsonObject objectOf(String body) {
      try {
        JsonElement parsed = JsonParser.parseString(body);
        return parsed.isJsonObject() ? parsed.getAsJsonObject() : new JsonObject();
      } catch (JsonSyntaxException notJson) {
        return new JsonObject();
      }
    }
  }

  private static final Map<Integer, String> KINDS =
      Map.of(
          400, "bad-request",
          401, "authentication",
          403, "permission",
          404, "not-found",
          422, "validation",
          429, "rate-limit");

  private final AtomicReference<Response> response = new AtomicReference<>();
  final ApiClient client;

  Conferences(String server, String project, String token) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            // Following a redirect could send the credentials to another host.
            .followRedirects(false)
            .addNetworkInterceptor(
                chain -> {
                  Response got = chain.proceed(chain.request());
                  response.set(got);
                  return got;
                })
            .build();
    client = new ApiClient(http);
    client.setBasePath(server);
    client.setUsername(project);
    client.setPassword(token);
    // The generated code would send times with their offsets.
    client.setOffsetDateTimeFormat(DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneOffset.UTC));
  }

  /** A call of the generated client. */
  interface Call<T> {
    T send() throws ApiException;
  }

  /** Returns the result of a call. */
  <T> T result(Call<T> call) throws Failure {
    T found = resultOrNull(call);
    // The generated client returns null for an empty body and for the JSON null.
    if (found == null) {
      throw failure(null, null);
    }
    return found;
  }

  /** Makes a call without a result. */
  <T> T resultOrNull(Call<T> call) throws Failure {
    try {
      return call.send();
    } catch (ApiException failed) {
      throw failure(failed.getResponseBody(), failed);
    } catch (RuntimeException unreadable) {
      // The generated client does not catch the exceptions of its parsers.
      throw failure(null, unreadable);
    }
  }

  /** Returns the request that was sent last. */
  Request sent() {
    return response.get().request();
  }

  private Failure failure(String body, Throwable cause) {
    Response got = response.get();
    if (got == null) {
      throw new IllegalStateException("no response", cause);
    }
    String other = got.code() >= 500 ? "server" : "other";
    String kind = got.isSuccessful() ? "contract" : KINDS.getOrDefault(got.code(), other);
    return new Failure(kind, got, body == null ? "" : body, cause);
  }
}
