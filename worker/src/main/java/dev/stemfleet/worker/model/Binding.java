package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.GraphFacts;
import java.util.ArrayList;
import java.util.List;

/// The tensors of a network, bound to the roles that the layout gives them: by shape, never by
/// order, and by name only where the definition names them.
///
/// @param inputs by role
/// @param outputs by role
/// @param stems what the outputs' axis of stems holds
/// @param freeBatch whether a run may have fewer segments than the definition's batch
record Binding(List<Bound> inputs, List<Bound> outputs, List<String> stems, boolean freeBatch) {

  /// A tensor of the network and its shape, without open sizes.
  ///
  /// @param dtype float32 or float16
  record Bound(String name, TensorShape shape, Dtype dtype) {}

  /// @param network its place among the definition's files
  /// @param file named in errors
  /// @throws JobException MODEL_BROKEN naming file and tensor
  static Binding of(GraphFacts graph, ModelSpec spec, int network, String file) {
    ModelFile names = spec.files().get(network);
    SlotMatch inputs = new SlotMatch(file, "input", graph.inputs(), names.inputs(), spec);
    SlotMatch outputs = new SlotMatch(file, "output", graph.outputs(), names.outputs(), spec);
    List<Bound> in =
        inputs.bind(
            spec.layout().inputs(spec.segments().batch(), spec.stems().size(), spec.segments()));
    List<Candidate> candidates = candidates(spec, network);
    List<Candidate> fitting =
        candidates.stream().filter(candidate -> outputs.fits(candidate.outputs())).toList();
    if (fitting.size() > 1) {
      throw ModelFiles.broken(
          file,
          "outputs: their axis of stems has no fixed size; it may hold %s or %s"
              .formatted(spec.stemsOf(network), spec.stems()));
    }
    Candidate chosen = fitting.isEmpty() ? candidates.getLast() : fitting.getFirst();
    List<Bound> out = outputs.bind(chosen.outputs());
    boolean free = inputs.batchIsFree(in) && outputs.batchIsFree(out);
    return new Binding(
        in, out, chosen.stems(), free && !(spec.layout() instanceof ModelLayout.Spleeter));
  }

  /// What a network's outputs may be.
  private record Candidate(List<TensorShape> outputs, List<String> stems) {
    /// The values are the same, and in the same order.
    private Candidate withoutStemAxis() {
      return new Candidate(outputs.stream().map(shape -> shape.without(1)).toList(), stems);
    }
  }

  /// A network of a bag gives the stems that are taken from it, or all of the model's. The
  /// likeliest is the last.
  private static List<Candidate> candidates(ModelSpec spec, int network) {
    Candidate own = candidate(spec, spec.stemsOf(network));
    Candidate all = candidate(spec, spec.stems());
    List<Candidate> candidates = new ArrayList<>();
    if (own.stems().size() == 1 && hasStemAxis(spec.layout())) {
      candidates.add(own.withoutStemAxis());
    }
    candidates.add(own);
    if (!own.outputs().equals(all.outputs())) {
      candidates.add(all);
    }
    return candidates;
  }

  /// Whether outputs have the stems on axis 1, even one alone. Some exports leave it out then.
  private static boolean hasStemAxis(ModelLayout layout) {
    return switch (layout) {
      case ModelLayout.Waveform _, ModelLayout.Roformer _ -> true;
      case ModelLayout.Hybrid hybrid -> !hybrid.stemsInChannels();
      case ModelLayout.MdxNet _,
          ModelLayout.Mdx23c _,
          ModelLayout.OpenUnmix _,
          ModelLayout.Spleeter _ ->
          false;
    };
  }

  private static Candidate candidate(ModelSpec spec, List<String> stems) {
    return new Candidate(
        spec.layout().outputs(spec.segments().batch(), stems.size(), spec.segments()), stems);
  }
}
