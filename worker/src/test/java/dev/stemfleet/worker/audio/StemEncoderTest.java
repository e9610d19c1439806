package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StemEncoderTest {
  private static final TestSound SOUND = TestSound.bursts(3.01, 21);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"AAC, -30", "MP3, -30", "FLAC, -100", "WAV, -100"})
  void everyFormatKeepsLengthAndPlaceToTheSample(SoundFormat format, double atMostDb)
      throws IOException {
    EncodedAudio encoded = encode(SOUND, format);

    DecodedSound decoded = DecodedSound.of(encoded.file());
    assertThat(decoded.samples()).isEqualTo(SOUND.samples());
    assertThat(decoded.offsetAtStart(SOUND)).isZero();
    assertThat(decoded.offsetAtEnd(SOUND)).isZero();
    assertThat(decoded.differenceDb(SOUND)).isLessThan(atMostDb);
    assertThat(encoded.samples()).isEqualTo(SOUND.samples());
    assertThat(encoded.bytes()).isEqualTo(Files.size(encoded.file()));
    assertThat(encoded.sha256()).isEqualTo(Sha256.ofFile(encoded.file()));
    assertThat(Decoded.of(encoded.file()).sound().samples()).isEqualTo(SOUND.samples());
  }

  @ParameterizedTest
  @ValueSource(ints = {1023, 1024, 1025, 2205, 44_100})
  void anyLengthIsKept(int samples) throws IOException {
    TestSound sound = SOUND.part(0, samples);
    for (SoundFormat format : SoundFormat.values()) {
      EncodedAudio encoded = encode(sound, format);

      assertThat(Decoded.of(encoded.file()).sound().samples()).as(format.name()).isEqualTo(samples);
      assertThat(DecodedSound.of(encoded.file()).samples()).as(format.name()).isEqualTo(samples);
    }
  }

  @ParameterizedTest
  @EnumSource(value = SoundFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "MP3")
  void evenOneSampleIsKept(SoundFormat format) {
    // MP3's header can only leave out a part of the last frame.
    Path file = encode(SOUND.part(0, 1), format).file();

    assertThat(Decoded.of(file).sound().samples()).isEqualTo(1);
  }

  @Test
  void theEditListSkipsThePrimingAndEndsAtTheExactSample() throws IOException {
    EncodedAudio encoded = encode(SOUND, SoundFormat.AAC);

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(encoded.file()));
    int elst = find(bytes, "elst");
    int mvhd = find(bytes, "mvhd");
    assertThat(encoded.primingSamples()).isEqualTo(1024);
    assertThat(bytes.getInt(mvhd + 16)).as("movie time scale").isEqualTo(44_100);
    assertThat(bytes.getInt(elst + 8)).as("number of edits").isEqualTo(1);
    assertThat(bytes.getInt(elst + 12)).as("length").isEqualTo(SOUND.samples());
    assertThat(bytes.getInt(elst + 16)).as("media time").isEqualTo(1024);
  }

  /// Where a box's kind stands.
  private static int find(ByteBuffer bytes, String kind) {
    String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    assertThat(text).containsOnlyOnce(kind);
    return text.indexOf(kind);
  }

  @Test
  void aacIsLowComplexityAndItsPacketsCoverTheSound() throws IOException {
    EncodedAudio encoded = encode(SOUND, SoundFormat.AAC);

    String facts =
        FfmpegProgram.ffprobe()
            .run("-v", "error", "-show_packets", "-show_streams", encoded.file())
            .text();

    assertThat(facts).contains("profile=LC", "sample_rate=44100", "channels=2");
    assertThat(facts).contains("duration_ts=" + SOUND.samples(), "skip_samples=1024");
    int last = (SOUND.samples() - 1) / 1024 * 1024;
    assertThat(facts).contains("pts=" + last + "\n", "duration=" + (SOUND.samples() - last) + "\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = SoundFormat.class,
      names = {"FLAC", "WAV"})
  void losslessMeans24Bits(SoundFormat format) throws IOException {
    DecodedSound decoded = DecodedSound.of(encode(SOUND, format).file());

    for (int i = 0; i < SOUND.samples(); i += 13) {
      float rounded = Math.round(SOUND.left()[i] * 8_388_608f) / 8_388_608f;
      assertThat(decoded.left()[i]).isEqualTo(rounded);
    }
  }

  @Test
  void soundPastFullScaleIsCutAtFullScaleAndDoesNotWrap() throws IOException {
    DecodedSound decoded = DecodedSound.of(encode(SOUND.times(8), SoundFormat.WAV).file());

    for (int i = 0; i < SOUND.samples(); i += 7) {
      float loud = 8 * SOUND.left()[i];
      if (Math.abs(loud) > 1) {
        assertThat(decoded.left()[i] * Math.signum(loud)).isGreaterThan(0.9999f);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void valuesThatAreNoSoundEndTheJob(float value) {
    TestSound broken = SOUND.part(0, 5000);
    broken.right()[4000] = value;

    assertThatThrownBy(() -> encode(broken, SoundFormat.AAC))
        .isInstanceOfSatisfying(
            JobException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SOUND_CHECK_FAILED));
  }

  @Test
  void aFolderThatIsNotThereIsUnwritable() {
    Path file = folder.resolve("nowhere/stem.m4a");

    assertThatThrownBy(() -> StemEncoder.open(file, SoundFormat.AAC, AudioTags.NONE))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE))
        .hasMessageContaining(file.toString());
  }

  @ParameterizedTest
  @EnumSource(SoundFormat.class)
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
  void aFullDiskIsSaidToBeFull(SoundFormat format) {
    Path full = Path.of("/dev/full");

    assertThatThrownBy(() -> write(full, SOUND, format, AudioTags.NONE))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL))
        .hasMessageContaining("/dev/full");
  }

  private EncodedAudio encode(TestSound sound, SoundFormat format) {
    Path file = folder.resolve(format + "." + format.extension());
    return write(file, sound, format, AudioTags.NONE);
  }

  static EncodedAudio write(Path file, TestSound sound, SoundFormat format, AudioTags tags) {
    try (StemEncoder encoder = StemEncoder.open(file, format, tags)) {
      for (int from = 0; from < sound.samples(); from += 1000) {
        TestSound part = sound.part(from, Math.min(from + 1000, sound.samples()));
        encoder.write(part.left(), part.right(), part.samples());
      }
      return encoder.finish();
    }
  }
}
