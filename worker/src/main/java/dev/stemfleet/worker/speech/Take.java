package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One chunk as it was spoken once: its sound, or why there is none. Immutable but for its samples,
/// which nobody changes.
///
/// As bytes it is a line of text, `stemfleet-take 1 <rate> <samples> <sha256>`, then the samples as
/// little-endian floats, or the reason in UTF-8; the digest is of what follows the line.
final class Take {
  private static final String FORM = "stemfleet-take 1";
  private static final int LONGEST_LINE = 200;

  private final int rateHz;
  private final float[] samples;
  private final @Nullable String failure;

  private Take(int rateHz, float[] samples, @Nullable String failure) {
    this.rateHz = rateHz;
    this.samples = samples;
    this.failure = failure;
  }

  /// @param samples mono; handed over
  static Take spoken(int rateHz, float[] samples) {
    return new Take(rateHz, samples, null);
  }

  static Take failed(int rateHz, String reason) {
    return new Take(rateHz, new float[0], reason);
  }

  int rateHz() {
    return rateHz;
  }

  /// Mono, not to be changed; empty if it failed.
  float[] samples() {
    return samples;
  }

  /// Why there is no sound.
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  double seconds() {
    return (double) samples.length / rateHz;
  }

  byte[] toBytes() {
    byte[] body = body();
    byte[] line =
        "%s %d %d %s%n"
            .formatted(FORM, rateHz, samples.length, Sha256.of(body))
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(line.length + body.length).put(line).put(body).array();
  }

  /// Names the sound.
  String digest() {
    return Sha256.of(body());
  }

  /// @throws IOException if these are not the bytes of a whole take
  static Take of(byte[] bytes) throws IOException {
    int end = 0;
    while (end < Math.min(bytes.length, LONGEST_LINE) && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    if (!line.matches(FORM + " [0-9]{1,6} [0-9]{1,9} [0-9a-f]{64}")) {
      throw new IOException("is no take");
    }
    String[] words = line.split(" ", -1);
    byte[] body = Arrays.copyOfRange(bytes, Math.min(bytes.length, end + 1), bytes.length);
    if (!Sha256.of(body).equals(words[4])) {
      throw new IOException("is damaged");
    }
    int rate = Integer.parseInt(words[2]);
    int count = Integer.parseInt(words[3]);
    return count == 0
        ? failed(rate, new String(body, StandardCharsets.UTF_8))
        : spoken(rate, floats(body, count));
  }

  private static float[] floats(byte[] body, int count) throws IOException {
    if (body.length != count * (long) Float.BYTES) {
      throw new IOException("has another length than it says");
    }
    float[] samples = new float[count];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  private byte[] body() {
    if (failure != null) {
      return failure.getBytes(StandardCharsets.UTF_8);
    }
    ByteBuffer body =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    body.asFloatBuffer().put(samples);
    return body.array();
  }
}
