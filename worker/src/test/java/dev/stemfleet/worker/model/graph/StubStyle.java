package dev.stemfleet.worker.model.graph;

import dev.stemfleet.common.domain.TensorShape;
import java.util.List;
import java.util.Map;

/// What differs between exports of the same network.
///
/// @param inputs names by role; `in0`, `in1` … where they end
/// @param outputs names by role; `out0`, `out1` … where they end
/// @param reversed whether the last role comes first, among inputs and among outputs
/// @param sizes what is declared instead of some sizes; −1 leaves them open
/// @param freeBatch whether the size of axis 0 is left open
/// @param metadata kept in the file
/// @param stemAxis whether one stem alone has an axis for stems
public record StubStyle(
    List<String> inputs,
    List<String> outputs,
    boolean reversed,
    Map<Long, Long> sizes,
    boolean freeBatch,
    Map<String, String> metadata,
    boolean stemAxis) {
  public static final StubStyle PLAIN =
      new StubStyle(List.of(), List.of(), false, Map.of(), false, Map.of(), true);

  public StubStyle named(List<String> inputs, List<String> outputs) {
    return new StubStyle(inputs, outputs, reversed, sizes, freeBatch, metadata, stemAxis);
  }

  public StubStyle lastFirst() {
    return new StubStyle(inputs, outputs, true, sizes, freeBatch, metadata, stemAxis);
  }

  /// Declares another size wherever a tensor has this one; a graph with other than open sizes is
  /// still sound, because nothing in it knows them.
  public StubStyle declaring(long size, long instead) {
    return new StubStyle(
        inputs, outputs, reversed, Map.of(size, instead), freeBatch, metadata, stemAxis);
  }

  public StubStyle withFreeBatch() {
    return new StubStyle(inputs, outputs, reversed, sizes, true, metadata, stemAxis);
  }

  public StubStyle saying(Map<String, String> metadata) {
    return new StubStyle(inputs, outputs, reversed, sizes, freeBatch, metadata, stemAxis);
  }

  public StubStyle withoutStemAxis() {
    return new StubStyle(inputs, outputs, reversed, sizes, freeBatch, metadata, false);
  }

  String input(int role) {
    return role < inputs.size() ? inputs.get(role) : "in" + role;
  }

  String output(int role) {
    return role < outputs.size() ? outputs.get(role) : "out" + role;
  }

  long[] shape(TensorShape shape) {
    long[] declared =
        shape.dims().stream().mapToLong(size -> sizes.getOrDefault(size, size)).toArray();
    declared[0] = freeBatch ? -1 : declared[0];
    return declared;
  }
}
