package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Result;
import java.util.Map;
import java.util.stream.Collectors;

/// A worker runs its model over a track at most once, however many channels it makes of it.
final class SeparatedOncePerTrackAndWorker implements Guarantee {
  private record TrackOnWorker(String track, String worker) {}

  @Override
  public void holdsIn(Evidence evidence) {
    Map<TrackOnWorker, Integer> separations =
        evidence.answers().values().stream()
            .filter(Result::succeeded)
            .collect(
                Collectors.groupingBy(
                    result -> new TrackOnWorker(result.trackId(), result.worker()),
                    Collectors.summingInt(SeparatedOncePerTrackAndWorker::separations)));
    assertThat(separations).allSatisfy((where, count) -> assertThat(count).isLessThanOrEqualTo(1));
  }

  private static int separations(Result result) {
    CacheCounts counts = result.caches();
    return counts == null ? 0 : counts.separations();
  }
}
