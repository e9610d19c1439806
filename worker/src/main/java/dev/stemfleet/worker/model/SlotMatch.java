package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.GraphFacts.Tensor;
import dev.stemfleet.worker.model.Binding.Bound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds out which of a network's inputs, or outputs, has which role.
///
/// @param file named in errors
/// @param kind `input` or `output`
/// @param slots that the network has
/// @param names that the definition gives them by role, or none
record SlotMatch(String file, String kind, List<Tensor> slots, List<String> names, ModelSpec spec) {
  /// How a size that the file leaves open is written.
  private static final long ANY = -1;

  /// Whether tensors of these shapes can go in exactly these slots, in one way or in several.
  boolean fits(List<TensorShape> shapes) {
    return !assignments(shapes).isEmpty();
  }

  /// The slots by role.
  ///
  /// @throws JobException MODEL_BROKEN naming file and tensor, if there is none or several ways
  List<Bound> bind(List<TensorShape> shapes) {
    List<List<Tensor>> all = assignments(shapes);
    if (all.isEmpty()) {
      throw complaint(shapes);
    }
    if (all.size() > 1) {
      throw broken(
          "%ss: %s can have more than one role; %ss of the file in the definition must name them"
              .formatted(kind, named(), kind));
    }
    List<Tensor> found = all.getFirst();
    return IntStream.range(0, shapes.size())
        .mapToObj(
            role -> new Bound(found.get(role).name(), shapes.get(role), dtype(found.get(role))))
        .toList();
  }

  private Dtype dtype(Tensor slot) {
    List<Dtype> wanted =
        switch (spec.dtype()) {
          case MIXED -> List.of(Dtype.FLOAT32, Dtype.FLOAT16);
          case FLOAT32, FLOAT16 -> List.of(spec.dtype());
        };
    return wanted.stream()
        .filter(dtype -> slot.type().equals(word(dtype)))
        .findFirst()
        .orElseThrow(
            () ->
                broken(
                    "%s %s: is %s, dtype of the definition is %s"
                        .formatted(kind, slot.name(), slot.type(), word(spec.dtype()))));
  }

  /// Whether the file leaves the size of axis 0 of all bound slots open.
  boolean batchIsFree(List<Bound> bound) {
    return bound.stream()
        .map(one -> slot(one.name()).orElseThrow())
        .allMatch(slot -> slot.dims().getFirst() == ANY);
  }

  private List<List<Tensor>> assignments(List<TensorShape> shapes) {
    List<List<Tensor>> all = new ArrayList<>();
    // Outputs that nobody names stay unread; an input that nobody fills cannot be run.
    boolean complete = slots.size() == shapes.size();
    if (complete || (kind.equals("output") && !names.isEmpty())) {
      assign(shapes, new ArrayList<>(), all);
    }
    return all;
  }

  private void assign(List<TensorShape> shapes, List<Tensor> chosen, List<List<Tensor>> all) {
    int role = chosen.size();
    if (role == shapes.size()) {
      all.add(List.copyOf(chosen));
      return;
    }
    for (Tensor slot : slots) {
      boolean named = names.isEmpty() || names.get(role).equals(slot.name());
      if (named && !chosen.contains(slot) && takes(slot, shapes.get(role))) {
        chosen.add(slot);
        assign(shapes, chosen, all);
        chosen.removeLast();
      }
    }
  }

  private JobException complaint(List<TensorShape> shapes) {
    for (String name : names) {
      if (slot(name).isEmpty()) {
        return broken("%ss: there is no %s %s, there are %s".formatted(kind, kind, name, named()));
      }
    }
    if (slots.size() != shapes.size()) {
      return broken(
          "%ss: a network of layout %s has %d, this has %d: %s"
              .formatted(kind, spec.layout().key(), shapes.size(), slots.size(), named()));
    }
    for (int role = 0; role < names.size(); role++) {
      Tensor slot = slot(names.get(role)).orElseThrow();
      if (!takes(slot, shapes.get(role))) {
        return wrongShape(slot, shapes.get(role).toString());
      }
    }
    return unnamed(shapes);
  }

  /// Says of the slot that fits nowhere what should be in its place.
  private JobException unnamed(List<TensorShape> shapes) {
    List<TensorShape> left = new ArrayList<>(shapes);
    List<Tensor> odd = new ArrayList<>();
    for (Tensor slot : slots) {
      Optional<TensorShape> shape = left.stream().filter(one -> takes(slot, one)).findFirst();
      shape.ifPresentOrElse(left::remove, () -> odd.add(slot));
    }
    Tensor slot = odd.getFirst();
    String wanted =
        left.stream()
            .filter(shape -> shape.dims().size() == slot.rank())
            .findFirst()
            .map(TensorShape::toString)
            .orElseGet(() -> String.join(" or ", texts(left)));
    return wrongShape(slot, wanted);
  }

  private static List<String> texts(List<TensorShape> shapes) {
    return List.copyOf(new HashSet<>(shapes.stream().map(TensorShape::toString).toList()));
  }

  private JobException wrongShape(Tensor slot, String wanted) {
    return broken(
        "%s %s: shape is %s, the definition's layout, stems and segments give %s"
            .formatted(kind, slot.name(), slot.dims(), wanted));
  }

  /// Whether a tensor of this shape can go there.
  private static boolean takes(Tensor slot, TensorShape shape) {
    return slot.rank() == shape.dims().size()
        && IntStream.range(0, slot.rank())
            .allMatch(axis -> slot.dim(axis) == ANY || slot.dim(axis) == shape.dims().get(axis));
  }

  private static String word(Dtype dtype) {
    return dtype.name().toLowerCase(Locale.ROOT);
  }

  private Optional<Tensor> slot(String name) {
    return slots.stream().filter(slot -> slot.name().equals(name)).findFirst();
  }

  private String named() {
    return String.join(", ", slots.stream().map(slot -> slot.name() + " " + slot.dims()).toList());
  }

  private JobException broken(String what) {
    return ModelFiles.broken(file, what);
  }
}
