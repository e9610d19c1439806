package dev.stemfleet.common.json;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.stemfleet.common.domain.Nearest;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is wrong with a value, in the words of whoever wrote it instead of the parser's.
final class Complaint {
  private Complaint() {}

  /// One line, without the field's path.
  static String about(JsonMappingException e) {
    String own = ownMessage(e);
    if (own != null) {
      return firstLine(own);
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return unknownField(unknown);
    }
    if (e instanceof InvalidTypeIdException kind) {
      return kind.getTypeId() == null
          ? "kind is missing"
          : "kind: %s is not known (known: %s)".formatted(kind.getTypeId(), knownKinds(kind));
    }
    String message = firstLine(String.valueOf(e.getOriginalMessage()));
    if (e instanceof InvalidNullException) {
      return "is empty";
    }
    if (message.startsWith("Missing required")) {
      return "is missing";
    }
    if (message.startsWith("No content")) {
      return "is empty";
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return "must be " + wanted(mismatch.getTargetType()) + given(mismatch);
    }
    return withoutEvents(message);
  }

  private static String unknownField(UnrecognizedPropertyException e) {
    List<String> known =
        e.getKnownPropertyIds().stream().map(String::valueOf).sorted().distinct().toList();
    String meant =
        Nearest.of(e.getPropertyName(), known)
            .map(name -> "did you mean " + name + "? ")
            .orElse("");
    return "is no known field; " + meant + "known are " + String.join(", ", known);
  }

  /// YAML's reader names its own events.
  static String withoutEvents(String message) {
    return message.replaceFirst(",? ?(got this instead|but found|but got)?:? ?<org\\.yaml.*", "");
  }

  /// The parser lists them in its message only.
  private static String knownKinds(InvalidTypeIdException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceFirst("(?s).*known type ids = \\[([^]]*)].*", "$1");
  }

  /// What a record of ours said when it was made.
  private static @Nullable String ownMessage(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException own ? own.getMessage() : null;
  }

  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(type) || type == double.class) {
      return "a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a time such as 2026-05-01T18:00:00Z";
    }
    boolean text = type == String.class || !(type.isRecord() || Map.class.isAssignableFrom(type));
    return text ? "a text" : "a group of fields";
  }

  private static String given(MismatchedInputException e) {
    return e instanceof InvalidFormatException format && format.getValue() != null
        ? ", not '" + firstLine(String.valueOf(format.getValue())) + "'"
        : "";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
