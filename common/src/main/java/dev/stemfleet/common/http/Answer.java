package dev.stemfleet.common.http;

import dev.stemfleet.common.failure.Sentence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What a client gets. Immutable as long as its body is.
///
/// @param headers without Content-Length; they stand in place of the safe ones that [HttpServing]
///   adds
public record Answer(int status, String contentType, Map<String, String> headers, Body body) {
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String JSON = "application/json";

  /// The bytes of an answer, written once.
  public sealed interface Body {
    /// @param bytes how many will be written
    record Whole(long bytes, Writer writer) implements Body {}

    /// Written until the writer is done or the client leaves, which it learns by an exception.
    record Endless(Writer writer) implements Body {}
  }

  /// Writes to the client; the stream is closed by the caller.
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer of(String contentType, byte[] bytes) {
    byte[] copy = bytes.clone();
    return new Answer(
        200, contentType, Map.of(), new Body.Whole(copy.length, out -> out.write(copy)));
  }

  public static Answer of(String contentType, String text) {
    return of(contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /// One line of text, made bearable for a terminal.
  public static Answer line(int status, String line) {
    return of(TEXT, Sentence.of(line) + "\n").with(status);
  }

  public Answer with(int status) {
    return new Answer(status, contentType, headers, body);
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, more, body);
  }
}
