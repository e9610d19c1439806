package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.util.BitSet;
import java.util.Random;

/// Draws Turbo's next token: temperature, top-k, top-p, and the repetition penalty last, over the
/// start mark at the first step and the drawn tokens afterwards. Knows no guidance and no min-p.
///
/// Source: resemble-ai/chatterbox, `inference_turbo` of `t3.py`. At temperature 0 the most probable
/// token after the penalty is taken. Sums are in double, equal tokens are told apart by the lower
/// id, and the generator is [Random]: the same logits and seed give the same tokens everywhere.
final class TurboSampler implements Sampler {
  static final int TOP_K = 1000;

  private final SpeechParameters parameters;
  private final Random random;
  private final Ranking ranking = new Ranking();
  private final BitSet seen = new BitSet();
  private final int start;
  private double[] scores = {};
  private double[] weights = {};
  private int[] ids = {};

  /// @param start mark that counts as said before the first step only
  TurboSampler(SpeechParameters parameters, long seed, int start) {
    this.parameters = parameters;
    this.random = new Random(seed);
    this.start = start;
    seen.set(start);
  }

  @Override
  public int draw(float[] logits, int size) {
    if (scores.length < size) {
      scores = new double[size];
      weights = new double[size];
      ids = new int[size];
    }
    int token = parameters.temperature() == 0 ? best(logits, size) : drawn(logits, size);
    seen.clear(start);
    seen.set(token);
    return token;
  }

  private int best(float[] logits, int size) {
    int best = 0;
    for (int id = 0; id < size; id++) {
      scores[id] = penalised(id, number(logits[id]));
      if (scores[id] > scores[best]) {
        best = id;
      }
    }
    return best;
  }

  private int drawn(float[] logits, int size) {
    for (int id = 0; id < size; id++) {
      scores[id] = number(logits[id]) / parameters.temperature();
      ids[id] = id;
    }
    ranking.sort(ids, size, scores);
    int kept = nucleus(Math.min(TOP_K, size));
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < kept; i++) {
      scores[ids[i]] = penalised(ids[i], scores[ids[i]]);
      most = Math.max(most, scores[ids[i]]);
    }
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      weights[i] = Math.exp(scores[ids[i]] - most);
      sum += weights[i];
    }
    return ids[chosen(random.nextDouble() * sum, kept)];
  }

  private int chosen(double drawn, int kept) {
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += weights[i];
      if (drawn < sum) {
        return i;
      }
    }
    return kept - 1;
  }

  /// How many of the first ones are needed to reach top-p of what they weigh together; at least
  /// one.
  private int nucleus(int count) {
    double all = 0;
    for (int i = 0; i < count; i++) {
      weights[i] = Math.exp(scores[ids[i]] - scores[ids[0]]);
      all += weights[i];
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i];
      if (sum >= parameters.topP() * all) {
        return i + 1;
      }
    }
    return count;
  }

  private double penalised(int id, double score) {
    if (!seen.get(id)) {
      return score;
    }
    double penalty = parameters.repetitionPenalty();
    return score < 0 ? score * penalty : score / penalty;
  }

  private static double number(float logit) {
    if (Float.isNaN(logit)) {
      throw new IllegalStateException("The model answers with something that is not a number.");
    }
    return logit;
  }
}
