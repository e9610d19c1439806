package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.LoudnessMeter;
import dev.stemfleet.worker.audio.MonoSound;
import dev.stemfleet.worker.speech.SoundTools;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sound of voices, decoded, resampled and measured as that of tracks is. Nothing is kept.
public final class SpeechSounds implements SoundTools {
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

  @Override
  public float[] resampled(float[] mono, int fromHz, int toHz) {
    return MonoSound.resampled(mono, fromHz, toHz);
  }

  @Override
  public @Nullable Double lufs(float[] mono, int rateHz) {
    LoudnessMeter meter = new LoudnessMeter(rateHz);
    // One channel: the other one is silent.
    meter.write(mono, new float[mono.length], mono.length);
    return meter.loudness().integratedLufs();
  }
}
