package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Cover;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.common.media.SoundFile;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TaggedCopyTest {
  private static final String EMOJI = "Hoşça kal 🎧🏳️‍🌈";
  private static final String RIGHT_TO_LEFT = "שלום العالم";

  @TempDir Path folder;

  /// Lengths around an MP3 frame (1152), a FLAC block (4608) and odd ones; 1 and 4609 make LAME end
  /// with a packet of nothing but padding.
  static Stream<Arguments> formatsAndLengths() {
    return Stream.of(SoundFormat.MP3, SoundFormat.FLAC, SoundFormat.WAV)
        .flatMap(
            format ->
                Stream.of(1, 1151, 1152, 4609, 44_100, 100_003)
                    .map(samples -> Arguments.of(format, samples)));
  }

  @ParameterizedTest
  @MethodSource("formatsAndLengths")
  void theCopyDecodesToExactlyTheSameSamples(SoundFormat format, int samples) throws IOException {
    // Given
    TestSound sound = TestSound.bursts(3, 7).part(0, samples);
    Path untagged = untagged(format, sound);
    String before = Sha256.ofFile(untagged);
    // When
    Path tagged = folder.resolve("tagged." + format.extension());
    TaggedCopy copy =
        TaggedCopy.write(untagged, format, tags("Night", picture("png", 300, 200)), tagged);
    // Then
    DecodedSound expected = DecodedSound.of(untagged);
    DecodedSound actual = DecodedSound.of(tagged);
    assertThat(expected.samples()).isEqualTo(samples);
    assertThat(actual.left()).isEqualTo(expected.left());
    assertThat(actual.right()).isEqualTo(expected.right());
    assertThat(copy.bytes()).isEqualTo(Files.size(tagged)).isGreaterThan(Files.size(untagged));
    assertThat(copy.sha256()).isEqualTo(Sha256.ofFile(tagged)).isNotEqualTo(before);
    assertThat(Sha256.ofFile(untagged)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1151, 1152, 4609, 100_003, 441_001})
  void anMp3KeepsEveryByteFromTheLameHeaderOn(int samples) throws IOException {
    // Given
    Path untagged = untagged(SoundFormat.MP3, TestSound.bursts(samples / 44_100.0, 3));
    byte[] original = Files.readAllBytes(untagged);
    // When
    byte[] copy = Files.readAllBytes(copy(untagged, SoundFormat.MP3, tags("Night", null)));
    // Then
    byte[] sound = Arrays.copyOfRange(original, firstFrame(original), original.length);
    assertThat(sound).startsWith(0xff, 0xfb);
    assertThat(new String(sound, 0, 200, StandardCharsets.ISO_8859_1)).contains("Info", "Lavf");
    assertThat(copy).endsWith(sound).startsWith('I', 'D', '3', 3, 0);
    assertThat(firstFrame(copy)).isEqualTo(copy.length - sound.length);
  }

  @Test
  void aFlacKeepsItsStreamInfoWithLengthAndChecksum() throws IOException {
    // Given
    Path untagged = untagged(SoundFormat.FLAC, TestSound.bursts(1.2345, 3));
    byte[] original = Files.readAllBytes(untagged);
    // When
    byte[] copy = Files.readAllBytes(copy(untagged, SoundFormat.FLAC, tags("Night", null)));
    // Then
    byte[] streamInfo = Arrays.copyOfRange(original, 8, 42);
    assertThat(Arrays.copyOfRange(copy, 8, 42)).isEqualTo(streamInfo);
    assertThat(Arrays.copyOfRange(streamInfo, 18, 34)).isNotEqualTo(new byte[16]);
  }

  @Test
  void aWavKeepsItsFormAndTheWholeOfItsData() throws IOException {
    // Given
    TestSound sound = TestSound.bursts(1.2345, 3);
    Path untagged = untagged(SoundFormat.WAV, sound);
    // When
    Path tagged = copy(untagged, SoundFormat.WAV, tags("Night", null));
    // Then
    String asked = "stream=codec_name,sample_rate,channels,bits_per_sample,duration_ts";
    assertThat(probed(tagged, asked))
        .isEqualTo(probed(untagged, asked))
        .contains("pcm_s24le", "duration_ts=" + sound.samples());
    assertThat(data(tagged)).isEqualTo(data(untagged)).hasSize(sound.samples() * 6);
  }

  @ParameterizedTest
  @EnumSource(names = {"MP3", "FLAC", "WAV"})
  void tagsAndCoverAreReadBack(SoundFormat format) throws IOException {
    // Given
    Cover cover = picture("jpg", 320, 180);
    // When
    Path tagged = copy(untagged(format), format, tags("Night", cover));
    // Then
    assertThat(probed(tagged, "format_tags"))
        .contains("title=Night", "artist=Ada", "album=Songs", "genre=House");
    SoundFile file = SoundFile.probe(tagged);
    assertThat(file.tags().title()).isEqualTo("Night");
    assertThat(file.tags().artist()).isEqualTo("Ada");
    assertThat(file.tags().genre()).isEqualTo("House");
    if (format.takesCover()) {
      assertThat(file.tags().bpm()).isEqualTo("87.5");
      assertThat(file.tags().key()).isEqualTo("F#m");
      assertThat(probed(tagged, "stream=codec_name,width,height:stream_disposition=attached_pic"))
          .contains("codec_name=mjpeg", "width=320", "height=180", "attached_pic=1");
      assertThat(Objects.requireNonNull(file.cover()).bytes()).isEqualTo(cover.bytes());
      assertThat(file.cover().mediaType()).isEqualTo("image/jpeg");
    } else {
      assertThat(file.cover()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MP3", "FLAC", "WAV"})
  void titlesOfAnyScriptAndLengthAreKept(SoundFormat format) throws IOException {
    Path untagged = untagged(format);
    for (String title : new String[] {EMOJI, RIGHT_TO_LEFT, "Ü🎹".repeat(100)}) {
      // When
      Path tagged = copy(untagged, format, tags(title, null));
      // Then
      assertThat(SoundFile.probe(tagged).tags().title()).isEqualTo(title);
      assertThat(probed(tagged, "format_tags=title")).contains("title=" + title);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MP3", "FLAC", "WAV"})
  void aFileWithoutAnyTagsCanBeCopied(SoundFormat format) throws IOException {
    Path untagged = untagged(format);
    // When
    Path tagged = copy(untagged, format, AudioTags.NONE);
    // Then
    assertThat(Files.readAllBytes(tagged)).isEqualTo(Files.readAllBytes(untagged));
  }

  static Stream<Arguments> uselessCovers() throws IOException {
    byte[] png = picture("png", 300, 200).bytes();
    byte[] webp =
        "RIFF\u001a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\u0010\u0007\u0010\u0011\u0011\u0088\u0088\u00fe\u0007\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] tooLarge = Arrays.copyOf(png, 1 << 24);
    return Stream.of(SoundFormat.MP3, SoundFormat.FLAC)
        .flatMap(
            format ->
                Stream.of(
                        new Cover(new byte[0], "image/png"),
                        new Cover("no picture".getBytes(StandardCharsets.UTF_8), "image/jpeg"),
                        new Cover(Arrays.copyOf(png, 12), "image/png"),
                        new Cover(new byte[] {-1, -40, -1}, "image/jpeg"),
                        new Cover(webp, "image/webp"),
                        new Cover(webp, "image/jpeg"),
                        new Cover(tooLarge, "image/png"))
                    .map(cover -> Arguments.of(format, cover)));
  }

  @ParameterizedTest
  @MethodSource("uselessCovers")
  void aCoverThatIsNoneIsLeftOut(SoundFormat format, Cover cover) throws IOException {
    Path untagged = untagged(format);
    // When
    Path tagged = copy(untagged, format, tags("Night", cover));
    // Then
    assertThat(SoundFile.probe(tagged).cover()).isNull();
    assertThat(SoundFile.probe(tagged).tags().title()).isEqualTo("Night");
    assertThat(DecodedSound.of(tagged).left()).isEqualTo(DecodedSound.of(untagged).left());
  }

  @Test
  void aCoverWithAWrongMediaTypeIsTakenForWhatItIs() throws IOException {
    // Given
    Cover cover = new Cover(picture("png", 300, 200).bytes(), "image/jpeg");
    // When
    Path tagged = copy(untagged(SoundFormat.MP3), SoundFormat.MP3, tags("Night", cover));
    // Then
    Cover read = Objects.requireNonNull(SoundFile.probe(tagged).cover());
    assertThat(read.mediaType()).isEqualTo("image/png");
    assertThat(read.bytes()).isEqualTo(cover.bytes());
  }

  @ParameterizedTest
  @EnumSource(names = {"MP3", "FLAC", "WAV"})
  void anUnwritableTargetIsNamed(SoundFormat format) throws IOException {
    Path untagged = untagged(format);
    Path target = folder.resolve("no such folder").resolve("copy." + format.extension());
    // When, Then
    assertThatThrownBy(() -> TaggedCopy.write(untagged, format, AudioTags.NONE, target))
        .isInstanceOf(JobException.class)
        .hasMessageContaining(target.toString())
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.OUTPUT_UNWRITABLE);
  }

  @ParameterizedTest
  @EnumSource(names = {"MP3", "FLAC", "WAV"})
  void anUntaggedFileThatIsGoneIsNamed(SoundFormat format) {
    Path gone = folder.resolve("gone." + format.extension());
    Path target = folder.resolve("copy." + format.extension());
    // When, Then
    assertThatThrownBy(() -> TaggedCopy.write(gone, format, AudioTags.NONE, target))
        .isInstanceOf(JobException.class)
        .hasMessageContaining(gone.toString());
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(names = {"MP3", "FLAC", "WAV"})
  void aFullDiskIsCalledSo(SoundFormat format) throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a Linux device");
    Path untagged = untagged(format);
    // When, Then
    assertThatThrownBy(() -> TaggedCopy.write(untagged, format, AudioTags.NONE, full))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("/dev/full")
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.DISK_FULL);
  }

  private Path untagged(SoundFormat format) {
    return untagged(format, TestSound.bursts(0.5, 11));
  }

  private Path untagged(SoundFormat format, TestSound sound) {
    Path file = folder.resolve("untagged." + format.extension());
    try (StemEncoder encoder = StemEncoder.open(file, format, AudioTags.NONE)) {
      encoder.write(sound.left(), sound.right(), sound.samples());
      encoder.finish();
    }
    return file;
  }

  private Path copy(Path untagged, SoundFormat format, AudioTags tags) {
    Path tagged = folder.resolve("tagged." + format.extension());
    TaggedCopy.write(untagged, format, tags, tagged);
    return tagged;
  }

  private static AudioTags tags(String title, Cover cover) {
    return new AudioTags(title, "Ada", "Songs", "House", "87.5", "F#m", cover);
  }

  private static Cover picture(String kind, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, x * height / width, 0xff8040);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, kind, bytes)).isTrue();
    return new Cover(bytes.toByteArray(), kind.equals("jpg") ? "image/jpeg" : "image/png");
  }

  private static String probed(Path file, String entries) {
    return FfmpegProgram.ffprobe().run("-v", "error", "-show_entries", entries, file).text();
  }

  /// Where the first MPEG frame starts: behind the ID3v2 tag.
  private static int firstFrame(byte[] mp3) {
    return 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9]);
  }

  /// The sound's bytes in a WAV file.
  private static byte[] data(Path wav) {
    return FfmpegProgram.ffmpeg().run("-v", "error", "-i", wav, "-f", "s24le", "-").out();
  }
}
