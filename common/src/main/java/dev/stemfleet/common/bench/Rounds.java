package dev.stemfleet.common.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Times of contenders that took turns, so that a slow minute of the machine meets all of them.
///
/// @param seconds of every contender, one per round
public record Rounds(Map<String, List<Double>> seconds) {
  /// Lets every contender work once per round, in the order given.
  ///
  /// @param rounds at least 1
  /// @throws Exception what a contender throws
  public static Rounds run(int rounds, List<Contender> contenders) throws Exception {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    contenders.forEach(contender -> seconds.put(contender.name(), new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        Objects.requireNonNull(seconds.get(contender.name())).add(contender.work().call());
      }
    }
    return new Rounds(seconds);
  }

  /// The middle time of a contender.
  public double median(String contender) {
    return median(of(contender));
  }

  /// The median over the rounds of one contender's time divided by another's: what a machine that
  /// changes its pace leaves of a comparison.
  public double ratio(String numerator, String denominator) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < of(numerator).size(); round++) {
      ratios.add(of(numerator).get(round) / of(denominator).get(round));
    }
    return median(ratios);
  }

  /// The middle value; of an even number, the mean of the middle two.
  ///
  /// @param values at least one
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private List<Double> of(String contender) {
    return Objects.requireNonNull(seconds.get(contender), contender);
  }
}
