package dev.stemfleet.common.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.TestSound;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundFileTest {
  private static final TestSound SOUND = TestSound.bursts(2, 7);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.wav, pcm_s16le, 44100",
    "a.flac, flac, 44100",
    "a.mp3, mp3, 44100",
    "a.ogg, vorbis, 44100",
    "a.m4a, aac, 44100",
    "a.opus, opus, 48000"
  })
  void everyFormatIsProbed(String name, String codec, int rate) {
    SoundFile found = SoundFile.probe(SOUND.write(folder.resolve(name)));

    assertThat(found.codec()).isEqualTo(codec);
    assertThat(found.sampleRateHz()).isEqualTo(rate);
    assertThat(found.channels()).isEqualTo(2);
    assertThat(found.durationSeconds()).isCloseTo(2.0, within(0.05));
    assertThat(found.cover()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.mp3", "a.flac", "a.ogg", "a.m4a", "a.opus"})
  void titleArtistAndGenreAreReadAsTheyStand(String name) {
    Path file = folder.resolve(name);
    SOUND.write(
        file,
        "-metadata",
        "title=Grüße 🎧 (Mix)",
        "-metadata",
        "artist=Ana & Bo",
        "-metadata",
        "genre=House");

    SoundTags tags = SoundFile.probe(file).tags();

    assertThat(tags.title()).isEqualTo("Grüße 🎧 (Mix)");
    assertThat(tags.artist()).isEqualTo("Ana & Bo");
    assertThat(tags.genre()).isEqualTo("House");
    assertThat(tags.bpm()).isNull();
    assertThat(tags.key()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"a.mp3, TBPM, TKEY", "a.flac, BPM, INITIALKEY", "a.ogg, bpm, key"})
  void tempoAndKeyAreReadUnderTheNamesThatFormatsUse(String name, String bpm, String key) {
    Path file =
        SOUND.write(folder.resolve(name), "-metadata", bpm + "=128.5", "-metadata", key + "=F#m");

    SoundTags tags = SoundFile.probe(file).tags();

    assertThat(tags.bpm()).isEqualTo("128.5");
    assertThat(tags.key()).isEqualTo("F#m");
  }

  @ParameterizedTest
  @CsvSource({"a.mp3, jpg, image/jpeg", "a.flac, png, image/png", "a.m4a, jpg, image/jpeg"})
  void theCoverComesOutByteForByte(String name, String kind, String mediaType) throws IOException {
    Path picture = folder.resolve("cover." + kind);
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), kind, picture.toFile());
    Path file = SOUND.write(folder.resolve(name), picture);

    Cover cover = SoundFile.probe(file).cover();

    assertThat(cover).isNotNull();
    assertThat(cover.mediaType()).isEqualTo(mediaType);
    assertThat(cover.bytes()).isEqualTo(Files.readAllBytes(picture));
  }

  @Test
  void aSmallFileThatStandsForDaysOfSoundIsRefusedBeforeItIsDecoded() throws IOException {
    // Given 50 kB at one sample a second
    Path file = folder.resolve("days.wav");
    Files.write(file, wavHeader(1, 1, 50_000));

    assertThatThrownBy(() -> SoundFile.probe(file))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("days.wav: 14 hours of sound; at most 12");
  }

  @Test
  void aFileWithMoreChannelsThanAnybodyHasIsRefused() throws IOException {
    Path file = folder.resolve("many.wav");
    Files.write(file, wavHeader(1000, 44_100, 100_000));

    assertThatThrownBy(() -> SoundFile.probe(file)).isInstanceOf(JobException.class);
  }

  /// 8-bit silence with its header.
  private static byte[] wavHeader(int channels, int rate, int bytes) {
    ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * channels);
    wav.putShort((short) channels).putShort((short) 8);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    return wav.array();
  }

  @Test
  void aDamagedCoverDoesNotSpoilTheSound() throws IOException {
    Path picture = folder.resolve("cover.jpg");
    ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "jpg", picture.toFile());
    byte[] bytes = Files.readAllBytes(SOUND.write(folder.resolve("a.mp3"), picture));
    // The picture's frame lies near the beginning of the file, well before the sound.
    for (int i = 900; i < 1200; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Path file = Files.write(folder.resolve("damaged-cover.mp3"), bytes);

    assertThat(SoundFile.probe(file).codec()).isEqualTo("mp3");
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    assertRefused(folder.resolve("nowhere.mp3"), FailureCode.SOURCE_MISSING);
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    assertRefused(Files.createFile(folder.resolve("empty.mp3")), FailureCode.SOUND_UNREADABLE);
  }

  @Test
  void aFolderIsRefused() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("x.mp3")), FailureCode.SOUND_UNREADABLE);
  }

  @Test
  void textThatCallsItselfMp3IsRefused() throws IOException {
    String text = "This is no sound at all.\n".repeat(500);

    assertRefused(
        Files.writeString(folder.resolve("text.mp3"), text), FailureCode.SOUND_UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "wav", "flac", "m4a", "ogg"})
  void noiseOfBytesIsRefusedWhateverItsName(String end) throws IOException {
    byte[] bytes = new byte[20_000];
    new java.util.Random(3).nextBytes(bytes);

    assertRefused(Files.write(folder.resolve("noise." + end), bytes), FailureCode.SOUND_UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void aVideoWithoutSoundIsRefused(String end) {
    Path video = folder.resolve("silent." + end);
    FfmpegProgram.ffmpeg()
        .run("-v", "error", "-f", "lavfi", "-i", "color=s=64x64:d=1", "-c:v", "mpeg4", video);

    assertRefused(video, FailureCode.SOUND_UNREADABLE);
  }

  @Test
  void aVideoWithSoundIsAsGoodAsItsSound() {
    Path sound = SOUND.write(folder.resolve("a.m4a"));
    Path video = folder.resolve("video.mp4");
    FfmpegProgram.ffmpeg()
        .run("-v", "error", "-f", "lavfi", "-i", "color=s=64x64:d=2", "-i", sound, video);

    assertThat(SoundFile.probe(video).codec()).isEqualTo("aac");
  }

  @Test
  void aListOfOtherFilesIsNotFollowed() throws IOException {
    Path sound = SOUND.write(folder.resolve("a.mp3"));
    String list = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + sound + "\n#EXT-X-ENDLIST\n";
    Path playlist = Files.writeString(folder.resolve("list.m3u8"), list);
    Path script =
        Files.writeString(folder.resolve("list.ffconcat"), "ffconcat version 1.0\nfile a.mp3\n");

    assertRefused(playlist, FailureCode.SOUND_UNREADABLE);
    assertRefused(script, FailureCode.SOUND_UNREADABLE);
  }

  @Test
  void aNameThatLooksLikeAProtocolIsStillAFile() throws IOException {
    Path file =
        Files.copy(SOUND.write(folder.resolve("a.mp3")), folder.resolve("concat:a|b ü.mp3"));

    assertThat(SoundFile.probe(file).codec()).isEqualTo("mp3");
  }

  private static void assertRefused(Path file, FailureCode code) {
    assertThatThrownBy(() -> SoundFile.probe(file))
        .isInstanceOfSatisfying(
            JobException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
            });
  }
}
