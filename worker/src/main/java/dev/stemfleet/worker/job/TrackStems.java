package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.LoudnessFacts;
import dev.stemfleet.common.message.Spec;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.GainPlan;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.separation.SegmentModel;
import dev.stemfleet.worker.separation.SeparationOrder;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemSink;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.separation.TrackLevel;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  /// @param sound the track's file
  /// @return held; the caller closes it
  StemAudio of(JobContext context, SegmentModel model, Path sound) {
    Job job = context.job();
    Set<Stem> stems = EnumSet.copyOf(job.channel().stems());
    Set<Product> products = EnumSet.copyOf(job.products());
    products.remove(Product.VIDEO);
    String key = key(job, model.spec(), stems, products);
    return StemAudio.of(
        store.holdOrMake(
            key, folder -> new Making(context, model, sound, folder, stems, products).make()));
  }

  /// Everything that reaches the samples and bytes of a track's stems.
  private static String key(Job job, ModelSpec model, Set<Stem> stems, Set<Product> products) {
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

  /// One track on its way to stems.
  private final class Making {
    private final JobContext context;
    private final SegmentModel model;
    private final String sound;
    private final Path folder;
    private final Set<Stem> stems;
    private final Set<Product> products;
    private final TrackLevel.Meter level = new TrackLevel.Meter();

    Making(
        JobContext context,
        SegmentModel model,
        Path sound,
        Path folder,
        Set<Stem> stems,
        Set<Product> products) {
      this.context = context;
      this.model = model;
      this.sound = sound.toString();
      this.folder = folder;
      this.stems = stems;
      this.products = products;
    }

    StemStore.Made make() {
      TrackMeasurement measured =
          context.run(
              Stage.MEASURE,
              progress ->
                  TrackMeasurement.of(sound, context.job().track().trim(), level::add, progress));
      return context.job().channel().loudness() == LoudnessMode.STEM
          ? eachToItsOwn(measured)
          : allAlike(measured);
    }

    /// One gain for all stems. The rare stem that clips with it makes a second round with less.
    private StemStore.Made allAlike(TrackMeasurement measured) {
      GainPlan plan = GainPlan.of(context.job().channel().loudness(), measured.loudness());
      StemEncodings first = encoded(measured, sameFor(plan));
      GainPlan lowered = plan.afterStemPeaks(first.highestTruePeakDbtp());
      StemEncodings last = lowered.equals(plan) ? first : encoded(measured, sameFor(lowered));
      return made(measured, lowered, null, last);
    }

    /// Each stem has its own gain, for which it must have been heard once.
    private StemStore.Made eachToItsOwn(TrackMeasurement measured) {
      StemMeters meters = new StemMeters(stems);
      separated(measured, meters);
      Map<Stem, GainPlan> plans = meters.plans();
      GainPlan none = new GainPlan(0, GainPlan.DecidedBy.NONE, List.of());
      return made(measured, none, plans, encoded(measured, plans));
    }

    private Map<Stem, GainPlan> sameFor(GainPlan plan) {
      return stems.stream().collect(Collectors.toMap(stem -> stem, stem -> plan));
    }

    private StemEncodings encoded(TrackMeasurement measured, Map<Stem, GainPlan> plans) {
      try (StemEncodings encodings = StemEncodings.open(folder, plans, products)) {
        separated(measured, encodings);
        encodings.finish(measured.samples());
        return encodings;
      }
    }

    private void separated(TrackMeasurement measured, StemSink sink) {
      SeparationOrder order = new SeparationOrder(stems, measured.samples(), level.level());
      context.run(
          Stage.SEPARATE,
          progress -> {
            try (AudioDecoder decoder = AudioDecoder.open(sound, context.job().track().trim())) {
              return separator.separate(decoder::read, model, order, sink, progress);
            }
          });
    }

    private StemStore.Made made(
        TrackMeasurement measured,
        GainPlan plan,
        @Nullable Map<Stem, GainPlan> plans,
        StemEncodings encodings) {
      List<String> warnings = new java.util.ArrayList<>(measured.warnings());
      warnings.addAll(plan.warnings());
      Map<Stem, EncodedAudio> audio = encodings.audio();
      return new StemStore.Made(
          audio,
          Json.toMap(
              new StemAudio.Facts(
                  loudness(measured, plan, plans), warnings, encodings.products())));
    }

    private static LoudnessFacts loudness(
        TrackMeasurement measured, GainPlan plan, @Nullable Map<Stem, GainPlan> plans) {
      double peak = measured.loudness().truePeakDbtp();
      return new LoudnessFacts(
          measured.loudness().integratedLufs(),
          Double.isFinite(peak) ? peak : null,
          plan.gainDb(),
          plans == null ? plan.decidedBy().name().toLowerCase(java.util.Locale.ROOT) : "stem",
          plans == null ? null : gains(plans));
    }

    private static Map<Stem, Double> gains(Map<Stem, GainPlan> plans) {
      Map<Stem, Double> gains = new EnumMap<>(Stem.class);
      plans.forEach((stem, plan) -> gains.put(stem, plan.gainDb()));
      return gains;
    }
  }
}
