package dev.stemfleet.worker.clip;

import static dev.stemfleet.fixture.TestPictures.plain;
import static dev.stemfleet.fixture.TestPictures.png;
import static dev.stemfleet.fixture.TestPictures.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Layout;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Tint;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.TestPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipCachesTest {
  private static final Set<Stem> FIVE = EnumSet.range(Stem.ACAPELLA, Stem.INSTRUMENTAL);
  private static final BaseDrawing BACKGROUND_ONLY = (look, background, thumbnail) -> background;
  private static final BaseDrawing THUMBNAIL_ONLY = (look, background, thumbnail) -> thumbnail;

  // Opening takes hundreds of megabytes: all tests share one, each with contents of its own.
  @TempDir private static Path folder;
  private static ClipCaches caches;
  private static int tests;
  private static final Map<String, Integer> located = new ConcurrentHashMap<>();
  private static volatile CountDownLatch underWay = new CountDownLatch(0);

  @BeforeAll
  static void open() {
    caches = ClipCaches.open(CacheBudgets.forVideosUpTo(1920, 1080), ClipCachesTest::locate);
  }

  @AfterAll
  static void close() {
    caches.close();
  }

  @BeforeEach
  void next() {
    tests++;
    located.clear();
  }

  @Test
  void oneTrackForThreeChannelsIsTenLoadsAndTheNextOneIsOne() {
    // Given three channels of one look that differ in their watermarks
    List<Look> channels = List.of(look("main"), look("backup"), look("drums"));
    CacheStatistics before = statistics(ClipKind.WATERMARK);
    LoadCounts cold = new LoadCounts();
    LoadCounts newCover = new LoadCounts();
    LoadCounts sameCover = new LoadCounts();

    // When two tracks with covers of their own and a third with the second's go through all of them
    channels.forEach(look -> hold(look, cover("one"), cold));
    channels.forEach(look -> hold(look, cover("two"), newCover));
    channels.forEach(look -> hold(look, cover("two"), sameCover));

    // Then the first costs ten loads, the second its cover, the third nothing
    assertThat(cold.loads(ClipKind.BACKGROUND)).isEqualTo(1);
    assertThat(cold.loads(ClipKind.THUMBNAIL)).isEqualTo(1);
    assertThat(cold.loads(ClipKind.WATERMARK)).isEqualTo(3);
    assertThat(cold.loads(ClipKind.ICON)).isEqualTo(5);
    assertThat(cold.totalLoads()).isEqualTo(10);
    assertThat(cold.hits(ClipKind.ICON)).isEqualTo(10);
    assertThat(cold.loads(ClipKind.BASE)).isEqualTo(1);
    assertThat(newCover.totalLoads()).isEqualTo(1);
    assertThat(newCover.loads(ClipKind.THUMBNAIL)).isEqualTo(1);
    assertThat(sameCover.totalLoads()).isZero();
    assertThat(sameCover.hits(ClipKind.BASE)).isEqualTo(3);
    CacheStatistics after = statistics(ClipKind.WATERMARK);
    assertThat(after.misses() - before.misses()).isEqualTo(3);
    assertThat(after.hits() - before.hits()).isEqualTo(6);
    assertThat(after.entries() - before.entries()).isEqualTo(3);
    assertThat(statistics(ClipKind.BACKGROUND).bytes()).isGreaterThanOrEqualTo(4L * 1920 * 1080);
  }

  @Test
  void aPortraitChannelLoadsOnlyWhatIsOfAnotherSize() {
    LoadCounts landscape = new LoadCounts();
    LoadCounts portrait = new LoadCounts();
    hold(look("main"), cover("one"), landscape);

    hold(look("tiktok", 1080, 1920, Layout.PORTRAIT), cover("one"), portrait);

    // The thumbnail has 1080x1080 in both, the icons have 120x120 in both
    assertThat(portrait.loads(ClipKind.BACKGROUND)).isEqualTo(1);
    assertThat(portrait.loads(ClipKind.THUMBNAIL)).isZero();
    assertThat(portrait.loads(ClipKind.WATERMARK)).isEqualTo(1);
    assertThat(portrait.loads(ClipKind.ICON)).isZero();
  }

  @Test
  void anotherTintIsAnotherBaseOfTheSameClips() {
    LoadCounts counts = new LoadCounts();
    Look plain = look("main");
    Look tinted =
        new Look(
            plain.width(),
            plain.height(),
            plain.framesPerSecond(),
            plain.layout(),
            new Tint(255, 0, 0, 0.5),
            plain.background(),
            plain.watermark(),
            plain.icons());

    hold(plain, cover("one"), counts);
    hold(tinted, cover("one"), counts);

    assertThat(counts.loads(ClipKind.BASE)).isEqualTo(2);
    assertThat(counts.loads(ClipKind.BACKGROUND)).isEqualTo(1);
    assertThat(counts.loads(ClipKind.THUMBNAIL)).isEqualTo(1);
  }

  @Test
  void whatManyJobsMissAtOnceIsLoadedOnce() throws Exception {
    // Given a reader that waits until all eight jobs are under way
    int jobs = 8;
    underWay = new CountDownLatch(jobs);
    Look look = look("main");
    Cover cover = cover("one");
    List<LoadCounts> counts = new ArrayList<>();
    List<Callable<FrameClips>> work = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      LoadCounts own = new LoadCounts();
      counts.add(own);
      work.add(
          () -> {
            underWay.countDown();
            return hold(look, cover, own);
          });
    }

    // When they all ask for the same clips
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      for (Future<FrameClips> held : threads.invokeAll(work)) {
        assertThat(held.get().icons()).hasSize(5);
      }
    }

    // Then each file was looked up once, and the loads of all jobs add up to one each
    assertThat(located).hasSize(8).allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
    assertThat(counts.stream().mapToInt(LoadCounts::totalLoads).sum()).isEqualTo(8);
    assertThat(counts.stream().mapToInt(own -> own.hits(ClipKind.BASE)).sum()).isEqualTo(jobs - 1);
  }

  @Test
  void wrongBytesUnderANameAreNeverUsed() throws Exception {
    Look look = look("main");
    Files.write(folder.resolve("main.png"), png(plain(10, 10, 0xFFFFFFFF)));

    assertThatThrownBy(() -> hold(look, cover("one"), new LoadCounts()))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("main.png")
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.ASSET_MISSING);
  }

  @Test
  void aMissingAssetIsFoundOnceItIsThere() throws Exception {
    // Given a watermark that is not there yet
    Look look = look("main");
    byte[] bytes = Files.readAllBytes(folder.resolve("main.png"));
    Files.delete(folder.resolve("main.png"));
    assertThatThrownBy(() -> hold(look, cover("one"), new LoadCounts()))
        .hasMessageContaining("main.png: no file");

    // When it arrives
    Files.write(folder.resolve("main.png"), bytes);

    // Then the failure has not been kept
    assertThat(hold(look, cover("one"), new LoadCounts()).watermark().width()).isEqualTo(300);
  }

  @Test
  void aDamagedAssetIsAFailureThatNamesIt() {
    Look good = look("main");
    AssetRef broken = stored(folder, "broken.png", new byte[] {1, 2, 3});
    Look look =
        new Look(1920, 1080, 24, Layout.LANDSCAPE, null, good.background(), broken, good.icons());

    assertThatThrownBy(() -> hold(look, cover("one"), new LoadCounts()))
        .hasMessage("watermark: broken.png is no picture in a known format")
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(FailureCode.ASSET_UNREADABLE);
  }

  @Test
  void aDamagedCoverGivesAPlaceholderAndAWarningForEveryChannel() {
    // Given a cover that is cut off
    byte[] png = png(TestPictures.busy(100, 100, tests));
    byte[] cut = Arrays.copyOf(png, png.length / 2);
    Cover cover = new Cover.Embedded("cover of song.mp3", cut);

    // When two channels of the track ask for it
    LoadCounts first = new LoadCounts();
    LoadCounts second = new LoadCounts();
    FrameClips one = hold(look("main"), cover, first, THUMBNAIL_ONLY);
    FrameClips two = hold(look("backup"), cover, second, THUMBNAIL_ONLY);

    // Then both are warned, and the placeholder was drawn once
    assertThat(one.coverWarning().orElseThrow()).contains("cover of song.mp3 is damaged");
    assertThat(two.coverWarning()).isEqualTo(one.coverWarning());
    assertThat(first.loads(ClipKind.THUMBNAIL)).isEqualTo(1);
    assertThat(second.loads(ClipKind.THUMBNAIL)).isZero();
    assertThat(two.base().argb()).isEqualTo(one.base().argb());
  }

  @Test
  void aTrackWithoutCoverHasAPlaceholderOfItsOwnColours() {
    FrameClips one =
        caches.hold(
            look("main"), new Cover.None(), "track-1", FIVE, THUMBNAIL_ONLY, new LoadCounts());
    FrameClips two =
        caches.hold(
            look("main"), new Cover.None(), "track-2", FIVE, THUMBNAIL_ONLY, new LoadCounts());

    assertThat(one.coverWarning().orElseThrow()).contains("the track has no cover");
    assertThat(one.base().width()).isEqualTo(1080);
    assertThat(two.base().argb()).isNotEqualTo(one.base().argb());
  }

  @Test
  void anEmbeddedCoverIsAGoodAsAFile() {
    FrameClips clips =
        hold(
            look("main"),
            new Cover.Embedded("cover", png(plain(50, 50, 0xFF123456))),
            new LoadCounts(),
            THUMBNAIL_ONLY);

    assertThat(clips.coverWarning()).isEmpty();
    assertThat(clips.base().argb()).containsOnly(0xFF123456);
  }

  @Test
  void moreClipsThanTheBudgetHoldsAreThrownOutAndCounted() {
    LoadCounts counts = new LoadCounts();
    for (int i = 0; i < 20; i++) {
      hold(lookWithBackground(i), cover("one"), counts, BACKGROUND_ONLY);
    }

    CacheStatistics statistics = statistics(ClipKind.BACKGROUND);
    assertThat(statistics.evictions()).isPositive();
    assertThat(statistics.entries()).isBetween(1L, 15L);
    assertThat(statistics.bytes()).isLessThanOrEqualTo(statistics.budgetBytes());
  }

  private FrameClips hold(Look look, Cover cover, LoadCounts counts) {
    return hold(look, cover, counts, BACKGROUND_ONLY);
  }

  private FrameClips hold(Look look, Cover cover, LoadCounts counts, BaseDrawing drawing) {
    return caches.hold(look, cover, "track", FIVE, drawing, counts);
  }

  private CacheStatistics statistics(ClipKind kind) {
    return caches.statistics().stream().filter(s -> s.kind() == kind).findFirst().orElseThrow();
  }

  private static Path locate(AssetRef picture) {
    located.merge(picture.name(), 1, Integer::sum);
    try {
      underWay.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return folder.resolve(picture.name());
  }

  private Cover cover(String name) {
    Picture picture = TestPictures.busy(300, 200, (name + tests).hashCode());
    return new Cover.Stored(stored(folder, name + "-cover.png", png(picture)));
  }

  private Look look(String channel) {
    return look(channel, 1920, 1080, Layout.LANDSCAPE);
  }

  private Look look(String channel, int width, int height, Layout layout) {
    Picture mark = plain(200, 60, 0xFF000000 | (channel + tests).hashCode());
    AssetRef background = stored(folder, "background.png", png(TestPictures.busy(160, 90, tests)));
    Map<Stem, AssetRef> icons = new EnumMap<>(Stem.class);
    for (Stem stem : FIVE) {
      Picture icon = plain(100, 100, 0xFF000000 | (stem.key() + tests).hashCode());
      icons.put(stem, stored(folder, "icon-" + stem.key() + ".png", png(icon)));
    }
    AssetRef watermark = stored(folder, channel + ".png", png(mark));
    return new Look(width, height, 24, layout, null, background, watermark, icons);
  }

  private Look lookWithBackground(int number) {
    Look look = look("main");
    AssetRef background =
        stored(
            folder,
            "background-" + number + ".png",
            png(plain(16, 9, 0xFF000000 | (100 * tests + number))));
    return new Look(
        1920, 1080, 24, Layout.LANDSCAPE, null, background, look.watermark(), look.icons());
  }
}
