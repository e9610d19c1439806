package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Sound;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.message.GraphFacts.Tensor;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Makes a definition from networks' files and what the operator says. Pure but for its questions.
final class Drafter {
  private final List<Network> networks;
  private final Asked asked;

  Drafter(List<Network> networks, Asked asked) {
    this.networks = List.copyOf(networks);
    this.asked = asked;
  }

  /// @param id of the model
  /// @param paths of the networks' files below the definition's folder
  /// @param sideFiles as they will be
  /// @throws RequestException naming file or flag, if no layout fits or the definition is not sound
  Draft draft(String id, List<String> paths, List<ModelFile> sideFiles) {
    Family family = family();
    Layouts layout = Layouts.of(family, networks, asked);
    Stems stems = stems(family);
    SegmentPlan plan = SegmentPlan.of(layout.layout(), layout.samples(), batch(family));
    asked.note("segments.strideSamples", plan.note());
    asked.note("segments.window", plan.note());
    asked.note("segments.border", plan.note());
    asked.note("trackNormalisation", plan.note());
    List<ModelFile> files = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      files.add(file(networks.get(i), paths.get(i), stems.perFile().get(i), layout.layout()));
    }
    try {
      ModelSpec spec =
          new ModelSpec(
              id,
              1,
              layout.layout(),
              files,
              sideFiles,
              stems.all(),
              new Sound(44_100, 2),
              dtype(),
              plan.segments(),
              new Treatment(plan.normalisation(), 0, false),
              asked.licence(),
              Objects.requireNonNullElse(asked.wishes().source(), "not stated"));
      return new Draft(spec, asked.notes());
    } catch (IllegalArgumentException e) {
      throw new ModelException(networks.getFirst().file() + ": " + e.getMessage());
    }
  }

  private Family family() {
    List<Family> all = networks.stream().map(this::familyOf).distinct().toList();
    if (all.size() != 1) {
      throw new ModelException(
          "%s and %s have different tensors; files of one model have the same"
              .formatted(networks.getFirst().file(), other(all).file()));
    }
    return all.getFirst();
  }

  private Network other(List<Family> all) {
    return networks.stream()
        .filter(network -> familyOf(network).equals(all.get(1)))
        .findFirst()
        .orElseThrow();
  }

  private Family familyOf(Network network) {
    List<Family> found = Recognition.of(network.graph());
    String wanted = asked.wishes().layout();
    List<Family> fitting =
        wanted == null
            ? found
            : found.stream().filter(family -> family.key().equals(wanted)).toList();
    if (fitting.isEmpty()) {
      throw new ModelException(
          "%s: its tensors are those of no %s: takes %s, gives %s"
              .formatted(
                  network.file(),
                  wanted == null ? "layout that is known" : wanted + " model",
                  network.graph().inputs(),
                  network.graph().outputs()));
    }
    if (fitting.size() > 1) {
      asked.note(
          "layout.kind",
          "the likelier one; --layout %s has the same tensors".formatted(fitting.get(1).key()));
    } else {
      asked.note("layout.kind", "recognised by the network's tensors");
    }
    return fitting.getFirst();
  }

  /// @param all in the order of the networks' outputs, or of the files
  /// @param perFile what is taken from each
  private record Stems(List<String> all, List<List<String>> perFile) {}

  private Stems stems(Family family) {
    Wishes wishes = asked.wishes();
    if (networks.size() == 1) {
      List<String> all = asked.stems(family, networks.getFirst().name());
      return new Stems(all, List.of(all));
    }
    boolean bag = family.stems() != 1;
    List<String> given = bag || wishes.stems().isEmpty() ? wishes.fileStems() : wishes.stems();
    String flag = bag ? "--file-stems" : "--stems";
    List<String> each = asked.stemsOfFiles(flag, given, networks);
    if (new HashSet<>(each).size() != each.size()) {
      throw new RequestException(flag + ": two files give the same stem: " + each);
    }
    asked.note("stems", given.isEmpty() ? "from the names of the files" : Draft.GIVEN);
    List<String> all = bag ? asked.stems(family, networks.getFirst().name()) : each;
    if (!new HashSet<>(all).equals(new HashSet<>(each))) {
      throw new RequestException(
          "%s: from the files %s are taken, the model gives %s".formatted(flag, each, all));
    }
    return new Stems(all, each.stream().map(List::of).toList());
  }

  private ModelFile file(Network network, String path, List<String> stems, ModelLayout layout) {
    boolean split =
        switch (layout) {
          case ModelLayout.Hybrid hybrid -> hybrid.parts() == ComplexParts.SPLIT;
          case ModelLayout.Roformer roformer -> roformer.parts() == ComplexParts.SPLIT;
          case ModelLayout.Waveform _,
              ModelLayout.MdxNet _,
              ModelLayout.Mdx23c _,
              ModelLayout.OpenUnmix _,
              ModelLayout.Spleeter _ ->
              false;
        };
    boolean waveform = layout instanceof ModelLayout.Hybrid;
    return new ModelFile(
        path,
        network.sha256(),
        network.bytes(),
        networks.size() == 1 ? List.of() : stems,
        split ? Roles.inputs(network, waveform, asked) : List.of(),
        split ? Roles.outputs(network, waveform, asked) : List.of());
  }

  private Dtype dtype() {
    asked.note("dtype", Draft.GRAPH);
    List<String> types =
        networks.stream()
            .flatMap(
                network ->
                    java.util.stream.Stream.concat(
                        network.graph().inputs().stream(), network.graph().outputs().stream()))
            .map(Tensor::type)
            .distinct()
            .toList();
    if (types.stream().allMatch(type -> type.equals("float32") || type.equals("float16"))) {
      return types.size() > 1
          ? Dtype.MIXED
          : Dtype.valueOf(types.getFirst().toUpperCase(Locale.ROOT));
    }
    throw new ModelException(
        "%s: its tensors hold %s; only float32 and float16 are supported"
            .formatted(networks.getFirst().file(), String.join(", ", types)));
  }

  private int batch(Family family) {
    long fixed = networks.getFirst().graph().inputs().getFirst().dim(0);
    boolean none = family instanceof Family.Spleeter || fixed < 1;
    asked.note("segments.batch", none ? Draft.OWN : Draft.GRAPH);
    return none ? 1 : (int) Math.min(fixed, 64);
  }
}
