import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import wire.AbstractOpenApiSchema;

/** Compares generated models with the values that a vector expects. */
final class Values {
  private static final Gson WITH_NULLS = new GsonBuilder().serializeNulls().create();

  /** Asserts that a model has the expected value at a path. */
  static void assertValue(Object model, String path, JsonObject expected) {
    String[] names = path.split("[.\\[\\]]+", 2);
    if (names.length > 1 && !names[1].isEmpty()) {
      assertValue(valueOf(model, names[0]), names[1], expected);
      return;
    }
    String name = names[0];
    String kind = expected.get("kind").getAsString();
    JsonElement wanted = expected.get("value");
    if (kind.equals("kept-property")) {
      assertEquals(wanted, WITH_NULLS.toJsonTree(unknownPropertiesOf(model).get(name)), path);
      return;
    }
    Object value = valueOf(model, name);
    switch (kind) {
      // Java cannot distinguish absent from null.
      case "absent", "null" -> assertNull(value, path);
      case "text" -> assertEquals(wanted.getAsString(), value, path);
      case "integer" -> assertEquals(wanted.getAsInt(), value, path);
      case "boolean" -> assertEquals(wanted.getAsBoolean(), value, path);
      case "uuid" -> assertEquals(UUID.fromString(wanted.getAsString()), value, path);
      case "instant" -> {
        OffsetDateTime time = assertInstanceOf(OffsetDateTime.class, value, path);
        assertEquals(Instant.parse(wanted.getAsString()), time.toInstant(), path);
      }
      case "constant" -> {
        Enum<?> constant = assertInstanceOf(Enum.class, heldBy(value), path);
        assertEquals(textOf(expected, "enum"), constant.getClass().getSimpleName(), path);
        assertEquals(textOf(expected, "constant"), constant.name(), path);
        assertEquals(wanted.getAsString(), constant.toString(), path);
      }
      case "kept-value" -> {
        boolean number = wanted.getAsJsonPrimitive().isNumber();
        assertEquals(number ? (Object) wanted.getAsInt() : wanted.getAsString(), heldBy(value), path);
      }
      case "object" -> assertEquals(wanted, WITH_NULLS.toJsonTree(value), path);
      case "list" -> {
        List<?> list = assertInstanceOf(List.class, value, path);
        assertEquals(expected.get("length").getAsInt(), list.size(), path);
      }
      case "model" -> assertEquals(textOf(expected, "model"), value.getClass().getSimpleName(), path);
      default -> throw new AssertionError("unknown kind: " + kind);
    }
  }

  private static String textOf(JsonObject expected, String name) {
    return expected.get(name).getAsString();
  }

  private static Object heldBy(Object open) {
    return ((AbstractOpenApiSchema) open).getActualInstance();
  }

  private static Object valueOf(Object model, String name) {
    if (model instanceof List<?> list) {
      return list.get(Integer.parseInt(name));
    }
    for (Field field : model.getClass().getDeclaredFields()) {
      SerializedName serialized = field.getAnnotation(SerializedName.class);
      if (serialized != null && serialized.value().equals(name)) {
        return read(model, field);
      }
    }
    throw new AssertionError("the model has no property " + name);
  }

  private static Map<?, ?> unknownPropertiesOf(Object model) {
    try {
      return (Map<?, ?>) read(model, model.getClass().getDeclaredField("additionalProperties"));
    } catch (NoSuchFieldException missing) {
      throw new AssertionError(missing);
    }
  }

  private static Object read(Object model, Field field) {
    try {
      field.setAccessible(true);
      return field.get(model);
    } catch (IllegalAccessException inaccessible) {
      throw new AssertionError(inaccessible);
    }
  }

  private Values() {}
}
