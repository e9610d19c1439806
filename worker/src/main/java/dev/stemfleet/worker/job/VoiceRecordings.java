package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.speech.Recordings;
import java.nio.file.Path;
import java.util.Arrays;

/// Decodes recordings of voices as tracks are decoded, and mixes them to one channel. Nothing is
/// kept.
public final class VoiceRecordings implements Recordings {
  private static final int BLOCK = 8192;

  /// More than any voice is made from: what is longer is refused, not decoded to its end.
  private static final int MOST_SECONDS = 600;

  @Override
  public float[] samples(Path file) {
    float[] left = new float[BLOCK];
    float[] right = new float[BLOCK];
    float[] all = new float[BLOCK];
    int count = 0;
    try (AudioDecoder decoder = AudioDecoder.open(file, Trim.NONE)) {
      int read = decoder.read(left, right);
      while (read > 0 && count < MOST_SECONDS * RATE_HZ) {
        if (count + read > all.length) {
          all = Arrays.copyOf(all, 2 * all.length);
        }
        for (int i = 0; i < read; i++) {
          all[count + i] = (left[i] + right[i]) / 2;
        }
        count += read;
        read = decoder.read(left, right);
      }
    }
    return Arrays.copyOf(all, count);
  }
}
