package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ArrayExchange;
import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Networks that there are not, with the tensors of a layout and a known answer: every stem is what
/// came in, times a gain. HTDemucs has its signal in the waveforms, or in the spectra if it is told
/// so; where it wants its spectrum normalised, what it gives has mean 0 and deviation 1, but for
/// the gain.
final class FakeNetworks implements SegmentModel {
  private final ModelSpec spec;
  private final float[] gains;
  private final List<Exchange> exchanges;
  private final Set<Integer> ran = new HashSet<>();
  private final boolean spectral;
  private int runs;

  /// @param gains by place in the model's stems
  FakeNetworks(ModelSpec spec, float... gains) {
    this(spec, false, gains);
  }

  /// @param spectral whether HTDemucs has its signal in the spectra
  FakeNetworks(ModelSpec spec, boolean spectral, float... gains) {
    this.spec = spec;
    this.spectral = spectral;
    this.gains = gains;
    this.exchanges = Stream.<Exchange>generate(() -> ArrayExchange.of(spec)).limit(3).toList();
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public List<Exchange> exchanges() {
    return exchanges;
  }

  /// Networks that ran so far.
  Set<Integer> ran() {
    return ran;
  }

  int runs() {
    return runs;
  }

  @Override
  public void run(Exchange exchange, Set<Integer> networks, int segments) {
    ran.addAll(networks);
    runs++;
    for (int network : networks) {
      List<Tensor> outputs = exchange.outputs(network);
      for (int role = 0; role < outputs.size(); role++) {
        answer(exchange, network, role);
      }
    }
  }

  private void answer(Exchange exchange, int network, int role) {
    List<String> stems = exchange.stems(network);
    float[] in = values(exchange.inputs(network).get(role));
    float[] out = new float[values(exchange.outputs(network).get(role)).length];
    int batch = spec.layout() instanceof ModelLayout.Spleeter ? 1 : spec.segments().batch();
    int item = out.length / batch / stems.size();
    for (int segment = 0; segment < batch; segment++) {
      float[] heard =
          Arrays.copyOfRange(
              in, segment * (in.length / batch), (segment + 1) * (in.length / batch));
      for (int stem = 0; stem < stems.size(); stem++) {
        float gain = gains[spec.stems().indexOf(stems.get(stem))];
        float[] answer = answer(heard, item, role, gain);
        System.arraycopy(answer, 0, out, (segment * stems.size() + stem) * item, item);
      }
    }
    exchange.outputs(network).get(role).put(0, out, 0, out.length);
  }

  private float[] answer(float[] heard, int item, int role, float gain) {
    return switch (spec.layout()) {
      case ModelLayout.Waveform _,
          ModelLayout.MdxNet _,
          ModelLayout.Mdx23c _,
          ModelLayout.OpenUnmix _,
          ModelLayout.Spleeter _ ->
          times(heard, gain);
      case ModelLayout.Hybrid hybrid -> hybrid(hybrid, heard, role > 0, gain);
      case ModelLayout.Roformer(var _, SpectrumOutput output, var _)
          when output == SpectrumOutput.SPECTRUM ->
          times(heard, gain);
      case ModelLayout.Roformer(ComplexParts parts, var _, var _) -> mask(parts, item, role, gain);
    };
  }

  private static float[] mask(ComplexParts parts, int item, int role, float gain) {
    float[] mask = new float[item];
    for (int i = 0; i < item; i++) {
      boolean real = parts == ComplexParts.SPLIT ? role == 0 : i % 2 == 0;
      mask[i] = real ? gain : 0;
    }
    return mask;
  }

  private float[] hybrid(ModelLayout.Hybrid hybrid, float[] heard, boolean spectrum, float gain) {
    float given = spectrum == spectral ? gain : 0;
    if (!hybrid.normalised()) {
      return times(heard, given);
    }
    return normalised(heard, given, spectral && !spectrum);
  }

  /// (x − m) / s with m and s the mean and the unbiased deviation.
  ///
  /// @param silenced whether that is given which becomes silence when both are given back
  private static float[] normalised(float[] heard, float gain, boolean silenced) {
    double mean = 0;
    for (float value : heard) {
      mean += value / (double) heard.length;
    }
    double squares = 0;
    for (float value : heard) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (heard.length - 1));
    float[] normalised = new float[heard.length];
    if (deviation > 0) {
      for (int i = 0; i < heard.length; i++) {
        double value = silenced ? -mean : gain * (heard[i] - mean);
        normalised[i] = (float) (value / deviation);
      }
    }
    return normalised;
  }

  private static float[] times(float[] values, float gain) {
    float[] times = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      times[i] = gain * values[i];
    }
    return times;
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.get(0, values, 0, values.length);
    return values;
  }
}
