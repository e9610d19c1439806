package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.media.SoundFile;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.Sound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The mixture and the true stems of a song, decoded side by side as a worker decodes tracks.
/// Confined to one thread; the caller closes.
final class SongSound implements AutoCloseable {
  private static final int BLOCK = 16_384;

  private final List<AudioDecoder> decoders = new ArrayList<>();
  private final List<float[][]> blocks = new ArrayList<>();

  private SongSound() {}

  static SongSound open(SongFolder song) {
    SongSound sound = new SongSound();
    try {
      for (Path file : song.files()) {
        sound.decoders.add(AudioDecoder.open(file, Trim.NONE));
        sound.blocks.add(new float[2][BLOCK]);
      }
      return sound;
    } catch (RuntimeException e) {
      sound.close();
      throw e;
    }
  }

  /// What is done to files that are not as workers want them, one sentence each.
  static List<String> notes(SongFolder song) {
    List<String> notes = new ArrayList<>();
    for (Path file : song.files()) {
      SoundFile sound = SoundFile.probe(file);
      if (sound.sampleRateHz() != Sound.RATE_HZ) {
        notes.add(
            "%s: %d Hz, resampled to %d Hz".formatted(file, sound.sampleRateHz(), Sound.RATE_HZ));
      }
      if (sound.channels() != Sound.CHANNELS) {
        String how = sound.channels() == 1 ? "mono, on both sides" : "mixed down to two channels";
        notes.add(file + ": " + how);
      }
    }
    return notes;
  }

  /// Decodes everything once.
  ///
  /// @throws ConfigException naming a stem that is not as long as the mixture
  static void requireEqualLengths(SongFolder song) {
    List<Path> files = song.files();
    List<Long> lengths = files.stream().map(SongSound::samples).toList();
    for (int i = 1; i < files.size(); i++) {
      if (!lengths.get(i).equals(lengths.getFirst())) {
        throw new ConfigException(
            files.get(i),
            "has %d samples (%s), mixture.wav %d (%s)"
                .formatted(
                    lengths.get(i),
                    seconds(lengths.get(i)),
                    lengths.getFirst(),
                    seconds(lengths.getFirst())));
      }
    }
  }

  private static long samples(Path file) {
    try (AudioDecoder decoder = AudioDecoder.open(file, Trim.NONE)) {
      float[][] block = new float[2][BLOCK];
      while (decoder.read(block[0], block[1]) >= 0) {
        // Only counted.
      }
      return decoder.samples();
    }
  }

  private static String seconds(long samples) {
    return String.format(Locale.ROOT, "%.2f s", Sound.seconds(samples));
  }

  /// Fills the blocks.
  ///
  /// @return samples per channel, or −1 at the end
  int read() {
    int count = -1;
    for (int i = 0; i < decoders.size(); i++) {
      count = decoders.get(i).read(blocks.get(i)[0], blocks.get(i)[1]);
    }
    return count;
  }

  /// What was read of the mixture, valid until the next read.
  float[][] mix() {
    return blocks.getFirst();
  }

  /// What was read of the stems, in the order of [SongFolder#STEMS].
  List<float[][]> stems() {
    return blocks.subList(1, blocks.size());
  }

  @Override
  public void close() {
    decoders.forEach(AudioDecoder::close);
  }
}
