package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/// Draws the next speech token from the model's logits. For one candidate, one thread.
///
/// The order is that of resemble-ai/chatterbox, `t3.py`: guidance, repetition penalty over the
/// distinct tokens so far, temperature, min-p, top-p, draw. All sums are in double, equal tokens
/// are told apart by the lower id, and the generator is [Random], whose algorithm is part of its
/// contract: the same logits and seed give the same tokens everywhere.
final class TokenSampler implements Sampler {
  private final SpeechParameters parameters;
  private final Random random;
  private final BitSet seen = new BitSet();
  private final Ranking ranking = new Ranking();
  private double[] scores = {};
  private double[] weights = {};
  private int[] kept = {};

  /// @param start tokens that count as said
  TokenSampler(SpeechParameters parameters, long seed, int... start) {
    this.parameters = parameters;
    this.random = new Random(seed);
    Arrays.stream(start).forEach(seen::set);
  }

  @Override
  public int draw(float[] logits, int size) {
    guide(logits, size);
    int token = parameters.temperature() == 0 ? best(size) : drawn(size);
    seen.set(token);
    return token;
  }

  private void guide(float[] logits, int size) {
    if (scores.length < size) {
      scores = new double[size];
      weights = new double[size];
      kept = new int[size];
    }
    for (int id = 0; id < size; id++) {
      double z = logits[id];
      if (parameters.guidance() > 0) {
        z += parameters.guidance() * (z - logits[size + id]);
      }
      if (Double.isNaN(z)) {
        throw new IllegalStateException("The model answers with something that is not a number.");
      }
      if (seen.get(id)) {
        z = z < 0 ? z * parameters.repetitionPenalty() : z / parameters.repetitionPenalty();
      }
      scores[id] = z;
    }
  }

  private int best(int size) {
    int best = 0;
    for (int id = 1; id < size; id++) {
      if (scores[id] > scores[best]) {
        best = id;
      }
    }
    return best;
  }

  private int drawn(int size) {
    double most = scores[best(size)];
    int count = 0;
    for (int id = 0; id < size; id++) {
      weights[id] = Math.exp((scores[id] - most) / parameters.temperature());
      // The most probable one weighs 1.
      if (weights[id] >= parameters.minP() && weights[id] > 0) {
        kept[count++] = id;
      }
    }
    ranking.sort(kept, count, weights);
    int nucleus = nucleus(count);
    double drawn = random.nextDouble() * sum(nucleus);
    double sum = 0;
    for (int i = 0; i < nucleus; i++) {
      sum += weights[kept[i]];
      if (drawn < sum) {
        return kept[i];
      }
    }
    return kept[nucleus - 1];
  }

  /// How many of them are needed to reach top-p of what all of them weigh; at least one.
  private int nucleus(int count) {
    double wanted = parameters.topP() * sum(count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[kept[i]];
      if (sum >= wanted) {
        return i + 1;
      }
    }
    return count;
  }

  private double sum(int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[kept[i]];
    }
    return sum;
  }
}
