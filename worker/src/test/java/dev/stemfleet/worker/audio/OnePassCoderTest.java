package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnePassCoderTest {
  @TempDir Path folder;

  @Test
  void denseSoundKeepsToTheBitRate() {
    TestSound noise = whiteNoise(8, 0.15);

    Path file = coded(noise, StemEncoder.open(file("once"), SoundFormat.AAC, AudioTags.NONE));

    double bitsPerSecond = 8 * file.toFile().length() / noise.seconds();
    assertThat(bitsPerSecond).isCloseTo(SoundFormat.AAC.bitRate(), within(20_000.0));
  }

  @ParameterizedTest
  @MethodSource("sparseSounds")
  void sparseSoundIsAsAccurateAsWithRepeatedSearches(TestSound sound) {
    Map<String, String> repeated = new TreeMap<>(SoundFormat.AAC.encoderOptions());
    repeated.keySet().removeAll(Set.of("bt", "global_quality"));

    Path once = coded(sound, StemEncoder.open(file("once"), SoundFormat.AAC, AudioTags.NONE));
    Path often = coded(sound, StemEncoder.openWith(repeated, file("often"), SoundFormat.AAC));

    assertThat(DecodedSound.of(once).differenceDb(sound))
        .isLessThan(DecodedSound.of(often).differenceDb(sound) + 1);
  }

  static Stream<TestSound> sparseSounds() {
    return Stream.of(
        TestSound.tone(2, 1000, 0.25), TestSound.bursts(2, 3), TestSound.song(3, 0.5, 4));
  }

  private static TestSound whiteNoise(double seconds, double amplitude) {
    Random random = new Random(7);
    TestSound sound = TestSound.silence(seconds);
    for (int i = 0; i < sound.samples(); i++) {
      sound.left()[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
      sound.right()[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
    }
    return sound;
  }

  private Path file(String name) {
    return folder.resolve(name + ".m4a");
  }

  private static Path coded(TestSound sound, StemEncoder encoder) {
    try (encoder) {
      encoder.write(sound.left(), sound.right(), sound.samples());
      return encoder.finish().file();
    }
  }
}
