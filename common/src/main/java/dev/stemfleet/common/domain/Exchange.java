package dev.stemfleet.common.domain;

import java.util.List;

/// The tensors of one run of a model: its inputs are filled, its networks run, its outputs read.
/// While the networks run on one exchange, others can be filled and read. Belongs to whoever made
/// it and lives as long as the model; used by one thread at a time.
public interface Exchange {
  /// Inputs of one network, by its place in [ModelSpec#files], in the order of the layout's roles.
  /// Networks that want the same input share it: their lists hold the same tensors.
  List<Tensor> inputs(int network);

  /// Outputs of one network, in the order of the layout's roles.
  List<Tensor> outputs(int network);

  /// What the outputs' axis of stems holds, in its order; one name where there is no such axis.
  List<String> stems(int network);
}
