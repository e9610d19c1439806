package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.message.GraphFacts;
import dev.stemfleet.common.message.GraphFacts.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells which layouts a network's tensors fit: by rank and fixed sizes, never by name or order.
final class Recognition {
  private static final long HTDEMUCS_BINS = 2048;
  private static final long ROFORMER_BINS = 1025;
  private static final long OPEN_UNMIX_BINS = 2049;
  private static final long SPLEETER_BINS = 1024;
  private static final long SPLEETER_FRAMES = 512;

  private final List<Tensor> in;
  private final List<Tensor> out;

  private Recognition(GraphFacts graph) {
    in = graph.inputs();
    out = graph.outputs();
  }

  /// All that it could be, the likeliest first; none if no layout has such tensors.
  static List<Family> of(GraphFacts graph) {
    Recognition recognition = new Recognition(graph);
    List<Family> found = new ArrayList<>();
    recognition.waveform().ifPresent(found::add);
    recognition.hybrid().ifPresent(found::add);
    recognition.magnitudes().ifPresent(found::add);
    recognition.roformer().ifPresent(found::add);
    if (found.isEmpty()) {
      recognition.mdx().forEach(found::add);
    }
    return List.copyOf(found);
  }

  private Optional<Family> waveform() {
    return only(in)
        .filter(mix -> is(mix, -2, 2, -2))
        .flatMap(
            mix ->
                only(out)
                    .flatMap(stems -> stems(stems, 2, mix.dim(2)))
                    .map(count -> new Family.Waveform(mix.dim(2), count)));
  }

  /// A waveform and a spectrum; both come back.
  private Optional<Family> hybrid() {
    List<Tensor> spectra =
        in.stream().filter(tensor -> tensor.dims().contains(HTDEMUCS_BINS)).toList();
    List<Tensor> sound =
        in.stream().filter(t -> t.rank() == 3 && t.dim(1) == 2 && !spectra.contains(t)).toList();
    if (sound.size() != 1 || spectra.isEmpty() || in.size() != spectra.size() + 1) {
      return Optional.empty();
    }
    long samples = sound.getFirst().dim(2);
    Optional<ComplexParts> parts = hybridParts(spectra);
    return parts.flatMap(p -> hybridOutputs(samples, p));
  }

  private static Optional<ComplexParts> hybridParts(List<Tensor> spectra) {
    Tensor first = spectra.getFirst();
    boolean two = spectra.size() == 2;
    if (two && spectra.stream().allMatch(t -> is(t, -2, 2, HTDEMUCS_BINS, -2))) {
      return Optional.of(ComplexParts.SPLIT);
    }
    if (spectra.size() != 1) {
      return Optional.empty();
    }
    if (is(first, -2, 4, HTDEMUCS_BINS, -2)) {
      return Optional.of(ComplexParts.CHANNELS);
    }
    if (is(first, -2, 2, 2, HTDEMUCS_BINS, -2)) {
      return Optional.of(ComplexParts.PAIRS);
    }
    return is(first, -2, 2, HTDEMUCS_BINS, -2, 2)
        ? Optional.of(ComplexParts.LAST)
        : Optional.empty();
  }

  private Optional<Family> hybridOutputs(long samples, ComplexParts parts) {
    int wanted = parts == ComplexParts.SPLIT ? 3 : 2;
    if (out.size() != wanted) {
      return Optional.empty();
    }
    Optional<Tensor> stems =
        out.stream()
            .filter(t -> t.rank() == 4 && t.dim(2) == 2 && !t.dims().contains(HTDEMUCS_BINS))
            .findFirst();
    if (stems.isPresent()) {
      return Optional.of(new Family.Hybrid(samples, (int) stems.get().dim(1), parts, false));
    }
    return out.stream()
        .filter(t -> t.rank() == 3 && parts == ComplexParts.CHANNELS)
        .findFirst()
        .map(t -> new Family.Hybrid(samples, t.dim(1) < 0 ? -1 : (int) t.dim(1) / 2, parts, true));
  }

