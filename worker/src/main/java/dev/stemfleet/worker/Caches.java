package dev.stemfleet.worker;

import dev.stemfleet.common.message.Event.CacheState;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.speech.Voices;
import java.util.ArrayList;
import java.util.List;

/// All caches of a worker, for whoever tells about them. Closed by whoever opened each.
record Caches(ModelCache models, ClipCaches clips, StemStore stems, Voices voices) {
  /// Each in figures, since the worker's start.
  List<CacheState> states() {
    List<CacheState> states = new ArrayList<>();
    ModelCache.Counts model = models.counts();
    states.add(
        new CacheState(
            "model",
            model.hits(),
            model.misses(),
            model.evictions(),
            models.facts().size(),
            models.bytes()));
    clips
        .statistics()
        .forEach(
            cache ->
                states.add(
                    new CacheState(
                        cache.kind().key(),
                        cache.hits(),
                        cache.misses(),
                        cache.evictions(),
                        cache.entries(),
                        cache.bytes())));
    StemStore.Counts stem = stems.counts();
    states.add(
        new CacheState(
            "stems", stem.hits(), stem.misses(), stem.evicted(), stem.entries(), stem.bytes()));
    Voices.Counts voice = voices.counts();
    states.add(
        new CacheState(
            "voices",
            voice.hits(),
            voice.misses(),
            voice.thrownOut(),
            voice.entries(),
            voice.bytes()));
    return states;
  }

  /// The models that are resident, the last used first.
  List<ModelFacts> residents() {
    return models.facts();
  }
}
