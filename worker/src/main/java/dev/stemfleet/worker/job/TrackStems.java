package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Spec;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.SegmentModel;
import dev.stemfleet.worker.separation.SeparationOrder;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemSink;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.separation.TrackLevel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The encoded stems of a track: from the store when it was separated before, else measured,
/// separated and encoded. Used by one thread at a time, the device thread.
final class TrackStems {
  private final StemStore store;
  private final Separator separator;

  TrackStems(StemStore store, Separator separator) {
    this.store = store;
    this.separator = separator;
  }

  /// The stems that a job wants.
  ///
  /// @param spec of the model that the job names
  /// @param models gives it, and is asked only if the stems are not there
  /// @param sound the track's file
  /// @return held; the caller closes it
  StemStore.Held of(
      JobContext context, ModelSpec spec, Supplier<Held<ResidentModel>> models, Path sound) {
    Job job = context.job();
    Set<Stem> stems = EnumSet.copyOf(job.channel().stems());
    Set<Product> products = EnumSet.copyOf(job.products());
    products.remove(Product.VIDEO);
    String key = key(job, spec, stems, products);
    return store.holdOrMake(
        key,
        folder -> {
          Held<ResidentModel> held = models.get();
          SegmentModel model = new ResidentSegments(held.model());
          TrackLevel.Meter level = new TrackLevel.Meter();
          TrackMeasurement measured = measured(context, sound, level);
          SeparationOrder order = new SeparationOrder(stems, measured.samples(), level.level());
          StemStore.Made made =
              new StemMaking(
                      folder,
                      stems,
                      products,
                      job.channel().loudness(),
                      measured,
                      sink -> separate(context, model, sound, order, sink),
                      separator.encoders())
                  .make();
          return StemAudio.by(held.facts(), made);
        });
  }

  private static TrackMeasurement measured(JobContext context, Path sound, TrackLevel.Meter level) {
    return context.run(
        Stage.MEASURE,
        progress -> TrackMeasurement.of(sound, context.job().track().trim(), level::add, progress));
  }

  private void separate(
      JobContext context, SegmentModel model, Path sound, SeparationOrder order, StemSink sink) {
    context.run(
        Stage.SEPARATE,
        progress -> {
          try (AudioDecoder decoder = AudioDecoder.open(sound, context.job().track().trim())) {
            return separator.separate(decoder::read, model, order, sink, progress);
          }
        });
  }

  /// Everything that reaches the samples and bytes of a track's stems.
  static String key(Job job, ModelSpec model, Set<Stem> stems, Set<Product> products) {
    return new Fingerprint("stems")
        .with("format", Spec.FORMAT_VERSION)
        .with("audio", job.track().sha256())
        .with("trim", job.track().trim())
        .with("model", model.ref())
        .with("revision", model.revision())
        .with("loudness", job.channel().loudness())
        .with("stems", new TreeSet<>(stems))
        .with("products", new TreeSet<>(products))
        .with("coder", StemEncodings.FOR_VIDEO.settings())
        .hex();
  }
}
