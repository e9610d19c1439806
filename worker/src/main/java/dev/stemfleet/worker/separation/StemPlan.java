package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Which outputs of a network make which stems.
///
/// @param groups outputs that are summed; each group is joined once, whoever uses it
/// @param products the wanted stems
record StemPlan(List<List<Integer>> groups, List<Product> products) {
  private static final Set<String> NAMED = Set.of("vocals", "drums", "bass");

  /// One wanted stem.
  ///
  /// @param group index of the group it is made of
  /// @param restOfMix whether it is the mix without that group
  record Product(Stem stem, int group, boolean restOfMix) {}

  /// @throws JobException MODEL_UNKNOWN if the network cannot give a wanted stem
  static StemPlan of(ModelSpec spec, Set<Stem> wanted) {
    List<List<Integer>> groups = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    for (Stem stem : wanted.stream().sorted(Comparator.naturalOrder()).toList()) {
      List<Integer> outputs = outputs(spec, stem);
      if (!groups.contains(outputs)) {
        groups.add(outputs);
      }
      products.add(new Product(stem, groups.indexOf(outputs), stem == Stem.INSTRUMENTAL));
    }
    return new StemPlan(List.copyOf(groups), List.copyOf(products));
  }

  private static List<Integer> outputs(ModelSpec spec, Stem stem) {
    List<String> names = spec.stems();
    List<Integer> outputs =
        IntStream.range(0, names.size()).filter(i -> feeds(names.get(i), stem)).boxed().toList();
    if (outputs.isEmpty()) {
      throw new JobException(
          FailureCode.MODEL_UNKNOWN,
          "model %s gives no %s (it gives %s)"
              .formatted(spec.id(), stem.key(), String.join(", ", names)));
    }
    return outputs;
  }

  private static boolean feeds(String output, Stem stem) {
    return switch (stem) {
      case ACAPELLA, INSTRUMENTAL -> output.equals("vocals");
      case DRUMS -> output.equals("drums");
      case BASS -> output.equals("bass");
      case MELODY -> !NAMED.contains(output);
      case NARRATION -> false;
    };
  }
}
