package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// Listens to what is asked of a model of [SpeechStubs], and checks every token that is said: the
/// networks' answers are worked out without them, and no token may be less probable than min-p
/// allows. Whoever loses or mixes up a step, a row or the penalty says others. One text, one
/// thread.
final class SpeechProof implements SpeechNetwork {
  private static final int START = 6561;
  private static final int STOP = 6562;
  private static final double TOLERANCE = 0.01;

  private final SpeechNetwork network;
  private final SpeechStubs stubs;
  private final SpeechParameters parameters;
  private final List<Integer> said = new ArrayList<>();
  private final Set<Integer> seen = new HashSet<>(Set.of(START));

  /// What each row's caches hold, summed up.
  private long[] sums = {};

  SpeechProof(SpeechNetwork network, SpeechStubs stubs, SpeechParameters parameters) {
    this.network = network;
    this.stubs = stubs;
    this.parameters = parameters;
  }

  /// How many tokens were said before the end.
  int tokens() {
    return said.size();
  }

  @Override
  public int width() {
    return network.width();
  }

  @Override
  public int vocabulary() {
    return network.vocabulary();
  }

  @Override
  public boolean guided() {
    return network.guided();
  }

  @Override
  public Voice voice(float[] samples) {
    return network.voice(samples);
  }

  @Override
  public float[] embed(long[] ids, long[] positions, float exaggeration) {
    return network.embed(ids, positions, exaggeration);
  }

  @Override
  public Passage begin(int rows, float[] embeddings, int most) {
    sums = new long[rows];
    int length = embeddings.length / rows;
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int at = row * length; at < (row + 1) * length; at += width()) {
        sum += embeddings[at];
      }
      sums[row] = Math.round(sum);
    }
    return new Heard(network.begin(rows, embeddings, most));
  }

  @Override
  public float[] sound(Voice voice, long[] codes) {
    requireSayable(STOP);
    LongStream own =
        LongStream.concat(
            Arrays.stream(voice.tokens()),
            said.stream().mapToLong(id -> id).filter(id -> id < START));
    long[] wanted = own.toArray();
    if (codes.length < wanted.length
        || !Arrays.equals(codes, 0, wanted.length, wanted, 0, wanted.length)) {
      throw new BenchFailure("the sound is made of other tokens than were said");
    }
    return network.sound(voice, codes);
  }

  private void requireSayable(int token) {
    double best = Double.NEGATIVE_INFINITY;
    for (int id = 0; id < stubs.vocabulary(); id++) {
      best = Math.max(best, score(id));
    }
    double least = best + parameters.temperature() * Math.log(parameters.minP());
    if (score(token) < least - TOLERANCE) {
      throw new BenchFailure(
          "token %d after %d others is none that the model means".formatted(token, said.size()));
    }
  }

  private double score(int id) {
    double score = logit(0, id);
    if (sums.length > 1) {
      score += parameters.guidance() * (score - logit(1, id));
    }
    if (!seen.contains(id)) {
      return score;
    }
    double penalty = parameters.repetitionPenalty();
    return score < 0 ? score * penalty : score / penalty;
  }

  private double logit(int row, int id) {
    int position = said.size();
    long likeliest = position >= stubs.last() ? STOP : (37L * position + 10 * sums[row]) % START;
    return -Math.abs(id - likeliest) / 64.0;
  }

  private final class Heard implements Passage {
    private final Passage passage;

    Heard(Passage passage) {
      this.passage = passage;
    }

    @Override
    public float[] logits() {
      return passage.logits();
    }

    /// An embedding of the stubs begins with the token and its position.
    @Override
    public void next(float[] embedding) {
      int token = Math.round(embedding[0]);
      requireSayable(token);
      said.add(token);
      seen.add(token);
      if (Math.round(embedding[1]) != said.size()) {
        throw new BenchFailure("token %d is told another position".formatted(said.size()));
      }
      for (int row = 0; row < sums.length; row++) {
        sums[row] += token;
      }
      passage.next(embedding);
    }

    @Override
    public void close() {
      passage.close();
    }
  }
}