  /// Magnitudes in and out, of the same shape: Open-Unmix and Spleeter.
  private Optional<Family> magnitudes() {
    Optional<Tensor> one = only(in, 4);
    if (one.isEmpty() || only(out, 4).isEmpty()) {
      return Optional.empty();
    }
    Tensor tensor = one.get();
    Tensor back = out.getFirst();
    if (is(tensor, -2, 2, OPEN_UNMIX_BINS, -2) && is(back, -2, 2, OPEN_UNMIX_BINS, -2)) {
      return Optional.of(new Family.OpenUnmix(tensor.dim(3)));
    }
    return is(tensor, 2, -2, SPLEETER_FRAMES, SPLEETER_BINS)
            && is(back, 2, -2, SPLEETER_FRAMES, SPLEETER_BINS)
        ? Optional.of(new Family.Spleeter(tensor.dim(1)))
        : Optional.empty();
  }

  private Optional<Family> roformer() {
    return Stream.of(
            roformer(ComplexParts.LAST, 2, new long[] {-2, 2 * ROFORMER_BINS, -2, 2}),
            roformer(ComplexParts.FLAT, 1, new long[] {-2, -2, 4 * ROFORMER_BINS}),
            roformer(ComplexParts.PAIRS_LAST, 3, new long[] {-2, 2, ROFORMER_BINS, -2, 2}),
            roformer(ComplexParts.SPLIT, 3, new long[] {-2, 2, ROFORMER_BINS, -2}))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// @param time the axis of frames of its inputs
  /// @param inputs their sizes
  private Optional<Family> roformer(ComplexParts parts, int time, long[] inputs) {
    int tensors = parts == ComplexParts.SPLIT ? 2 : 1;
    if (in.size() != tensors
        || out.size() != tensors
        || !in.stream().allMatch(tensor -> is(tensor, inputs))) {
      return Optional.empty();
    }
    long[] stem =
        switch (parts) {
          case LAST, FLAT -> new long[] {2 * ROFORMER_BINS, -2, 2};
          case PAIRS_LAST -> new long[] {2, ROFORMER_BINS, -2, 2};
          case SPLIT -> new long[] {2, ROFORMER_BINS, -2};
          case CHANNELS, PAIRS -> throw new IllegalArgumentException(parts + ": no RoFormer's");
        };
    List<Integer> counts = out.stream().flatMap(t -> stems(t, stem).stream()).distinct().toList();
    return counts.size() == 1
        ? Optional.of(new Family.Roformer(in.getFirst().dim(time), counts.getFirst(), parts))
        : Optional.empty();
  }

  /// A single-stem MDX23C has the tensors of MDX-Net, which is the likelier.
  private List<Family> mdx() {
    Optional<Tensor> spectrum = only(in, 4).filter(t -> is(t, -2, 4, -2, -2));
    if (spectrum.isEmpty() || out.size() != 1) {
      return List.of();
    }
    Tensor from = spectrum.get();
    Tensor to = out.getFirst();
    if (is(to, -2, 4, from.dim(2), from.dim(3))) {
      return List.of(
          new Family.MdxNet(from.dim(2), from.dim(3)),
          new Family.Mdx23c(from.dim(2), from.dim(3), 1));
    }
    return is(to, -2, -2, 4, from.dim(2), from.dim(3))
        ? List.of(new Family.Mdx23c(from.dim(2), from.dim(3), (int) to.dim(1)))
        : List.of();
  }

  /// How many stems a tensor has on axis 1, with these sizes behind it. One alone may have no axis.
  private static Optional<Integer> stems(Tensor tensor, long... sizes) {
    boolean axis = tensor.rank() == sizes.length + 2;
    int front = axis ? 2 : 1;
    long[] dims = new long[front + sizes.length];
    Arrays.fill(dims, 0, front, -2);
    System.arraycopy(sizes, 0, dims, front, sizes.length);
    return is(tensor, dims) ? Optional.of(axis ? (int) tensor.dim(1) : 1) : Optional.empty();
  }

  private static Optional<Tensor> only(List<Tensor> tensors) {
    return tensors.size() == 1 ? Optional.of(tensors.getFirst()) : Optional.empty();
  }

  private static Optional<Tensor> only(List<Tensor> tensors, int rank) {
    return tensors.size() == 1 && tensors.getFirst().rank() == rank
        ? Optional.of(tensors.getFirst())
        : Optional.empty();
  }

  /// @param dims −2 takes any; an open size of the tensor is taken where any is, and for axis 0
  private static boolean is(Tensor tensor, long... dims) {
    if (tensor.rank() != dims.length) {
      return false;
    }
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] != -2 && !same(tensor.dim(axis), dims[axis])) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(long size, long other) {
    return size == other || size == -1 || other == -1;
  }
}
