package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several threads make the very samples that one makes which does one thing after the other.
class SeparatorExactTest {
  private static final long SEED = 20_261_121;
  private static final int SEGMENT = 1000;
  private static final int STRIDE = 800;
  private static final List<String> FOUR = List.of("drums", "bass", "other", "vocals");

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1000, 1001, 1800, 1801, 100_003})
  void stemsAreBitForBitWhatOneThreadMakes(int length) {
    // Given
    System.out.println("seed " + SEED);
    float[][] mix = noise(length);
    Collected stems = new Collected();
    SeparationOrder order =
        new SeparationOrder(Set.of(Stem.DRUMS, Stem.INSTRUMENTAL), length, TrackLevel.UNIT);

    // When
    try (ExecutorService encoders = Executors.newFixedThreadPool(2)) {
      new Separator(encoders)
          .separate(new ArraySource(mix, 77), model(), order, stems, Progress.NONE);
    }

    // Then
    for (int channel = 0; channel < 2; channel++) {
      assertThat(stems.stem(Stem.DRUMS)[channel]).isEqualTo(plain(mix, 0, channel));
      float[] rest = plain(mix, 3, channel);
      for (int i = 0; i < length; i++) {
        rest[i] = mix[channel][i] - rest[i];
      }
      assertThat(stems.stem(Stem.INSTRUMENTAL)[channel]).isEqualTo(rest);
    }
  }

  /// One of the model's stems, from the whole mix in memory.
  private static float[] plain(float[][] mix, int stem, int channel) {
    int length = mix[0].length;
    float[] sum = new float[length];
    float[] weights = new float[length];
    FakeModel model = model();
    Exchange exchange = model.exchanges().getFirst();
    Tensor input = exchange.inputs(0).getFirst();
    Tensor output = exchange.outputs(0).getFirst();
    float[] sound = new float[SEGMENT];
    float[] answer = new float[SEGMENT];
    for (int at = 0; at == 0 || at + SEGMENT - STRIDE < length; at += STRIDE) {
      int count = Math.min(SEGMENT, length - at);
      int lead = (SEGMENT - count) / 2;
      for (int i = 0; i < SEGMENT; i++) {
        int from = at - lead + i;
        boolean inside = from >= 0 && from < length;
        sound[i] = inside ? mix[channel][from] : 0;
      }
      input.put(channel * SEGMENT, sound, 0, SEGMENT);
      model.run(exchange, Set.of(0), 1);
      output.get((2 * stem + channel) * SEGMENT, answer, 0, SEGMENT);
      for (int i = 0; i < count; i++) {
        float weight = Math.min(1, (float) (Math.min(i, SEGMENT - 1 - i) + 1) / (SEGMENT - STRIDE));
        sum[at + i] += weight * answer[lead + i];
        weights[at + i] += weight;
      }
    }
    for (int i = 0; i < length; i++) {
      sum[i] /= weights[i];
    }
    return sum;
  }

  private static FakeModel model() {
    return new FakeModel(FOUR, new Segments(SEGMENT, STRIDE, Window.FADE), () -> {});
  }

  private static float[][] noise(int length) {
    Random random = new Random(SEED);
    float[][] noise = new float[2][length];
    for (int i = 0; i < length; i++) {
      noise[0][i] = (float) (0.3 * random.nextGaussian());
      noise[1][i] = (float) (0.3 * random.nextGaussian());
    }
    return noise;
  }
}
