package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Turbo's sampler, every step on a list of its own.
final class TurboReference {
  private TurboReference() {}

  private record Scored(int id, double z) {}

  /// @param said the start mark at the first step, then the drawn tokens
  static int draw(
      float[] logits, int size, SpeechParameters settings, Set<Integer> said, Random random) {
    double temperature = settings.temperature() == 0 ? 1 : settings.temperature();
    List<Scored> tokens = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      tokens.add(new Scored(id, logits[id] / temperature));
    }
    if (settings.temperature() == 0) {
      return ranked(penalised(tokens, settings, said)).getFirst().id();
    }
    List<Scored> kept = ranked(tokens).subList(0, Math.min(1000, size));
    double most = kept.getFirst().z();
    double all = kept.stream().mapToDouble(t -> Math.exp(t.z() - most)).reduce(0, Double::sum);
    List<Scored> nucleus = new ArrayList<>();
    double sum = 0;
    for (Scored token : kept) {
      nucleus.add(token);
      sum += Math.exp(token.z() - most);
      if (sum >= settings.topP() * all) {
        break;
      }
    }
    return drawn(penalised(nucleus, settings, said), random);
  }

  private static int drawn(List<Scored> tokens, Random random) {
    double most = tokens.stream().mapToDouble(Scored::z).max().orElseThrow();
    double all = tokens.stream().mapToDouble(t -> Math.exp(t.z() - most)).reduce(0, Double::sum);
    double at = random.nextDouble() * all;
    double sum = 0;
    for (Scored token : tokens) {
      sum += Math.exp(token.z() - most);
      if (at < sum) {
        return token.id();
      }
    }
    return tokens.getLast().id();
  }

  private static List<Scored> penalised(
      List<Scored> tokens, SpeechParameters settings, Set<Integer> said) {
    double penalty = settings.repetitionPenalty();
    return tokens.stream()
        .map(
            t ->
                said.contains(t.id())
                    ? new Scored(t.id(), t.z() < 0 ? t.z() * penalty : t.z() / penalty)
                    : t)
        .toList();
  }

  private static List<Scored> ranked(List<Scored> tokens) {
    return tokens.stream()
        .sorted(Comparator.comparingDouble(Scored::z).reversed().thenComparingInt(Scored::id))
        .toList();
  }
}
