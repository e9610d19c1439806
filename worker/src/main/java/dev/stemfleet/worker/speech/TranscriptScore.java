package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.Thresholds;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// How well what was heard fits what was to be said. Lengths are in code points, both texts without
/// white space around them.
///
/// Source: MoebiusSt/chatterbox-pipeline, whisper validator and quality scorer.
///
/// @param similarity words of both texts to words of either, 0…1
/// @param quality 0.7 similarity + 0.3 of the length that was heard, 0…1
/// @param overall by which candidates are compared, 0…1
record TranscriptScore(double similarity, double quality, double overall) {
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
  private static final double SHORT = 0.3;
  private static final double UNLIKE = 0.3;

  /// @param heard the transcript
  /// @param text that was to be said
  static TranscriptScore of(String heard, String text) {
    String said = heard.strip();
    String wanted = text.strip();
    double similarity = similarity(words(said), words(wanted));
    double ratio = ratio(length(said), length(wanted));
    double quality = 0.7 * similarity + 0.3 * Math.min(1, ratio);
    double penalty = (said.isEmpty() ? 0.4 : 0) + (similarity < UNLIKE ? 0.2 : 0);
    double overall = (0.65 * similarity + 0.35 * lengthScore(said, wanted, ratio)) * (1 - penalty);
    return new TranscriptScore(similarity, quality, Math.clamp(overall, 0, 1));
  }

  /// A score a little too low is made up for by the other one.
  boolean valid(Thresholds least) {
    double s = similarity - least.similarity();
    double q = quality - least.quality();
    return (s >= 0 && q >= 0)
        || (q >= 0.02 && s >= -0.1)
        || (s >= 0.02 && q >= -0.1)
        || (s >= -0.05 && q >= -0.05 && s + q >= -0.05);
  }

  private static double lengthScore(String said, String wanted, double ratio) {
    double close = Math.min(1, ratio) * (ratio < SHORT ? 0.5 : 1);
    double words = ratio(count(said), count(wanted));
    return 0.7 * close + 0.3 / (1 + Math.abs(words - 1));
  }

  private static double similarity(Set<String> a, Set<String> b) {
    if (a.isEmpty() && b.isEmpty()) {
      return 1;
    }
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    Set<String> either = new HashSet<>(a);
    either.addAll(b);
    return (double) both.size() / either.size();
  }

  private static Set<String> words(String text) {
    return text.isEmpty()
        ? Set.of()
        : new HashSet<>(Arrays.asList(WHITE_SPACE.split(text.toLowerCase(Locale.ROOT), -1)));
  }

  private static int count(String text) {
    return text.isEmpty() ? 0 : WHITE_SPACE.split(text, -1).length;
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? (part == 0 ? 1 : 0) : (double) part / whole;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
