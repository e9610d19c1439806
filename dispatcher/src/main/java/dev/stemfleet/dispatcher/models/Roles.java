package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.message.GraphFacts.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Names of tensors by role where real and imaginary parts are tensors of the same shape: told by
/// their names where these say so, else by the operator.
final class Roles {
  private Roles() {}

  static List<String> inputs(Network network, boolean waveform, Asked asked) {
    return named(
        "--inputs",
        network,
        network.graph().inputs(),
        waveform ? 3 : 0,
        asked.wishes().inputs(),
        asked);
  }

  static List<String> outputs(Network network, boolean waveform, Asked asked) {
    return named(
        "--outputs",
        network,
        network.graph().outputs(),
        waveform ? 4 : 0,
        asked.wishes().outputs(),
        asked);
  }

  /// @param soundRank of the waveform's tensor, which comes first; 0 if there is none
  private static List<String> named(
      String flag,
      Network network,
      List<Tensor> tensors,
      int soundRank,
      List<String> given,
      Asked asked) {
    String field = "files." + flag.substring(2);
    if (!given.isEmpty()) {
      asked.note(field, Draft.GIVEN);
      return given;
    }
    List<String> names = new ArrayList<>();
    tensors.stream().filter(t -> isSound(t, soundRank)).forEach(t -> names.add(t.name()));
    List<Tensor> parts = tensors.stream().filter(t -> !isSound(t, soundRank)).toList();
    Optional<String> real = only(parts, "re");
    Optional<String> imaginary = only(parts, "im");
    if (real.isPresent() && imaginary.isPresent()) {
      asked.note(field, "real, then imaginary, told by the tensors' names");
      names.addAll(List.of(real.get(), imaginary.get()));
      return names;
    }
    asked.note(field, Draft.GIVEN);
    return asked.ask(
        flag,
        "Which tensors of %s are%s the real and the imaginary parts, of %s"
            .formatted(network.name(), soundRank == 0 ? "" : " the waveform,", tensors));
  }

  /// A spectrum with 2048 bins has them on its third axis; the waveform does not.
  private static boolean isSound(Tensor tensor, int rank) {
    return rank > 0 && tensor.rank() == rank && !tensor.dims().contains(2048L);
  }

  private static Optional<String> only(List<Tensor> tensors, String part) {
    String pattern = "(.*[^a-z])?" + part + "(al|ag|aginary)?([^a-z].*)?";
    List<String> found =
        tensors.stream()
            .map(Tensor::name)
            .filter(name -> name.toLowerCase(Locale.ROOT).matches(pattern))
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
