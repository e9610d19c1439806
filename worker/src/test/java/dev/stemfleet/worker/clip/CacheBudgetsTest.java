package dev.stemfleet.worker.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.fixture.TestPictures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheBudgetsTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void aBudgetBelow128MegabytesIsRefusedByName() {
    long enough = CacheBudgets.SMALLEST;

    assertThatThrownBy(() -> new CacheBudgets(enough, enough, 127 * MEGABYTE, enough, enough))
        .hasMessage("watermark: the cache budget must be at least 134217728 bytes, not 133169152");
  }

  @Test
  void aBudgetBelowEightOfTheLargestClipsIsRefusedByName() {
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(1920, 1080);

    budgets.requireRoomFor(1920, 1080);
    assertThatThrownBy(() -> budgets.requireRoomFor(3840, 2160))
        .hasMessage(
            "background: the cache budget must be at least 265420800 bytes"
                + " (8 pictures of 3840x2160), not 134217728");
  }

  @Test
  void budgetsForLargeVideosGrowWithThem() {
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(3840, 2160);

    budgets.requireRoomFor(3840, 2160);
    assertThat(budgets.icon()).isEqualTo(CacheBudgets.SMALLEST);
  }

  @Test
  void eightOfTheLargestClipsStayAndWhatIsTooLargeDoesNotHurt() {
    // Given the smallest budget
    try (ClipStores stores = ClipStores.open(CacheBudgets.forVideosUpTo(1920, 1080))) {
      ClipStore store = stores.of(ClipKind.BASE);
      LoadCounts counts = new LoadCounts();

      // When eight pictures of 1080p and a larger one are asked for twice
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 8; i++) {
          int colour = i;
          store.get("picture " + i, counts, () -> TestPictures.plain(1920, 1080, colour));
        }
      }
      Picture huge = store.get("huge", counts, () -> TestPictures.plain(4096, 1100, 7));

      // Then the eight were loaded once, and the other was given although it cannot be kept
      assertThat(counts.loads(ClipKind.BASE)).isEqualTo(9);
      assertThat(counts.hits(ClipKind.BASE)).isEqualTo(8);
      assertThat(store.get("picture 3", counts, () -> huge).at(1919, 1079)).isEqualTo(3);
      assertThat(huge.width()).isEqualTo(4096);
    }
  }

  @Test
  void budgetsThatTheJvmMayNotTakeSayWhichOptionIsMissing() {
    long much = 1L << 40;

    assertThatThrownBy(
            () ->
                ClipCaches.open(
                    new CacheBudgets(much, much, much, much, much),
                    picture -> Path.of(picture.name())))
        .hasMessageContaining("-XX:MaxDirectMemorySize=");
  }
}
