package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.message.GraphFacts;
import dev.stemfleet.common.message.GraphFacts.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return only(in, 3).isEmpty() || only(out, 4).isEmpty()
        ? Optional.empty()
        : only(in, 3)
            .filter(mix -> mix.dim(1) == 2)
            .filter(mix -> out.getFirst().dim(2) == 2)
            .filter(mix -> same(mix.dim(2), out.getFirst().dim(3)))
            .map(mix -> new Family.Waveform(mix.dim(2), (int) out.getFirst().dim(1)));
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
    Optional<Tensor> spectrum = only(in, 4).filter(t -> is(t, -2, 2 * ROFORMER_BINS, -2, 2));
    Optional<Tensor> flat = only(in, 3).filter(t -> is(t, -2, -2, 4 * ROFORMER_BINS));
    Optional<Tensor> stems = only(out, 5).filter(t -> is(t, -2, -2, 2 * ROFORMER_BINS, -2, 2));
    if (stems.isPresent() && spectrum.isPresent()) {
      return Optional.of(
          new Family.Roformer(spectrum.get().dim(2), (int) stems.get().dim(1), ComplexParts.LAST));
    }
    if (stems.isPresent() && flat.isPresent()) {
      return Optional.of(
          new Family.Roformer(flat.get().dim(1), (int) stems.get().dim(1), ComplexParts.FLAT));
    }
    boolean split =
        in.size() == 2
            && out.size() == 2
            && in.stream().allMatch(t -> is(t, -2, 2, ROFORMER_BINS, -2))
            && out.stream().allMatch(t -> is(t, -2, -2, 2, ROFORMER_BINS, -2));
    return split
        ? Optional.of(
            new Family.Roformer(
                in.getFirst().dim(3), (int) out.getFirst().dim(1), ComplexParts.SPLIT))
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
