package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.speech.Pauses;
import java.util.Arrays;

/// Parts of a narration one behind the other, with the pauses between them: as long as all parts
/// and pauses together, to the sample. Only where there is no pause may two parts overlap. At most
/// two parts are in memory. Immutable.
///
/// @param rateHz of the parts, and of the whole
public record SpokenLine(SpokenParts parts, Pauses pauses, int rateHz) {
  private static final int BLOCK = 8192;

  /// Takes mono sound, stretch by stretch.
  @FunctionalInterface
  public interface Sink {
    /// Takes the first `count` samples, which may be overwritten afterwards.
    void write(float[] mono, int count);
  }

  /// Length of the whole.
  public long samples() {
    long samples = 0;
    for (int part = 0; part < parts.count(); part++) {
      samples += parts.length(part) + pause(part) - overlap(part);
    }
    return samples;
  }

  /// Writes the whole. The same again at every call.
  public void into(Sink sink) {
    float[] block = new float[BLOCK];
    float[] tail = {};
    for (int part = 0; part < parts.count(); part++) {
      float[] samples = parts.samples(part);
      if (samples.length != parts.length(part)) {
        throw new IllegalStateException("part " + part + " has another length than it said");
      }
      int own = samples.length - overlap(part);
      write(mixed(tail, samples), 0, own, block, sink);
      tail = Arrays.copyOfRange(samples, own, samples.length);
      Arrays.fill(block, 0);
      for (int left = pause(part); left > 0; left -= BLOCK) {
        sink.write(block, Math.min(left, BLOCK));
      }
    }
  }

  private static void write(float[] samples, int from, int to, float[] block, Sink sink) {
    for (int at = from; at < to; at += BLOCK) {
      int count = Math.min(BLOCK, to - at);
      System.arraycopy(samples, at, block, 0, count);
      sink.write(block, count);
    }
  }

  /// The tail of the part before fades out while this one fades in.
  private static float[] mixed(float[] tail, float[] samples) {
    if (tail.length == 0) {
      return samples;
    }
    float[] mixed = samples.clone();
    for (int i = 0; i < tail.length; i++) {
      float in = (i + 0.5f) / tail.length;
      mixed[i] = in * samples[i] + (1 - in) * tail[i];
    }
    return mixed;
  }

  /// Samples of silence after a part; none after the last.
  private int pause(int part) {
    return part == parts.count() - 1
        ? 0
        : (int) Math.round(pauses.after(parts.paragraph(part)) * rateHz);
  }

  /// Samples that a part has in common with the next: at most a half of either, so that no three
  /// parts sound at once.
  private int overlap(int part) {
    if (part == parts.count() - 1 || pause(part) > 0) {
      return 0;
    }
    int shorter = Math.min(parts.length(part), parts.length(part + 1));
    return (int) Math.min(Math.round(pauses.crossfadeSeconds() * rateHz), shorter / 2);
  }
}
