package dev.stemfleet.common.domain;

import java.util.ArrayList;
import java.util.List;

/// An exchange of arrays, shaped as a model's networks have it.
///
/// @param networkInputs by network and role
/// @param networkOutputs by network and role
/// @param networkStems by network
public record ArrayExchange(
    List<List<Tensor>> networkInputs,
    List<List<Tensor>> networkOutputs,
    List<List<String>> networkStems)
    implements Exchange {
  public ArrayExchange {
    networkInputs = List.copyOf(networkInputs);
    networkOutputs = List.copyOf(networkOutputs);
    networkStems = List.copyOf(networkStems);
  }

  /// Zeros; every network with inputs of its own, and with an axis for the stems that are taken
  /// from it.
  public static ArrayExchange of(ModelSpec spec) {
    List<List<Tensor>> inputs = new ArrayList<>();
    List<List<Tensor>> outputs = new ArrayList<>();
    List<List<String>> stems = new ArrayList<>();
    int batch = spec.segments().batch();
    for (int network = 0; network < spec.files().size(); network++) {
      List<String> own = spec.stemsOf(network);
      stems.add(own);
      inputs.add(zeros(spec.layout().inputs(batch, own.size(), spec.segments())));
      outputs.add(zeros(spec.layout().outputs(batch, own.size(), spec.segments())));
    }
    return new ArrayExchange(inputs, outputs, stems);
  }

  private static List<Tensor> zeros(List<TensorShape> shapes) {
    return shapes.stream().<Tensor>map(ArrayTensor::of).toList();
  }

  @Override
  public List<Tensor> inputs(int network) {
    return networkInputs.get(network);
  }

  @Override
  public List<Tensor> outputs(int network) {
    return networkOutputs.get(network);
  }

  @Override
  public List<String> stems(int network) {
    return networkStems.get(network);
  }
}
