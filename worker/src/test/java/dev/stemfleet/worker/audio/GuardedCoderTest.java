package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedCoderTest {
  private static final int PACKET = 1024;

  @TempDir Path folder;

  private long carefulPackets;

  @ParameterizedTest
  @CsvSource({"30, 0.5", "50, 0.7", "100, 1", "440, 0.6", "3000, 0.9", "12000, 0.5", "16000, 1"})
  void loudTonesAreAsAccurateAsTheCarefulSearchMakesThem(double hz, double amplitude)
      throws IOException {
    TestSound tone = TestSound.tone(1, hz, amplitude);

    DecodedSound guarded = coded(tone, 1000);
    Path file = folder.resolve("careful.m4a");
    try (StemEncoder encoder =
        StemEncoder.openWith(SoundFormat.AAC.carefulOptions(), file, SoundFormat.AAC)) {
      encoder.write(tone.left(), tone.right(), tone.samples());
      encoder.finish();
    }

    double careful = DecodedSound.of(file).differenceDb(tone);
    assertThat(guarded.differenceDb(tone)).isLessThan(careful + 1);
    assertThat(carefulPackets).isGreaterThan(40);
  }

  @Test
  void whereTheEncodersTakeTurnsThereIsNoClick() throws IOException {
    TestSound soft = TestSound.tone(0.5, 100, 0.1);
    TestSound sound = soft.then(TestSound.tone(0.5, 100, 0.7)).then(soft);
    TestSound twice = sound.then(sound);

    DecodedSound decoded = coded(twice, 1000);

    // Steps of the amplitude at zero crossings: the sound itself has no clicks.
    assertThat(decoded.samples()).isEqualTo(twice.samples());
    assertThat(carefulPackets).isBetween(43L, 90L);
    for (int from = PACKET; from + PACKET <= twice.samples(); from += PACKET) {
      assertThat(noiseDb(decoded, twice, from)).as("from " + from).isLessThan(-45);
    }
  }

  private static double noiseDb(DecodedSound decoded, TestSound sound, int from) {
    double power = 0;
    for (int i = from; i < from + PACKET; i++) {
      power += Math.pow(decoded.left()[i] - sound.left()[i], 2);
    }
    return 10 * Math.log10(power / PACKET);
  }

  @Test
  void soundWithoutLoudTonesIsLeftToTheQuickSearch() throws IOException {
    coded(TestSound.bursts(1, 3), 1000);
    assertThat(carefulPackets).isZero();
    coded(TestSound.tone(1, 100, 0.3), 1000);
    assertThat(carefulPackets).isZero();
  }

  @Test
  void aLoudToneAtTheVeryBeginningAndEndIsCodedWithCare() throws IOException {
    TestSound ends =
        TestSound.tone(0.03, 200, 0.8)
            .then(TestSound.silence(0.7))
            .then(TestSound.tone(0.03, 200, 0.8));

    DecodedSound decoded = coded(ends, 1000);

    assertThat(decoded.samples()).isEqualTo(ends.samples());
    assertThat(carefulPackets).isBetween(4L, 30L);
    assertThat(decoded.differenceDb(ends)).isLessThan(-25);
  }

  @Test
  void theBytesDoNotDependOnHowTheSoundIsHandedOver() throws IOException {
    TestSound sound = TestSound.bursts(0.5, 5).then(TestSound.tone(0.5, 60, 0.7));

    coded(sound, 1000);
    byte[] first = Files.readAllBytes(folder.resolve("guarded.m4a"));
    coded(sound, 7777);

    assertThat(Files.readAllBytes(folder.resolve("guarded.m4a"))).isEqualTo(first);
  }

  private DecodedSound coded(TestSound sound, int block) throws IOException {
    Path file = folder.resolve("guarded.m4a");
    try (StemEncoder encoder = StemEncoder.open(file, SoundFormat.AAC, AudioTags.NONE)) {
      for (int from = 0; from < sound.samples(); from += block) {
        TestSound part = sound.part(from, Math.min(from + block, sound.samples()));
        encoder.write(part.left(), part.right(), part.samples());
      }
      encoder.finish();
      carefulPackets = encoder.carefulPackets();
    }
    return DecodedSound.of(file);
  }
}
