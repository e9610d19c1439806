package dev.stemfleet.worker;

import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.job.KnownModels;
import dev.stemfleet.worker.job.ResidentSeparation;
import dev.stemfleet.worker.job.ResidentSpeech;
import dev.stemfleet.worker.job.SpeechModels;
import dev.stemfleet.worker.job.StemSources;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.place.Takes;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.source.Assets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The parts of a worker between sound and stems. Whoever opened them closes each.
///
/// @param pool encodes stems, and whatever else its threads have time for
record Separating(
    ModelCache models,
    StemStore stems,
    ExecutorService pool,
    KnownModels known,
    ResidentSeparation separation) {
  /// No model is loaded yet.
  ///
  /// @param opened takes what must be closed
  static Separating open(WorkerSettings settings, Clock clock, Opened opened) {
    ModelCache models =
        opened.add(
            new ModelCache(settings.device(), settings.cores(), settings.modelMemory(), clock));
    StemStore stems =
        opened.add(
            StemStore.open(
                settings.cacheFolder().resolve("stems"), settings.stemStoreBytes(), clock));
    ExecutorService pool = opened.add(encoders(settings.cores()));
    KnownModels known = KnownModels.in(List.of(settings.fleet().models()));
    return new Separating(
        models,
        stems,
        pool,
        known,
        new ResidentSeparation(known, models, stems, new Separator(pool)));
  }

  /// Loads and warms a model.
  ModelFacts prepare(String model) {
    return separation.prepare(model);
  }

  /// Stems of music and scripts.
  ///
  /// @param takes of scripts that are not done
  /// @param assets finds recordings of voices
  StemSources sources(SpeechModels speaking, Takes takes, Assets assets) {
    return new StemSources(
        separation, new ResidentSpeech(known, speaking, stems, takes, assets, pool));
  }

  private static ExecutorService encoders(int cores) {
    return Executors.newFixedThreadPool(
        cores, Thread.ofPlatform().name("stemfleet-encode-", 1).daemon().factory());
  }
}
