package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NalUnitsTest {
  /// Parameter sets, a remark and a slice, behind start codes of three and four bytes.
  private static final byte[] STREAM = {
    0, 0, 0, 1, 0x67, 100, 0, 40, 9, 0, 0, 1, 0x68, 7, 0, 0, 1, 6, 5, 0, 0, 0, 1, 0x65, 0, 0, 3, 1
  };

  @Test
  void unitsAreFoundBehindStartCodesOfBothLengths() {
    assertThat(NalUnits.split(STREAM))
        .containsExactly(
            new byte[] {0x67, 100, 0, 40, 9},
            new byte[] {0x68, 7},
            new byte[] {6, 5},
            new byte[] {0x65, 0, 0, 3, 1});
  }

  @Test
  void aSampleHoldsTheSlicesBehindTheirLengthsAndNothingElse() {
    byte[] sample = NalUnits.sample(STREAM);

    assertThat(sample).containsExactly(0, 0, 0, 5, 0x65, 0, 0, 3, 1);
    assertThat(NalUnits.startsIdr(sample)).isTrue();
  }

  @Test
  void theDecoderConfigurationHoldsBothParameterSets() {
    assertThat(NalUnits.decoderConfiguration(STREAM))
        .containsExactly(
            1, 100, 0, 40, 0xFF, 0xE1, 0, 5, 0x67, 100, 0, 40, 9, 1, 0, 2, 0x68, 7, 0xFD, 0xF8,
            0xF8, 0);
  }

  @Test
  void aStreamWithoutParameterSetsIsRefused() {
    assertThatThrownBy(() -> NalUnits.decoderConfiguration(new byte[] {0, 0, 1, 0x65, 1}))
        .hasMessageContaining("0 parameter sets of type 7");
  }
}
