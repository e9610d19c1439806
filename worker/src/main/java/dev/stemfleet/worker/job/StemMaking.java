package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.LoudnessFacts;
import dev.stemfleet.worker.audio.GainPlan;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.separation.StemSink;
import dev.stemfleet.worker.separation.StemStore;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a track's encoded stems from their samples: decides the gain, checks, encodes.
///
/// @param folder for the files
/// @param products beside the sound of the videos
/// @param measured of the mix
/// @param pool ends files
record StemMaking(
    Path folder,
    Set<Stem> stems,
    Set<Product> products,
    LoudnessMode loudness,
    TrackMeasurement measured,
    Separation separation,
    Executor pool) {

  /// The samples of a track's stems. May be asked more than once.
  @FunctionalInterface
  interface Separation {
    /// Returns when the sink has all samples of all stems.
    void into(StemSink sink);
  }

  StemStore.Made make() {
    return loudness == LoudnessMode.STEM ? eachToItsOwn() : allAlike();
  }

  /// One gain for all stems. The rare stem that clips with it makes a second round with less.
  private StemStore.Made allAlike() {
    GainPlan plan = GainPlan.of(loudness, measured.loudness());
    StemEncodings first = encoded(sameFor(plan));
    GainPlan lowered = plan.afterStemPeaks(first.highestTruePeakDbtp());
    StemEncodings last = lowered.equals(plan) ? first : encoded(sameFor(lowered));
    return made(lowered, null, last);
  }

  /// Each stem has its own gain, for which it must have been heard once.
  private StemStore.Made eachToItsOwn() {
    StemMeters meters = new StemMeters(stems);
    separation.into(meters);
    Map<Stem, GainPlan> plans = meters.plans();
    GainPlan none = new GainPlan(0, GainPlan.DecidedBy.NONE, List.of());
    return made(none, plans, encoded(plans));
  }

  private Map<Stem, GainPlan> sameFor(GainPlan plan) {
    return stems.stream().collect(Collectors.toMap(stem -> stem, stem -> plan));
  }

  private StemEncodings encoded(Map<Stem, GainPlan> plans) {
    try (StemEncodings encodings = StemEncodings.open(folder, plans, products)) {
      separation.into(encodings);
      encodings.finish(measured.samples(), pool);
      return encodings;
    }
  }

  private StemStore.Made made(
      GainPlan plan, @Nullable Map<Stem, GainPlan> plans, StemEncodings encodings) {
    List<String> warnings = new java.util.ArrayList<>(measured.warnings());
    warnings.addAll(plan.warnings());
    Map<Stem, EncodedAudio> audio = encodings.audio();
    return new StemStore.Made(
        audio,
        Json.toMap(
            new StemAudio.Facts(facts(plan, plans), warnings, encodings.products(), null, null)));
  }

  private LoudnessFacts facts(GainPlan plan, @Nullable Map<Stem, GainPlan> plans) {
    double peak = measured.loudness().truePeakDbtp();
    return new LoudnessFacts(
        measured.loudness().integratedLufs(),
        Double.isFinite(peak) ? peak : null,
        plan.gainDb(),
        plans == null ? plan.decidedBy().name().toLowerCase(Locale.ROOT) : "stem",
        plans == null ? null : gains(plans));
  }

  private static Map<Stem, Double> gains(Map<Stem, GainPlan> plans) {
    Map<Stem, Double> gains = new EnumMap<>(Stem.class);
    plans.forEach((stem, plan) -> gains.put(stem, plan.gainDb()));
    return gains;
  }
}
