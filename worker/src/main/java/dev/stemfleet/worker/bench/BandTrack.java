package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.audio.AudioTags;
import dev.stemfleet.worker.audio.Sound;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.audio.StemEncoder;
import java.nio.file.Path;

/// A track of the bench's band, mixed.
final class BandTrack {
  private static final int BLOCK = 65_536;
  private static final int VOICE = BenchStems.STEMS.indexOf(Stem.ACAPELLA);
  private static final int MUSIC = BenchStems.STEMS.indexOf(Stem.INSTRUMENTAL);

  private BandTrack() {}

  /// Plays it into a file.
  static EncodedAudio write(Path file, SoundFormat format, double seconds) {
    long samples = Sound.samples(seconds);
    BenchBand band = new BenchBand();
    try (StemEncoder encoder = StemEncoder.open(file, format, AudioTags.NONE)) {
      for (long at = 0; at < samples; at += BLOCK) {
        int count = (int) Math.min(BLOCK, samples - at);
        float[][][] stems = band.play(count);
        float[][] mix = stems[VOICE];
        for (int channel = 0; channel < 2; channel++) {
          for (int i = 0; i < count; i++) {
            mix[channel][i] += stems[MUSIC][channel][i];
          }
        }
        encoder.write(mix[0], mix[1], count);
      }
      return encoder.finish();
    }
  }
}
