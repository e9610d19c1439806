package dev.stemfleet.worker.job;

import static dev.stemfleet.fixture.TestPictures.plain;
import static dev.stemfleet.fixture.TestPictures.png;
import static dev.stemfleet.fixture.TestPictures.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Layout;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.fixture.Jobs;
import dev.stemfleet.fixture.TestLoops;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.clip.ClipKind;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoadCounts;
import dev.stemfleet.worker.render.StillVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pictures of a job whose channel has a loop as background, through all rooms that make them.
class AnimatedBackgroundTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final int COVER = 0xFF30A060;
  private static int tests;
  private static final List<Stem> STEMS = List.of(Stem.DRUMS, Stem.BASS);

  // Opening takes hundreds of megabytes: all tests share one.
  private static ClipCaches clips;
  private static ExecutorService pool;
  private static volatile Path assets;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    clips =
        ClipCaches.open(
            CacheBudgets.forVideosUpTo(WIDTH, HEIGHT), asset -> assets.resolve(asset.name()));
    pool = Executors.newFixedThreadPool(2);
  }

  @AfterAll
  static void close() {
    pool.close();
    clips.close();
  }

  @BeforeEach
  void folder() throws IOException {
    assets = Files.createDirectories(folder.resolve("assets"));
    tests++;
  }

  @Test
  void everyStemsVideoShowsTheLoopBehindCoverAndIcon() throws IOException {
    // Given a loop of a second at 30 pictures a second, and 2.5 s of sound at 24 frames a second
    TestLoops.bar(assets.resolve("loop.mp4"), 1, 30);
    Job job = job(look("loop.mp4"));
    TestSound sound = TestSound.tone(2.5, 440, 0.5);
    LoadCounts counts = new LoadCounts();

    List<Path> videos = make(job, sound, counts);

    // Then the bar moves behind cover and icon, and every second is the first one bit for bit
    assertThat(videos).hasSize(2);
    for (Path video : videos) {
      List<byte[]> frames = frames(video);
      assertThat(frames).hasSize(60);
      for (int i = 0; i < frames.size(); i++) {
        assertFrame(frames.get(i), i % 24);
        assertThat(frames.get(i)).as("frame %d", i).isEqualTo(frames.get(i % 24));
      }
    }
    // The first picture, and one run for each stem
    assertThat(counts.loads(ClipKind.BACKGROUND)).isEqualTo(1 + STEMS.size());
    assertThat(counts.loads(ClipKind.THUMBNAIL)).isEqualTo(1);
  }

  @Test
  void theNextJobWithTheSamePicturesLoadsAndEncodesNothing() throws IOException {
    TestLoops.bar(assets.resolve("loop.mp4"), 1, 24);
    Job job = job(look("loop.mp4"));
    StillVideo writer = StillVideo.open();
    List<Path> first = make(job, writer, TestSound.tone(1.5, 440, 0.5), new LoadCounts());
    LoadCounts counts = new LoadCounts();

    List<Path> second = make(job, writer, TestSound.tone(1.5, 440, 0.5), counts);

    assertThat(counts.totalLoads()).isZero();
    assertThat(second.getFirst()).hasSameBinaryContentAs(first.getFirst());
  }

  @Test
  void aBrokenLoopIsAFailureThatNamesIt() throws IOException {
    TestLoops.bar(assets.resolve("long.mp4"), 21, 5);
    Job tooLong = job(look("long.mp4"));
    byte[] whole = Files.readAllBytes(assets.resolve("long.mp4"));
    Files.write(assets.resolve("half.mp4"), Arrays.copyOf(whole, whole.length / 2));
    Job half = job(look("half.mp4"));

    assertThatThrownBy(() -> videos(StillVideo.open()).clips(tooLong, new LoadCounts()))
        .hasMessageContaining("background: long.mp4: 21.0 s long")
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.ASSET_UNREADABLE);
    assertThatThrownBy(() -> videos(StillVideo.open()).clips(half, new LoadCounts()))
        .hasMessageContaining("background: half.mp4: ");
  }

  @Test
  void aLoopThatChangedWhileTheJobRanIsNotUsed() throws IOException {
    TestLoops.bar(assets.resolve("loop.mp4"), 0.5, 24);
    Job job = job(look("loop.mp4"));
    LoadCounts counts = new LoadCounts();
    FrameClips held = videos(StillVideo.open()).clips(job, counts);

    TestLoops.bar(assets.resolve("loop.mp4"), 1, 24);

    assertThatThrownBy(() -> held.loop().orElseThrow().open())
        .hasMessageContaining("loop.mp4")
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.ASSET_MISSING);
  }

  /// Background left of the cover by columns of the bar, cover in the middle, icon at its corner.
  private static void assertFrame(byte[] frame, int second24th) {
    int expected = (int) ((second24th + 0.25) * 30 / 24) % 20;
    int[] row = IntStream.range(0, WIDTH).map(x -> frame[90 * WIDTH + x] & 0xFF).toArray();
    int place = TestLoops.place(row);
    boolean behindCover = expected >= 4 && expected < 16;
    // The bar touches the cover's edge at places 4 and 15.
    if (!behindCover) {
      assertThat(place).as("frame %d", second24th).isEqualTo(expected);
    } else if (expected > 4 && expected < 15) {
      assertThat(place).as("frame %d", second24th).isEqualTo(-1);
    }
    assertThat(row[160]).isBetween(110, 125);
    assertThat(frame[15 * WIDTH + 305] & 0xFF).as("icon").isLessThan(30);
  }

  private List<Path> make(Job job, TestSound sound, LoadCounts counts) throws IOException {
    return make(job, StillVideo.open(), sound, counts);
  }

  private List<Path> make(Job job, StillVideo writer, TestSound sound, LoadCounts counts)
      throws IOException {
    Videos videos = videos(writer);
    Path out = Files.createTempDirectory(folder, "out");
    EncodedAudio audio = audio(sound);
    Map<Stem, EncodedAudio> stems = new EnumMap<>(Stem.class);
    STEMS.forEach(stem -> stems.put(stem, audio));
    try (JobPictures pictures = videos.pictures(job, counts)) {
      var _ = pictures.ready();
      videos.write(job, pictures, stems, null, new JobOutputs(out), Progress.NONE);
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.toString().endsWith(".mp4")).sorted().toList();
    }
  }

  private Videos videos(StillVideo writer) {
    return new Videos(clips, writer, pool);
  }

  private EncodedAudio audio(TestSound sound) throws IOException {
    Path file = sound.write(folder.resolve("sound.m4a"), "-c:a", "aac", "-b:a", "192k");
    return new EncodedAudio(
        file, TestSound.RATE_HZ, 1024, sound.samples(), Files.size(file), Sha256.ofFile(file));
  }

  private Look look(String background) throws IOException {
    Map<Stem, AssetRef> icons = new EnumMap<>(Stem.class);
    for (Stem stem : STEMS) {
      // Nearly the same black: tests need not know which stem they see.
      byte[] icon = png(plain(20, 20, 0xFF000000 + STEMS.indexOf(stem)));
      icons.put(stem, stored(assets, stem.key() + ".png", icon));
    }
    return new Look(
        WIDTH,
        HEIGHT,
        24,
        Layout.LANDSCAPE,
        null,
        new AssetRef(background, Sha256.ofFile(assets.resolve(background))),
        stored(assets, "mark.png", png(plain(50, 20, 0xFF2040FF))),
        icons);
  }

  private Job job(Look look) {
    Job job = Jobs.job("friday", "main");
    Track track = job.track();
    AssetRef cover = stored(assets, "cover.png", png(plain(180, 180, COVER + tests)));
    Track covered =
        new Track(
            track.id(),
            track.source(),
            track.sha256(),
            track.bytes(),
            track.seconds(),
            track.title(),
            track.artist(),
            track.bpm(),
            track.key(),
            track.genre(),
            cover,
            track.trim());
    Channel channel = job.channel();
    Channel animated =
        new Channel(
            channel.key(),
            channel.label(),
            channel.aliases(),
            STEMS,
            look,
            channel.keyInNames(),
            channel.loudness(),
            channel.publishing());
    return new Job(
        job.schema(),
        job.jobId(),
        job.batch(),
        job.run(),
        job.submittedAt(),
        covered,
        animated,
        job.model(),
        job.products(),
        job.publishAt(),
        job.directory(),
        job.warnings());
  }

  /// The luma of every frame.
  private static List<byte[]> frames(Path file) {
    byte[] all =
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
                "rawvideo",
                "-pix_fmt",
                "gray",
                "-")
            .out();
    int size = WIDTH * HEIGHT;
    return IntStream.range(0, all.length / size)
        .mapToObj(i -> Arrays.copyOfRange(all, i * size, (i + 1) * size))
        .toList();
  }
}
