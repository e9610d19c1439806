package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.render.Still;
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
/// stem's frame is drawn and encoded. Thread-safe; the job closes it, which waits for what is still
/// being made.
final class JobPictures implements AutoCloseable {
  private final CompletableFuture<FrameClips> clips;
  private final Map<Stem, CompletableFuture<Still>> stills = new EnumMap<>(Stem.class);

  /// Begins.
  ///
  /// @param load the clips
  /// @param make a stem's frame, encoded
  JobPictures(
      List<Stem> stems,
      Supplier<FrameClips> load,
      BiFunction<FrameClips, Stem, Still> make,
      Executor pool) {
    clips = CompletableFuture.supplyAsync(load, pool);
    for (Stem stem : stems) {
      stills.put(stem, clips.thenApplyAsync(held -> make.apply(held, stem), pool));
    }
  }

  /// What the frames are drawn from; waits until all of them are made.
  ///
  /// @throws RuntimeException what loading, drawing or encoding threw
  FrameClips ready() {
    try {
      stills.values().forEach(CompletableFuture::join);
      return clips.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case RuntimeException exception -> exception;
        case Error error -> throw error;
        case null, default -> e;
      };
    }
  }

  /// A stem's frame.
  Still of(Stem stem) {
    return Objects.requireNonNull(stills.get(stem), stem.key()).join();
  }

  @Override
  public void close() {
    stills.values().forEach(still -> still.handle((made, failure) -> null).join());
  }
}
