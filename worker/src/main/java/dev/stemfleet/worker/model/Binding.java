package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.common.failure.JobException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The tensors of a network, bound to the roles that the layout gives them: by shape, never by order,
/// and by name only where the definition names them.
///
/// @param inputs by role
/// @param outputs by role
/// @param stems what the outputs' axis of stems holds
/// @param freeBatch whether a run may have fewer segments than the definition's batch
record Binding(List<Bound> inputs, List<Bound> outputs, List<String> stems, boolean freeBatch) {

  /// A tensor of the network and its shape, without open sizes.
  record Bound(String name, TensorShape shape) {}

  /// @param network its place among the definition's files
  /// @param file named in errors
  /// @throws JobException MODEL_BROKEN naming file and tensor
  static Binding of(GraphSignature graph, ModelSpec spec, int network, String file) {
    ModelFile names = spec.files().get(network);
    SlotMatch inputs = new SlotMatch(file, "input", graph.inputs(), names.inputs(), spec);
    SlotMatch outputs = new SlotMatch(file, "output", graph.outputs(), names.outputs(), spec);
    List<Bound> in =
        inputs.bind(
            spec.layout()
                .inputs(spec.segments().batch(), spec.stems().size(), spec.segments()));
    SequencedMap<List<TensorShape>, List<String>> candidates = candidates(spec, network);
    List<List<TensorShape>> fitting =
        candidates.keySet().stream().filter(outputs::fits).toList();
    if (fitting.size() > 1) {
      throw ModelFiles.broken(
          file,
          "outputs: their axis of stems has no fixed size; it may hold %s or %s"
              .formatted(spec.stemsOf(network), spec.stems()));
    }
    List<TensorShape> shapes =
        fitting.isEmpty() ? candidates.lastEntry().getKey() : fitting.getFirst();
    List<Bound> out = outputs.bind(shapes);
    boolean free = inputs.batchIsFree(in) && outputs.batchIsFree(out);
    return new Binding(
        in, out, candidates.get(shapes), free && !(spec.layout() instanceof ModelLayout.Spleeter));
  }

  /// A network of a bag gives the stems that are taken from it, or all of the model's.
  private static SequencedMap<List<TensorShape>, List<String>> candidates(
      ModelSpec spec, int network) {
    SequencedMap<List<TensorShape>, List<String>> candidates = new LinkedHashMap<>();
    for (List<String> stems : List.of(spec.stemsOf(network), spec.stems())) {
      candidates.putIfAbsent(
          spec.layout().outputs(spec.segments().batch(), stems.size(), spec.segments()), stems);
    }
    return candidates;
  }
}
