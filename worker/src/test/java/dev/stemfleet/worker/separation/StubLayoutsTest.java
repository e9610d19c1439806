package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.LayoutStubs;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.StubModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// From the files of networks to stems: networks with the tensors that real ones have, opened as
/// real ones are, give the mix times their gains.
class StubLayoutsTest {
  private static final double EXACT = 120;

  @TempDir private Path folder;
  private final ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.system());

  @AfterEach
  void close() {
    cache.close();
  }

  static Stream<StubModel> stubs() {
    return LayoutStubs.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stubs")
  void aNetworkOfEveryLayoutGivesStemsOfTheMix(StubModel stub) throws IOException {
    check(overlapping(stub));
  }

  @Test
  void halfPrecisionIsHeardAsSuch() throws IOException {
    StubModel half = overlapping(LayoutStubs.hybrid(ComplexParts.LAST)).dtype(Dtype.FLOAT16);

    // What is rounded to 11 bits, on the way in and on the way out.
    check(half, StubLayoutsTest::mix, 70);
    // What such numbers can hold.
    check(
        half.stems(half.stems(), List.of(0.5f, 0.25f, 0.125f, 0.125f)),
        (stub, length) -> inHalves(mix(stub, length)),
        EXACT);
  }

  @Test
  void aStemOfABagComesFromItsOwnNetwork() throws IOException {
    check(overlapping(LayoutStubs.waveform()).bag(StubModel.Bag.ALL_STEMS_EACH));
  }

  /// The sound that a stub hears.
  private interface Heard {
    float[][] mix(StubModel stub, int length);
  }

  private void check(StubModel stub) throws IOException {
    check(stub, StubLayoutsTest::mix, EXACT);
  }

  private void check(StubModel stub, Heard heard, double decibels) throws IOException {
    System.out.println("seed " + TestMix.SEED);
    SegmentModel model = new ResidentSegments(cache.get(stub.in(folder)));
    Segments segments = stub.segments();
    for (int length :
        List.of(1009, segments.samples(), 2 * segments.samples() + segments.strideSamples() + 1)) {
      // Given
      float[][] mix = heard.mix(stub, length);
      Set<Stem> wanted =
          stub.stems().size() == 1
              ? Set.of(Stem.ACAPELLA)
              : Set.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY);

      // When
      Collected stems = new Collected();
      new Separator(Runnable::run)
          .separate(
              new ArraySource(mix, 999),
              model,
              new SeparationOrder(wanted, length, TrackLevel.UNIT),
              stems,
              Progress.NONE);

      // Then
      for (Stem stem : wanted) {
        assertThat(TestMix.decibels(mix, share(stub, stem), stems.stem(stem), 0, length))
            .as("%s, %d samples", stem, length)
            .isGreaterThan(decibels);
      }
    }
  }

  private static double share(StubModel stub, Stem stem) {
    String name =
        switch (stem) {
          case ACAPELLA -> "vocals";
          case DRUMS -> "drums";
          case BASS -> "bass";
          case MELODY, INSTRUMENTAL, NARRATION -> "other";
        };
    double gain = stub.gains().get(stub.stems().indexOf(name));
    return switch (stub.layout()) {
      case ModelLayout.MdxNet mdx -> gain * mdx.networks().getFirst().compensate();
      case ModelLayout.Spleeter _ -> gain * gain / 0.3;
      case ModelLayout.Waveform _,
          ModelLayout.Hybrid _,
          ModelLayout.Mdx23c _,
          ModelLayout.Roformer _,
          ModelLayout.OpenUnmix _ ->
          gain;
    };
  }

  /// Where the network adds 1e-5 to a deviation, that is nothing beside the deviation.
  private static float[][] mix(StubModel stub, int length) {
    return switch (stub.layout()) {
      case ModelLayout.MdxNet _, ModelLayout.Mdx23c _ -> TestMix.tones(length, stub.segments(), 0);
      case ModelLayout.Hybrid hybrid when hybrid.normalised() -> TestMix.opposite(length, 1000);
      case ModelLayout.Waveform _,
          ModelLayout.Hybrid _,
          ModelLayout.Roformer _,
          ModelLayout.OpenUnmix _,
          ModelLayout.Spleeter _ ->
          TestMix.noise(length);
    };
  }

  private static float[][] inHalves(float[][] mix) {
    for (float[] channel : mix) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = Float.float16ToFloat(Float.floatToFloat16(channel[i]));
      }
    }
    return mix;
  }

  private static StubModel overlapping(StubModel stub) {
    int samples = stub.segments().samples();
    int batch = stub.layout() instanceof ModelLayout.Spleeter ? 1 : 2;
    return stub.segments(
        new Segments(samples, samples * 3 / 4, Window.TRIANGLE, 0, Border.NONE, batch));
  }
}
