package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.dispatcher.plan.NamePattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Tells which batch a message is about without reading it whole: of a history of many batches,
/// most messages need not be read. For one thread.
final class BatchGlance {
  private static final byte[] FIELD = "\"batch\":\"".getBytes(StandardCharsets.UTF_8);

  private final NamePattern wanted;
  private byte[] latest = new byte[0];
  private boolean latestIsWanted;

  BatchGlance(NamePattern wanted) {
    this.wanted = wanted;
  }

  /// Whether the message may be about a wanted batch. Errs on the side of yes: a message that names
  /// no batch, or one whose name is written with escapes, must be read to know.
  boolean concerns(byte[] message) {
    int from = indexOf(message);
    if (from < 0) {
      return true;
    }
    int to = from;
    while (to < message.length && message[to] != '"') {
      if (message[to++] == '\\') {
        return true;
      }
    }
    if (!Arrays.equals(message, from, to, latest, 0, latest.length)) {
      latest = Arrays.copyOfRange(message, from, to);
      latestIsWanted = wanted.test(new String(latest, StandardCharsets.UTF_8));
    }
    return latestIsWanted;
  }

  /// Inside a text the field's quotes would be escaped, so what is found is a field.
  ///
  /// @return where the batch's name begins, -1 if there is none
  private static int indexOf(byte[] message) {
    int last = message.length - FIELD.length;
    for (int i = 0; i <= last; i++) {
      if (message[i] == '"'
          && Arrays.equals(message, i, i + FIELD.length, FIELD, 0, FIELD.length)) {
        return i + FIELD.length;
      }
    }
    return -1;
  }

  /// A glance for a pattern; null where everything is wanted.
  static @Nullable BatchGlance of(NamePattern wanted) {
    return wanted.toString().equals("*") ? null : new BatchGlance(wanted);
  }
}
