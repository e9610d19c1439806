package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// What the stubs say, worked out without them: no network, no cache, one loop. Of voices of level
/// 0, which add nothing to the sums.
record SpokenTokens(SpeechStubs stubs, SpeechParameters parameters, long seed) {
  private static final int START = 6561;
  private static final int STOP = 6562;

  long[] of(long[] text) {
    return stubs.turbo() ? turbo(text) : guided(text);
  }

  private long[] guided(long[] text) {
    Random random = new Random(seed);
    double silent = kept(6563) + 2 * kept(START);
    double heard =
        silent + kept(255) + Arrays.stream(text).mapToDouble(this::kept).sum() + kept(1000);
    Set<Integer> said = new LinkedHashSet<>(List.of(START));
    List<Long> codes = new ArrayList<>();
    for (int position = 0; ; position++) {
      float[] logits = new float[2 * SpeechStubs.VOCABULARY];
      fill(logits, 0, position, heard);
      fill(logits, SpeechStubs.VOCABULARY, position, silent);
      int token = SamplerReference.draw(logits, SpeechStubs.VOCABULARY, parameters, said, random);
      if (token == STOP) {
        return codes.stream().mapToLong(Long::longValue).toArray();
      }
      said.add(token);
      add(codes, token);
      heard += kept(token);
      silent += kept(token);
    }
  }

  private long[] turbo(long[] text) {
    Random random = new Random(seed);
    double heard = Arrays.stream(text).mapToDouble(this::kept).sum() + 2 * kept(START);
    Set<Integer> drawn = new LinkedHashSet<>();
    List<Long> codes = new ArrayList<>();
    for (int position = SpeechStubs.FEATURES + text.length + 1; ; position++) {
      float[] logits = new float[SpeechStubs.TURBO_VOCABULARY];
      fill(logits, 0, position, heard);
      Set<Integer> said = drawn.isEmpty() ? Set.of(START) : drawn;
      int token =
          TurboReference.draw(logits, SpeechStubs.TURBO_VOCABULARY, parameters, said, random);
      if (token == STOP) {
        return codes.stream().mapToLong(Long::longValue).toArray();
      }
      drawn.add(token);
      add(codes, token);
      heard += kept(token);
    }
  }

  private static void add(List<Long> codes, int token) {
    if (token < START) {
      codes.add((long) token);
    }
  }

  /// As the caches hold it.
  private double kept(long id) {
    boolean halved =
        stubs.cache() == ElementType.FLOAT16 || stubs.embeddings() == ElementType.FLOAT16;
    return halved ? Float.float16ToFloat(Float.floatToFloat16((float) id)) : id;
  }

  private void fill(float[] logits, int at, int position, double sum) {
    double likeliest = position >= stubs.last() ? STOP : (37L * position + 10 * sum) % START;
    for (int id = 0; id < stubs.vocabulary(); id++) {
      logits[at + id] = (float) Math.abs(id - likeliest) * (-1f / 64);
    }
  }
}
