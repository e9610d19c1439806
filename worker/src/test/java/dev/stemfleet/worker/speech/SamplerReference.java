package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The sampler's formula, every step on a list of its own.
final class SamplerReference {
  private SamplerReference() {}

  private record Scored(int id, double z, double p) {}

  /// @param logits of the conditioned row, then those of the other
  static int draw(
      float[] logits, int size, SpeechParameters settings, Set<Integer> said, Random random) {
    List<Scored> tokens = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      double z = logits[id];
      z = settings.guidance() > 0 ? z + settings.guidance() * (z - logits[size + id]) : z;
      if (said.contains(id)) {
        z = z < 0 ? z * settings.repetitionPenalty() : z / settings.repetitionPenalty();
      }
      tokens.add(new Scored(id, z, 0));
    }
    tokens.sort(Comparator.comparingDouble(Scored::z).reversed().thenComparingInt(Scored::id));
    if (settings.temperature() == 0) {
      return tokens.getFirst().id();
    }
    double most = tokens.getFirst().z();
    List<Scored> left =
        tokens.stream()
            .map(t -> new Scored(t.id(), t.z(), Math.exp((t.z() - most) / settings.temperature())))
            .filter(t -> t.p() >= settings.minP())
            .toList();
    double all = left.stream().mapToDouble(Scored::p).reduce(0, Double::sum);
    List<Scored> nucleus = new ArrayList<>();
    double sum = 0;
    for (Scored token : left) {
      nucleus.add(token);
      sum += token.p();
      if (sum >= settings.topP() * all) {
        break;
      }
    }
    double drawn = random.nextDouble() * sum;
    for (Scored token : nucleus) {
      drawn -= token.p();
      if (drawn < 0) {
        return token.id();
      }
    }
    return nucleus.getLast().id();
  }
}
