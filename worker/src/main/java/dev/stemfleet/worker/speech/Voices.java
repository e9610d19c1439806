package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.SpeechNetwork.Voice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// What models know of voices, by what the voices' recordings hold: made once, the longest unused
/// go first. A voice of Chatterbox takes 0.3 MB. Thread-safe.
public final class Voices {
  private final int most;
  private final SequencedMap<Key, Voice> byKey = new LinkedHashMap<>();
  private long hits;
  private long misses;
  private long thrownOut;

  /// @param samples sha256 of the recording's decoded samples
  /// @param encoder sha256 of the network that hears them
  /// @param dtype of its numbers
  record Key(String samples, String encoder, String dtype) {
    static Key of(float[] samples, String encoder, String dtype) {
      ByteBuffer bytes =
          ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(samples);
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
        return new Key(HexFormat.of().formatHex(digest), encoder, dtype);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /// @param most voices that are kept
  public Voices(int most) {
    this.most = most;
  }

  /// The voice, made if it is not there. A second asker waits.
  synchronized Voice of(Key key, Supplier<Voice> making) {
    Voice known = byKey.get(key);
    if (known != null) {
      hits++;
      byKey.putLast(key, known);
      return known;
    }
    misses++;
    Voice made = making.get();
    byKey.putLast(key, made);
    while (byKey.size() > most) {
      byKey.pollFirstEntry();
      thrownOut++;
    }
    return made;
  }

  public synchronized Counts counts() {
    return new Counts(
        hits,
        misses,
        thrownOut,
        byKey.size(),
        byKey.values().stream().mapToLong(Voice::bytes).sum());
  }

  /// Uses since the start.
  ///
  /// @param misses = recordings that an encoder heard
  /// @param thrownOut for want of room
  /// @param entries that are kept now
  /// @param bytes of these
  public record Counts(long hits, long misses, long thrownOut, int entries, long bytes) {}
}
