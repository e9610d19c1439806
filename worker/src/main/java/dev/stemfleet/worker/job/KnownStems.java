package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.separation.StemSink;
import dev.stemfleet.worker.separation.StemStore;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/// Stems that somebody else separated, on their way into the store: from here on they go the way of
/// a job's own, and the jobs of their track find them. Thread-safe.
public final class KnownStems {
  private final StemStore store;

  public KnownStems(StemStore store) {
    this.store = store;
  }

  /// Gives the stems their gain, checks and encodes them, unless the store has them.
  ///
  /// @param job one of the track's; another that asks for the same stems finds the same
  /// @param model that made them
  /// @param measured of the mix
  /// @param samples writes all of them, and may be asked to do so again
  /// @throws dev.stemfleet.common.failure.JobException as a job that separates
  public void keep(
      Job job, ModelSpec model, TrackMeasurement measured, Consumer<StemSink> samples) {
    Set<Stem> stems = EnumSet.copyOf(job.channel().stems());
    Set<Product> products = EnumSet.copyOf(job.products());
    products.remove(Product.VIDEO);
    String key = TrackStems.key(job, model, stems, products);
    store
        .holdOrMake(
            key,
            folder ->
                new StemMaking(
                        folder,
                        stems,
                        products,
                        job.channel().loudness(),
                        measured,
                        samples::accept)
                    .make())
        .close();
  }

  /// The form in which sound goes into videos.
  public static SoundFormat soundOfVideos() {
    return StemEncodings.FOR_VIDEO;
  }
}
