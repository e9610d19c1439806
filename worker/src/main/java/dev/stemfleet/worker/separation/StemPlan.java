package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which outputs of a model make which stems.
///
/// @param groups outputs that are summed; each group is joined once, whoever uses it
/// @param products the wanted stems
/// @param spread the group of all outputs, if what it lacks of the mix is spread over them; else −1
record StemPlan(List<List<Integer>> groups, List<Product> products, int spread) {
  private static final Set<String> NAMED = Set.of("vocals", "drums", "bass");

  /// What models call the mix without the voice.
  private static final Set<String> BACKING = Set.of("instrumental", "accompaniment");

  /// One wanted stem.
  ///
  /// @param group index of the group it is made of
  /// @param restOfMix whether it is the mix without that group
  record Product(Stem stem, int group, boolean restOfMix) {}

  /// Places of all stems that a group needs.
  Set<Integer> outputs() {
    return groups.stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  /// @throws JobException MODEL_UNKNOWN if the model cannot give a wanted stem
  static StemPlan of(ModelSpec spec, Set<Stem> wanted) {
    List<List<Integer>> groups = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    for (Stem stem : wanted.stream().sorted(Comparator.naturalOrder()).toList()) {
      products.add(product(spec, stem, groups));
    }
    boolean spreads = spec.treatment().mixtureConsistency() && spec.stems().size() > 1;
    List<Integer> all = IntStream.range(0, spec.stems().size()).boxed().toList();
    int spread = spreads ? group(all, groups) : -1;
    return new StemPlan(List.copyOf(groups), List.copyOf(products), spread);
  }

  private static Product product(ModelSpec spec, Stem stem, List<List<Integer>> groups) {
    List<Integer> vocals = outputs(spec, "vocals"::equals);
    List<Integer> backing = outputs(spec, BACKING::contains);
    return switch (stem) {
      case ACAPELLA ->
          vocals.isEmpty()
              ? made(spec, stem, backing, true, groups)
              : made(spec, stem, vocals, false, groups);
      case INSTRUMENTAL ->
          vocals.isEmpty()
              ? made(spec, stem, backing, false, groups)
              : made(spec, stem, vocals, true, groups);
      case DRUMS -> made(spec, stem, outputs(spec, "drums"::equals), false, groups);
      case BASS -> made(spec, stem, outputs(spec, "bass"::equals), false, groups);
      case MELODY -> made(spec, stem, melody(spec), false, groups);
      case NARRATION -> throw unknown(spec, stem);
    };
  }

  /// Everything that is neither voice nor drums nor bass. What a model of less than these calls
  /// `other` holds what it does not name, so it is no melody.
  private static List<Integer> melody(ModelSpec spec) {
    List<String> names = spec.stems();
    boolean hasRhythm = names.contains("drums") && names.contains("bass");
    boolean restOfVocals = names.contains("vocals") && !hasRhythm;
    boolean melodic = !restOfVocals && names.stream().noneMatch(BACKING::contains);
    return outputs(spec, name -> melodic && !NAMED.contains(name));
  }

  private static List<Integer> outputs(ModelSpec spec, Predicate<String> wanted) {
    List<String> names = spec.stems();
    return IntStream.range(0, names.size()).filter(i -> wanted.test(names.get(i))).boxed().toList();
  }

  private static Product made(
      ModelSpec spec,
      Stem stem,
      List<Integer> outputs,
      boolean restOfMix,
      List<List<Integer>> groups) {
    if (outputs.isEmpty()) {
      throw unknown(spec, stem);
    }
    return new Product(stem, group(outputs, groups), restOfMix);
  }

  private static int group(List<Integer> outputs, List<List<Integer>> groups) {
    if (!groups.contains(outputs)) {
      groups.add(outputs);
    }
    return groups.indexOf(outputs);
  }

  private static JobException unknown(ModelSpec spec, Stem stem) {
    return new JobException(
        FailureCode.MODEL_UNKNOWN,
        "model %s gives no %s (it gives %s)"
            .formatted(spec.id(), stem.key(), String.join(", ", spec.stems())));
  }
}
