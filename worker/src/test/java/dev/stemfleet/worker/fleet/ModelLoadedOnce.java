package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Event;

/// No worker process ever loads its model a second time.
final class ModelLoadedOnce implements Guarantee {
  @Override
  public void holdsIn(Evidence evidence) {
    for (Event.Heartbeat beat : evidence.events(Event.Heartbeat.class)) {
      assertThat(beat.caches())
          .as("%s, process %d", beat.worker(), beat.pid())
          .filteredOn(cache -> cache.name().equals("model"))
          .extracting(Event.CacheState::loads)
          .containsExactly(1L);
    }
  }
}
