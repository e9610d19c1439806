package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.LoudnessMode;
import java.util.List;
import java.util.Locale;

/// By how much sound is made louder or softer, and why. Linear: nothing is limited.
///
/// One plan holds for all stems of a track, so that they still sum to the mix. It must be known
/// before the first stem is encoded, and only the stems themselves show whether one of them passes
/// full scale. So the stems are encoded with the plan of the mix while a [TruePeakMeter] watches
/// each, and [#afterStemPeaks] judges at the end. Nearly always it gives the same plan back. If it
/// does not, the encoded stems are thrown away and that one track is separated and encoded again
/// with the lower gain: no samples are ever spooled, and nothing is encoded twice in a row.
///
/// In the mode [LoudnessMode#STEM] each stem has a plan of its own, from its own loudness: the
/// stems are metered in one pass and encoded in the next.
///
/// @param gainDb to be applied to every sample of both channels
/// @param decidedBy what set the gain
/// @param warnings whole sentences for the user
public record GainPlan(double gainDb, DecidedBy decidedBy, List<String> warnings) {
  /// Integrated loudness that the gain aims at.
  public static final double TARGET_LUFS = -14;

  /// True peak that the gain never passes.
  public static final double CEILING_DBTP = -1;

  /// True peak that no stem passes.
  public static final double STEM_CEILING_DBTP = 0;

  /// What set a gain.
  public enum DecidedBy {
    /// The target of -14 LUFS.
    LOUDNESS,
    /// The ceiling of -1 dBTP: the target would have passed it.
    CEILING,
    /// A stem that would have passed 0 dBTP.
    STEM_PEAK,
    /// Nothing: switched off, or there is no loudness to speak of.
    NONE
  }

  public GainPlan {
    if (!Double.isFinite(gainDb)) {
      throw new IllegalArgumentException("gainDb: must be a number");
    }
    warnings = List.copyOf(warnings);
  }

  /// The gain for sound that was measured: the mix, or a stem in the mode STEM.
  ///
  /// gain = min(-14 LUFS - I, -1 dBTP - TP).
  public static GainPlan of(LoudnessMode mode, Loudness measured) {
    if (mode == LoudnessMode.OFF) {
      return new GainPlan(0, DecidedBy.NONE, List.of());
    }
    Double integrated = measured.integratedLufs();
    if (integrated == null) {
      return new GainPlan(
          0,
          DecidedBy.NONE,
          List.of("The sound is too short or too quiet to have a loudness; its gain was left."));
    }
    double toTarget = TARGET_LUFS - integrated;
    double toCeiling = CEILING_DBTP - measured.truePeakDbtp();
    return toTarget <= toCeiling
        ? new GainPlan(toTarget, DecidedBy.LOUDNESS, List.of())
        : new GainPlan(toCeiling, DecidedBy.CEILING, List.of());
  }

  /// The plan that also holds for the stems, given what this plan made of them.
  ///
  /// @param loudestDbtp the highest true peak of any stem, measured after this gain
  /// @return this plan if no stem passes 0 dBTP or there is no gain that could be lowered, else one
  ///   with just so much less gain
  public GainPlan afterStemPeaks(double loudestDbtp) {
    if (loudestDbtp <= STEM_CEILING_DBTP || decidedBy == DecidedBy.NONE) {
      return this;
    }
    double lower = gainDb - (loudestDbtp - STEM_CEILING_DBTP);
    String why =
        String.format(
            Locale.ROOT,
            "The gain was lowered from %.2f to %.2f dB because a stem would have clipped.",
            gainDb,
            lower);
    return new GainPlan(lower, DecidedBy.STEM_PEAK, List.of(why));
  }

  /// The gain as a factor for samples.
  public float factor() {
    return (float) Sound.factor(gainDb);
  }
}
