package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.render.CodedPictures;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// The pictures of a job, made beside whatever else the job does: clips are loaded, then every
/// stem's frame, or loop of frames, is drawn and encoded. Thread-safe; the job closes it, which
/// waits for what is still being made.
final class JobPictures implements AutoCloseable {
  private final CompletableFuture<FrameClips> clips;
  private final Map<Stem, CompletableFuture<CodedPictures>> coded = new EnumMap<>(Stem.class);

  /// Begins.
  ///
  /// @param load the clips
  /// @param make what a stem's video shows, encoded
  JobPictures(
      List<Stem> stems,
      Supplier<FrameClips> load,
      BiFunction<FrameClips, Stem, CodedPictures> make,
      Executor pool) {
    clips = CompletableFuture.supplyAsync(load, pool);
    for (Stem stem : stems) {
      coded.put(stem, clips.thenApplyAsync(held -> make.apply(held, stem), pool));
    }
  }

  /// What the frames are drawn from; waits until it is loaded.
  ///
  /// @throws RuntimeException what loading threw
  FrameClips ready() {
    try {
      return clips.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case RuntimeException exception -> exception;
        case Error error -> throw error;
        case null, default -> e;
      };
    }
  }

  /// What a stem's video shows, once it is drawn and encoded.
  CompletableFuture<CodedPictures> of(Stem stem) {
    return Objects.requireNonNull(coded.get(stem), stem.key());
  }

  @Override
  public void close() {
    coded.values().forEach(one -> one.handle((made, failure) -> null).join());
  }
}
