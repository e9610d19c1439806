package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestPictures;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StillVideoTest {
  private static final VideoTags TAGS = new VideoTags("Tëst Drums", "An Artist", "made here");
  private static final int AAC_PRIMING = 1024;

  @TempDir Path folder;
  private static StillVideo video;

  @BeforeAll
  static void open() {
    video = StillVideo.open();
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 24, 2",
    "1, 24, 24",
    "10, 24, 240",
    "10, 30, 300",
    "25.3, 24, 608",
    "25.3, 5, 127"
  })
  void theVideoLastsAsLongAsTheSoundAndEveryFrameIsTheSame(
      double seconds, int framesPerSecond, int frames) throws IOException {
    // Given a frame and sound of this length
    Picture frame = TestPictures.busy(192, 108, 1);
    EncodedAudio sound = sound(TestSound.bursts(seconds, 11));
    Path out = folder.resolve("out.mp4");

    VideoFacts facts = video.write(frame, sound, TAGS, framesPerSecond, out, Progress.NONE);

    // Then frames and length are right by our own count and by FFmpeg's, which forgives nothing
    assertThat(facts.frames()).isEqualTo(frames);
    assertThat(facts.seconds()).isCloseTo(seconds, within(1.0 / framesPerSecond));
    assertThat(facts.repeated()).isTrue();
    assertThat(facts.encoder()).isEqualTo(video.encoder());
    assertThat(facts.bytes()).isEqualTo(Files.size(out));
    assertThat(facts.sha256()).isEqualTo(Sha256.ofFile(out));
    List<String> decoded = frameDigests(out);
    assertThat(decoded).hasSize(frames);
    assertThat(new TreeSet<>(decoded)).hasSize(1);
    assertThat(probe(out, "v", "stream=r_frame_rate,nb_frames"))
        .isEqualTo(framesPerSecond + "/1," + frames);
    assertThat(Double.parseDouble(probe(out, "v", "stream=duration")))
        .isCloseTo(seconds, within(1.0 / framesPerSecond));
    assertThat(Double.parseDouble(probe(out, "a", "stream=duration")))
        .isCloseTo(seconds, within(0.5 / TestSound.RATE_HZ));
  }

  @Test
  void theSoundStartsAndEndsAtTheExactSample() throws IOException {
    // Given sound that fills no whole number of packets
    TestSound source = TestSound.bursts(3.217, 4);
    Path out = folder.resolve("out.mp4");

    video.write(TestPictures.busy(64, 64, 1), sound(source), TAGS, 24, out, Progress.NONE);

    // Then what is decoded lies on the source at both ends, and the edit list names its length
    DecodedSound decoded = DecodedSound.of(out, "-map", "0:a");
    assertThat(decoded.offsetAtStart(source)).isZero();
    assertThat(decoded.offsetAtEnd(source)).isZero();
    ByteBuffer edits = Mp4Boxes.of(out).only("edts/elst");
    assertThat(edits.getInt(4)).isEqualTo(1);
    assertThat(edits.getInt(8)).isEqualTo(source.samples());
    assertThat(edits.getInt(12)).isEqualTo(AAC_PRIMING);
  }

  @Test
  void theIndexComesFirstAndNamesWhatThePlayerShouldKnow() throws IOException {
    Path out = folder.resolve("out.mp4");

    video.write(
        TestPictures.busy(64, 64, 1),
        sound(TestSound.tone(12, 440, 0.5)),
        TAGS,
        24,
        out,
        Progress.NONE);

    List<String> top =
        Mp4Boxes.of(out).names().stream().filter(name -> !name.contains("/")).toList();
    assertThat(top).containsExactly("ftyp", "moov", "mdat");
    assertThat(probe(out, "v", "stream=color_range,color_space,color_transfer,color_primaries"))
        .isEqualTo("tv,bt709,bt709,bt709");
    assertThat(probe(out, "v", "stream=codec_name,pix_fmt,has_b_frames"))
        .isEqualTo("h264,0,yuv420p");
    assertThat(probe(out, "v", "format_tags=title,artist,comment"))
        .isEqualTo("Tëst Drums,An Artist,made here");
    // Intra pictures every ten seconds
    String keys = probe(out, "v", "packet=pts_time", "-skip_frame", "nokey");
    assertThat(keys.lines()).hasSize(288);
    ByteBuffer intra = Mp4Boxes.of(out).only("stbl/stss");
    assertThat(intra.getInt(4)).isEqualTo(2);
    assertThat(intra.getInt(8)).isEqualTo(1);
    assertThat(intra.getInt(12)).isEqualTo(241);
  }

  @Test
  void emptyTagsAreLeftOut() throws IOException {
    Path out = folder.resolve("out.mp4");

    video.write(
        TestPictures.busy(64, 64, 1),
        sound(TestSound.tone(0.2, 440, 0.5)),
        new VideoTags("Only a title", "", ""),
        24,
        out,
        Progress.NONE);

    assertThat(probe(out, "v", "format_tags=title,artist,comment")).isEqualTo("Only a title");
  }

  @Test
  void coloursComeBackAsTheyWere() throws IOException {
    // Given eight plain tiles
    int[] colours = {
      0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFF00, 0xFF00FFFF, 0xFFFF00FF, 0xFF336699, 0xFFC08040
    };
    int[] argb = new int[256 * 64];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = colours[i % 256 / 32];
    }
    Path out = folder.resolve("out.mp4");
    video.write(
        new Picture(256, 64, argb),
        sound(TestSound.tone(0.2, 440, 0.5)),
        TAGS,
        24,
        out,
        Progress.NONE);

    // When FFmpeg turns the video into RGB by the tags it finds
    byte[] rgb =
        FfmpegProgram.ffmpeg()
            .run(
                "-v",
                "error",
                "-i",
                out,
                "-frames:v",
                "1",
                "-vf",
                "scale=in_color_matrix=auto:out_range=full:flags=accurate_rnd+full_chroma_int",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-")
            .out();

    // Then the middle of each tile has its colour
    for (int tile = 0; tile < 8; tile++) {
      for (int channel = 0; channel < 3; channel++) {
        int expected = (colours[tile] >> (16 - 8 * channel)) & 0xFF;
        int seen = rgb[3 * (32 * 256 + 32 * tile + 16) + channel] & 0xFF;
        assertThat(seen).as("tile %d channel %d", tile, channel).isCloseTo(expected, within(4));
      }
    }
  }

  static List<VideoCoder> coders() {
    Ffmpeg.ready();
    return VideoCoder.present();
  }

  @ParameterizedTest
  @MethodSource("coders")
  void aBusyPictureKeepsAtLeast45Decibels(VideoCoder coder) {
    Yuv420 picture = Yuv420.of(TestPictures.busy(1280, 720, 7));

    CodedGroup group = VideoEncoder.group(CoderSettings.of(coder, 1280, 720, 24), picture, 1);

    List<byte[]> decoded = new ArrayList<>();
    try (VideoDecoder decoder = new VideoDecoder(group.header())) {
      decoder.decode(group.first(), planes -> decoded.add(planes.packed()));
      decoder.finish(planes -> decoded.add(planes.packed()));
    }
    double squares = 0;
    for (int i = 0; i < picture.luma().length; i++) {
      int difference = (picture.luma()[i] & 0xFF) - (decoded.getFirst()[i] & 0xFF);
      squares += difference * difference;
    }
    double psnr = 10 * Math.log10(255 * 255 * picture.luma().length / squares);
    assertThat(psnr).isGreaterThan(45);
  }

  @Test
  void whereTheTailDoesNotHoldEveryFrameIsEncoded() throws IOException {
    assumeX264();
    // Given an encoder that renews the picture column by column
    StillVideo plain =
        StillVideo.with(
            VideoCoder.X264,
            (width, height, fps) -> SkipTailTest.x264With("intra-refresh=1:keyint=48"));
    Path out = folder.resolve("out.mp4");

    VideoFacts facts =
        plain.write(
            TestPictures.busy(160, 90, 2),
            sound(TestSound.tone(11, 440, 0.5)),
            TAGS,
            24,
            out,
            Progress.NONE);

    // Then the video has the same length and shows the picture, encoded frame by frame
    assertThat(facts.repeated()).isFalse();
    assertThat(facts.frames()).isEqualTo(264);
    List<String> digests = frameDigests(out);
    assertThat(digests).hasSize(264);
    assertThat(new TreeSet<>(digests)).hasSizeGreaterThan(1);
    assertThat(digests.subList(240, 264)).isEqualTo(digests.subList(0, 24));
  }

  @ParameterizedTest
  @MethodSource("coders")
  void theFallBackWithAnEncoderThatSkipsGivesTheSameFrames(VideoCoder coder) {
    // Given the same picture by tail and frame by frame
    CoderSettings settings = CoderSettings.of(coder, 160, 90, 24);
    Yuv420 picture = Yuv420.of(TestPictures.busy(160, 90, 2));
    CodedGroup repeated =
        SkipTail.make(settings)
            .orElseThrow()
            .behind(VideoEncoder.group(settings, picture, 1))
            .orElseThrow();
    CodedGroup everyFrame = VideoEncoder.group(settings, picture, settings.groupLength());

    assertThat(everyFrame.samples()).hasSameSizeAs(repeated.samples());
    assertThat(everyFrame.first()).isEqualTo(repeated.first());
    assertThat(everyFrame.header()).isEqualTo(repeated.header());
  }

  @Test
  void severalThreadsWriteVideosOfTheirOwnAtOnce() throws Exception {
    EncodedAudio sound = sound(TestSound.tone(2, 440, 0.5));
    List<Callable<VideoFacts>> work = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Picture frame = TestPictures.busy(128, 72, i % 3);
      Path out = folder.resolve("out-" + i + ".mp4");
      work.add(() -> video.write(frame, sound, TAGS, 24, out, Progress.NONE));
    }

    List<String> digests = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<VideoFacts> facts : threads.invokeAll(work)) {
        digests.add(facts.get().sha256());
      }
    }

    // The same input gives the same bytes, another picture others
    assertThat(digests.subList(3, 6)).isEqualTo(digests.subList(0, 3));
    assertThat(Set.copyOf(digests)).hasSize(3);
  }

  @Test
  void progressRisesToOneAndMayEndTheWork() throws IOException {
    EncodedAudio sound = sound(TestSound.tone(5, 440, 0.5));
    Picture frame = TestPictures.busy(64, 64, 1);
    List<Double> seen = Collections.synchronizedList(new ArrayList<>());
    Path out = folder.resolve("out.mp4");

    video.write(frame, sound, TAGS, 24, out, seen::add);

    assertThat(seen).isSorted().hasSizeGreaterThan(3).endsWith(1.0);
    Path cancelled = folder.resolve("cancelled.mp4");
    assertThatThrownBy(
            () ->
                video.write(
                    frame,
                    sound,
                    TAGS,
                    24,
                    cancelled,
                    fraction -> {
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");
    assertThat(cancelled).doesNotExist();
  }

  @Test
  void aFullDiskAndAMissingFolderAreFailuresThatNameTheFile() throws IOException {
    EncodedAudio sound = sound(TestSound.tone(1, 440, 0.5));
    Picture frame = TestPictures.busy(64, 64, 1);
    Path nowhere = folder.resolve("missing/out.mp4");

    assertThatThrownBy(() -> video.write(frame, sound, TAGS, 24, nowhere, Progress.NONE))
        .hasMessageContaining(nowhere.toString())
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.OUTPUT_UNWRITABLE);
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    Path out = Files.createSymbolicLink(folder.resolve("full.mp4"), full);
    assertThatThrownBy(() -> video.write(frame, sound, TAGS, 24, out, Progress.NONE))
        .hasMessageContaining(out.toString())
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.DISK_FULL);
    assertThat(full).exists();
  }

  @Test
  void soundThatIsNotThereIsAFailureThatNamesIt() {
    Path gone = folder.resolve("gone.m4a");
    EncodedAudio sound = new EncodedAudio(gone, 44_100, 1024, 44_100, 1, "0".repeat(64));
    Path out = folder.resolve("out.mp4");

    assertThatThrownBy(
            () -> video.write(TestPictures.busy(64, 64, 1), sound, TAGS, 24, out, Progress.NONE))
        .hasMessageContaining(gone.toString())
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.SOURCE_UNREACHABLE);
    assertThat(out).doesNotExist();
  }

  /// Options of x264 itself are used, which the LGPL build of FFmpeg lacks.
  private static void assumeX264() {
    Assumptions.assumeTrue(coders().contains(VideoCoder.X264));
  }

  private EncodedAudio sound(TestSound source) throws IOException {
    Path file = source.write(folder.resolve("sound.m4a"), "-c:a", "aac", "-b:a", "192k");
    return new EncodedAudio(
        file,
        TestSound.RATE_HZ,
        AAC_PRIMING,
        source.samples(),
        Files.size(file),
        Sha256.ofFile(file));
  }

  /// The digest of every decoded frame, by a decoder that stops at the first fault.
  private static List<String> frameDigests(Path file) {
    String text =
        FfmpegProgram.ffmpeg()
            .run(
                "-v",
                "error",
                "-xerror",
                "-err_detect",
                "explode",
                "-i",
                file,
                "-map",
                "0:v",
                "-fps_mode",
                "passthrough",
                "-f",
                "framemd5",
                "-")
            .text();
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }

  private static String probe(Path file, String stream, String entries, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("-v", "error", "-select_streams", stream));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("-show_entries", entries, "-of", "csv=p=0", file));
    return FfmpegProgram.ffprobe().run(arguments.toArray()).text().strip();
  }
}
