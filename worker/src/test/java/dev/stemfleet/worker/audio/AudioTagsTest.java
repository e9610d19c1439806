package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.media.Cover;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.common.media.SoundFile;
import dev.stemfleet.fixture.TestSound;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AudioTagsTest {
  private static final TestSound SOUND = TestSound.bursts(1.5, 31);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"MP3, png", "MP3, jpg", "FLAC, png", "FLAC, jpg"})
  void tagsAndCoverAreThereForPlayersAndForUs(SoundFormat format, String kind) throws IOException {
    Cover cover = cover(kind);

    Path file = write(format, tags(cover));

    SoundFile ours = SoundFile.probe(file);
    assertThat(ours.tags().title()).isEqualTo("Nächte 🎧 Drums");
    assertThat(ours.tags().artist()).isEqualTo("Ana & Bo");
    assertThat(ours.tags().genre()).isEqualTo("House");
    assertThat(ours.tags().bpm()).isEqualTo("128");
    assertThat(ours.tags().key()).isEqualTo("F#m");
    assertThat(ours.cover()).isNotNull();
    assertThat(ours.cover().mediaType()).isEqualTo(cover.mediaType());
    assertThat(ours.cover().bytes()).isEqualTo(cover.bytes());
    assertThat(probed(file))
        .contains("Nächte 🎧 Drums", "TAG:album=Friday", "attached_pic=1", "width=60")
        .contains("128", "F#m");
    assertThat(Decoded.of(file).sound().samples()).isEqualTo(SOUND.samples());
  }

  @Test
  void wavHasTitleArtistAlbumAndGenre() throws IOException {
    assertThat(probed(write(SoundFormat.WAV, tags(cover("png")))))
        .contains("Nächte 🎧 Drums", "artist=Ana & Bo", "album=Friday", "genre=House")
        .contains("pcm_s24le");
  }

  @ParameterizedTest
  @EnumSource(
      value = SoundFormat.class,
      names = {"MP3", "FLAC"})
  void aDamagedOrUnknownCoverIsLeftOut(SoundFormat format) throws IOException {
    byte[] half = Arrays.copyOf(cover("png").bytes(), 12);

    for (Cover cover : new Cover[] {new Cover(half, "image/png"), new Cover(half, "image/webp")}) {
      SoundFile ours = SoundFile.probe(write(format, tags(cover)));
      assertThat(ours.cover()).isNull();
      assertThat(ours.tags().artist()).isEqualTo("Ana & Bo");
    }
  }

  private static AudioTags tags(Cover cover) {
    return new AudioTags("Nächte 🎧 Drums", "Ana & Bo", "Friday", "House", "128", "F#m", cover);
  }

  private static Cover cover(String kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB), kind, bytes);
    return new Cover(bytes.toByteArray(), kind.equals("png") ? "image/png" : "image/jpeg");
  }

  private Path write(SoundFormat format, AudioTags tags) {
    Path file = folder.resolve("product." + format.extension());
    return StemEncoderTest.write(file, SOUND, format, tags).file();
  }

  private static String probed(Path file) {
    return FfmpegProgram.ffprobe().run("-v", "error", "-show_format", "-show_streams", file).text();
  }
}
