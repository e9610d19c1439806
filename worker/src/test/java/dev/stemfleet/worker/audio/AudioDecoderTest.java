package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioDecoderTest {
  /// No multiple of any codec's frame, so that padding at the end would show.
  private static final TestSound SOUND = TestSound.bursts(3.01, 11);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.wav, -70",
    "a.flac, -70",
    "a.mp3, -30",
    "a.m4a, -30",
    "a.opus, -20",
    "a.mka, -70",
  })
  void everyFormatDecodesToItsExactLengthAndPlace(String name, double atMostDb) {
    Object[] options = name.endsWith("mka") ? new Object[] {"-c:a", "flac"} : rate(name);

    Decoded decoded = Decoded.of(SOUND.write(folder.resolve(name), options));

    assertThat(decoded.warnings()).isEmpty();
    assertSame(decoded.sound(), SOUND, atMostDb);
  }

  private static Object[] rate(String name) {
    return name.endsWith("wav") || name.endsWith("flac")
        ? new Object[0]
        : new Object[] {"-b:a", "256k"};
  }

  @Test
  void vorbisDecodesToItsExactLengthAndPlace() {
    // FFmpeg's Vorbis encoder rounds the length it declares up to a short block of 128.
    TestSound whole = SOUND.part(0, 1024 * 128);

    assertSame(Decoded.of(whole.write(folder.resolve("a.ogg"))).sound(), whole, -15);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 22_050, 32_000, 48_000, 96_000, 192_000})
  void everyRateBecomes44100(int rateHz) {
    Path file = folder.resolve("a.wav");
    SOUND.write(file, "-ar", rateHz, "-c:a", "pcm_f32le");

    DecodedSound decoded = Decoded.of(file).sound();

    assertThat(decoded.samples()).isCloseTo(SOUND.samples(), within(44_100 / rateHz + 1));
    assertThat(decoded.offsetAtStart(SOUND)).isZero();
    assertThat(decoded.offsetAtEnd(SOUND)).isZero();
    assertThat(decoded.differenceDb(SOUND)).isLessThan(-30);
  }

  @Test
  void aResampledLengthIsTheRoundedOne() {
    Path file = folder.resolve("a.wav");
    SOUND.part(0, 10_000).write(file, "-af", "asetrate=48000", "-ar", 48_000);

    assertThat(Decoded.of(file).sound().samples())
        .isEqualTo((int) Math.round(10_000 * 441 / 480.0));
  }

  @Test
  void monoIsDoubledAtFullLevel() {
    Path file = folder.resolve("mono.wav");
    SOUND.write(file, "-af", "pan=mono|c0=c0", "-c:a", "pcm_f32le");

    DecodedSound decoded = Decoded.of(file).sound();

    assertThat(decoded.left()).isEqualTo(SOUND.left());
    assertThat(decoded.right()).isEqualTo(SOUND.left());
  }

  @Test
  void fiveChannelsAndABassAreMixedDownByTheStandardWeights() {
    Path file = folder.resolve("5.1.wav");
    String channels = "pan=5.1|FL=c0|FR=c1|FC=0.5*c0|LFE=c1|BL=0.25*c1|BR=0.5*c1";
    SOUND.write(file, "-af", channels, "-c:a", "pcm_f32le");

    DecodedSound decoded = Decoded.of(file).sound();

    double weight = Math.sqrt(0.5);
    for (int i = 0; i < SOUND.samples(); i += 97) {
      double left = SOUND.left()[i] * (1 + 0.5 * weight) + SOUND.right()[i] * 0.25 * weight;
      double right = SOUND.right()[i] * (1 + 0.5 * weight) + SOUND.left()[i] * 0.5 * weight;
      assertThat((double) decoded.left()[i]).isCloseTo(left, within(1e-5));
      assertThat((double) decoded.right()[i]).isCloseTo(right, within(1e-5));
    }
  }

  @Test
  void aTrimIsExactToTheSample() {
    Path file = SOUND.write(folder.resolve("a.mp3"), "-b:a", "192k");
    DecodedSound whole = Decoded.of(file).sound();

    DecodedSound part = Decoded.of(file, new Trim(0.5, 2.25)).sound();

    assertThat(part.left()).isEqualTo(Arrays.copyOfRange(whole.left(), 22_050, 99_225));
    assertThat(part.right()).isEqualTo(Arrays.copyOfRange(whole.right(), 22_050, 99_225));
  }

  @Test
  void aTrimBehindTheEndIsRefusedAndOneAcrossItGivesAWarning() {
    Path file = SOUND.write(folder.resolve("a.flac"));

    assertThatThrownBy(() -> Decoded.of(file, new Trim(4, null)))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("trim.startSeconds");
    Decoded across = Decoded.of(file, new Trim(1, 9.0));
    assertThat(across.sound().samples()).isEqualTo(SOUND.samples() - 44_100);
    assertThat(across.warnings()).singleElement().asString().contains("trim.endSeconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.mp3", "a.flac", "a.wav"})
  void aTruncatedFileGivesWhatDecodesAndAWarning(String name) throws IOException {
    Path file = cut(SOUND.write(folder.resolve(name)), 0.6);

    Decoded decoded = Decoded.of(file);

    assertThat(decoded.sound().samples()).isBetween(70_000, 90_000);
    assertThat(decoded.sound().offsetAtStart(SOUND)).isZero();
    assertThat(decoded.warnings()).singleElement().asString().contains(name).contains("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.ogg", "a.opus"})
  void aTruncatedOggGivesItsWholePagesAndAWarning(String name) throws IOException {
    Decoded decoded = Decoded.of(cut(SOUND.write(folder.resolve(name)), 0.8));

    assertThat(decoded.sound().samples()).isBetween(80_000, 100_000);
    assertThat(decoded.warnings()).singleElement().asString().contains(name).contains("damaged");
  }

  @Test
  void aTruncatedM4aWithItsIndexInFrontGivesWhatDecodes() throws IOException {
    Path whole = SOUND.write(folder.resolve("a.m4a"), "-movflags", "+faststart");

    Decoded decoded = Decoded.of(cut(whole, 0.6));

    assertThat(decoded.sound().samples()).isGreaterThan(60_000);
    assertThat(decoded.warnings()).hasSize(1);
  }

  @Test
  void lessThanASecondOfATruncatedFileIsRefused() throws IOException {
    Path file = cut(SOUND.write(folder.resolve("a.mp3")), 0.2);

    assertThatThrownBy(() -> Decoded.of(file))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SOUND_UNREADABLE))
        .hasMessageContaining("a.mp3")
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.wav", "a.mp3", "a.m4a", "a.flac", "a.opus"})
  void aWholeFileMayBeAsShortAsItLikes(String name) {
    TestSound blip = SOUND.part(0, 2205);

    Decoded decoded = Decoded.of(blip.write(folder.resolve(name)));

    assertThat(decoded.sound().samples()).isEqualTo(2205);
    assertThat(decoded.warnings()).isEmpty();
  }

  @Test
  void damageInTheMiddleIsSurvivedWithAWarning() throws IOException {
    byte[] bytes = Files.readAllBytes(SOUND.write(folder.resolve("a.flac")));
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 3000, (byte) 0);
    Path file = Files.write(folder.resolve("hole.flac"), bytes);

    Decoded decoded = Decoded.of(file);

    assertThat(decoded.sound().samples()).isGreaterThan(100_000);
    assertThat(decoded.warnings()).singleElement().asString().contains("damaged");
  }

  @Test
  void aFormatThatChangesOnTheWayStaysOneSound() throws IOException {
    Path stereo = SOUND.write(folder.resolve("a.mp3"), "-write_xing", "0", "-id3v2_version", "0");
    Path mono = folder.resolve("b.mp3");
    SOUND.write(mono, "-ac", 1, "-ar", 22_050, "-write_xing", "0", "-id3v2_version", "0");
    Path both = Files.copy(stereo, folder.resolve("both.mp3"));
    Files.write(both, Files.readAllBytes(mono), java.nio.file.StandardOpenOption.APPEND);

    DecodedSound decoded = Decoded.of(both).sound();

    assertThat(decoded.samples()).isCloseTo(2 * SOUND.samples(), within(8_000));
    int last = decoded.samples() - 20_000;
    assertThat(decoded.left()[last]).isEqualTo(decoded.right()[last]);
  }

  @Test
  void valuesThatAreNoSoundAreMadeSilentWithAWarning() {
    TestSound broken = SOUND.part(0, SOUND.samples());
    broken.left()[5_000] = Float.NaN;
    broken.right()[6_000] = Float.POSITIVE_INFINITY;

    Decoded decoded = Decoded.of(broken.writeWav(folder.resolve("nan.wav")));

    assertThat(decoded.sound().left()[5_000]).isZero();
    assertThat(decoded.sound().right()[6_000]).isZero();
    assertThat(decoded.sound().left()[5_001]).isEqualTo(SOUND.left()[5_001]);
    assertThat(decoded.warnings()).hasSize(1);
  }

  private static void assertSame(DecodedSound decoded, TestSound source, double atMostDb) {
    assertThat(decoded.samples()).isEqualTo(source.samples());
    assertThat(decoded.offsetAtStart(source)).isZero();
    assertThat(decoded.offsetAtEnd(source)).isZero();
    assertThat(decoded.differenceDb(source)).isLessThan(atMostDb);
  }

  private static Path cut(Path file, double part) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
  }
}
