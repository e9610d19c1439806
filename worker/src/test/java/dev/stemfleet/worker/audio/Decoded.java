package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.fixture.DecodedSound;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A file as our decoder gives it, read to its end in odd blocks.
record Decoded(DecodedSound sound, List<String> warnings) {
  private static final int ODD_BLOCK = 1009;

  static Decoded of(Path file) {
    return of(file, Trim.NONE);
  }

  static Decoded of(Path source, Trim trim) {
    float[] left = new float[1 << 16];
    float[] right = new float[1 << 16];
    float[] leftBlock = new float[ODD_BLOCK];
    float[] rightBlock = new float[ODD_BLOCK];
    int filled = 0;
    try (AudioDecoder decoder = AudioDecoder.open(source, trim)) {
      for (int count = decoder.read(leftBlock, rightBlock);
          count >= 0;
          count = decoder.read(leftBlock, rightBlock)) {
        if (filled + count > left.length) {
          left = Arrays.copyOf(left, 2 * left.length);
          right = Arrays.copyOf(right, 2 * right.length);
        }
        System.arraycopy(leftBlock, 0, left, filled, count);
        System.arraycopy(rightBlock, 0, right, filled, count);
        filled += count;
      }
      return new Decoded(
          new DecodedSound(Arrays.copyOf(left, filled), Arrays.copyOf(right, filled)),
          decoder.warnings());
    }
  }
}
