package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.worker.audio.GainPlan.DecidedBy;
import org.junit.jupiter.api.Test;

class GainPlanTest {
  @Test
  void theLesserOfTargetAndCeilingDecides() {
    GainPlan loud = GainPlan.of(LoudnessMode.MIX, new Loudness(-8.0, -0.2));
    GainPlan peaky = GainPlan.of(LoudnessMode.MIX, new Loudness(-20.0, -3.0));

    assertThat(loud.gainDb()).isCloseTo(-6.0, within(1e-12));
    assertThat(loud.decidedBy()).isEqualTo(DecidedBy.LOUDNESS);
    assertThat(peaky.gainDb()).isCloseTo(2.0, within(1e-12));
    assertThat(peaky.decidedBy()).isEqualTo(DecidedBy.CEILING);
    assertThat(peaky.factor()).isCloseTo(1.2589f, within(1e-4f));
  }

  @Test
  void switchedOffMeansNoGainAndNoWarning() {
    GainPlan off = GainPlan.of(LoudnessMode.OFF, new Loudness(-8.0, 3.0));

    assertThat(off.gainDb()).isZero();
    assertThat(off.warnings()).isEmpty();
    assertThat(off.afterStemPeaks(2)).isSameAs(off);
  }

  @Test
  void stemsBelowFullScaleLeaveThePlanAlone() {
    GainPlan plan = GainPlan.of(LoudnessMode.MIX, new Loudness(-20.0, -3.0));

    assertThat(plan.afterStemPeaks(0)).isSameAs(plan);
    assertThat(plan.afterStemPeaks(Double.NEGATIVE_INFINITY)).isSameAs(plan);
  }

  @Test
  void aStemThatWouldClipLowersTheCommonGainByWhatItPasses() {
    GainPlan plan = GainPlan.of(LoudnessMode.MIX, new Loudness(-20.0, -3.0));

    GainPlan lower = plan.afterStemPeaks(1.5);

    assertThat(lower.gainDb()).isCloseTo(0.5, within(1e-12));
    assertThat(lower.decidedBy()).isEqualTo(DecidedBy.STEM_PEAK);
    assertThat(lower.warnings()).singleElement().asString().contains("2.00 to 0.50 dB");
  }
}
