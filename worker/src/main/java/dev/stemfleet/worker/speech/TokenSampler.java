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
  /// e to this power is 0 in double.
  private static final double LOG_OF_NOTHING = -746;

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
    double guidance = parameters.guidance();
    boolean numbers = true;
    for (int id = 0; id < size; id++) {
      double z = logits[id];
      if (guidance > 0) {
        z += guidance * (z - logits[size + id]);
      }
      numbers &= !Double.isNaN(z);
      scores[id] = z;
    }
    if (!numbers) {
      throw new IllegalStateException("The model answers with something that is not a number.");
    }
    penalise(size);
  }

  private void penalise(int size) {
    double penalty = parameters.repetitionPenalty();
    for (int id = seen.nextSetBit(0); id >= 0 && id < size; id = seen.nextSetBit(id + 1)) {
      scores[id] = scores[id] < 0 ? scores[id] * penalty : scores[id] / penalty;
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
    double hopeless = hopeless(most);
    int count = 0;
    for (int id = 0; id < size; id++) {
      if (scores[id] < hopeless) {
        continue;
      }
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

  /// A score below which min-p, or the least number there is, leaves nothing of a token for sure:
  /// most tokens need no exponential. A little too low, so that rounding decides nothing.
  private double hopeless(double most) {
    double least = parameters.minP() > 0 ? Math.log(parameters.minP()) : LOG_OF_NOTHING;
    return most + parameters.temperature() * (least - 1e-6) - 1e-12 * Math.abs(most);
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
