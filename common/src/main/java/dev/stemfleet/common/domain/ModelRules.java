package dev.stemfleet.common.domain;

import dev.stemfleet.common.domain.ModelLayout.Hybrid;
import dev.stemfleet.common.domain.ModelLayout.Mdx23c;
import dev.stemfleet.common.domain.ModelLayout.MdxNet;
import dev.stemfleet.common.domain.ModelLayout.OpenUnmix;
import dev.stemfleet.common.domain.ModelLayout.Roformer;
import dev.stemfleet.common.domain.ModelLayout.Spleeter;
import dev.stemfleet.common.domain.ModelLayout.Waveform;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What must hold among the fields of one definition, so that a wrong one is refused when it is
/// read and not when its network is run. Messages begin with the field.
record ModelRules(
    ModelLayout layout,
    List<ModelFile> files,
    List<ModelFile> sideFiles,
    List<String> stems,
    Segments segments) {

  /// @throws IllegalArgumentException naming the field
  void check() {
    checkPaths();
    checkStems();
    checkSegments();
    checkLayout();
    for (int network = 0; network < files.size(); network++) {
      checkNames(network);
    }
  }

  private void checkPaths() {
    HashSet<String> paths = new HashSet<>();
    for (ModelFile file : files) {
      require(paths.add(file.path()), "files: %s is there twice".formatted(file.path()));
    }
    for (ModelFile file : sideFiles) {
      require(paths.add(file.path()), "sideFiles: %s is there twice".formatted(file.path()));
    }
  }

  /// Every stem comes from exactly one network.
  private void checkStems() {
    Map<String, String> givenBy = new HashMap<>();
    for (int network = 0; network < files.size(); network++) {
      ModelFile file = files.get(network);
      require(
          files.size() == 1 || !file.stems().isEmpty(),
          "files[%d].stems: must say what is taken from %s, because there are %d files"
              .formatted(network, file.path(), files.size()));
      for (String stem : stemsOf(network)) {
        require(
            stems.contains(stem),
            "files[%d].stems: %s gives %s, stems has %s"
                .formatted(network, file.path(), stem, stems));
        String other = givenBy.put(stem, file.path());
        require(
            other == null,
            "files: %s is given by %s and by %s".formatted(stem, other, file.path()));
      }
    }
    for (String stem : stems) {
      require(givenBy.containsKey(stem), "stems: %s is given by none of the files".formatted(stem));
    }
  }

  private void checkSegments() {
    switch (layout) {
      case Waveform _, Hybrid _, Roformer _ -> {}
      case MdxNet net -> checkSamples(MdxNet.HOP, net.frames());
      case Mdx23c net -> checkSamples(net.stft().hop(), net.frames());
      case OpenUnmix net ->
          require(
              segments.samples() / OpenUnmix.STFT.hop() + 1 == net.frames(),
              "segments.samples: %d make %d frames, layout.frames is %d"
                  .formatted(
                      segments.samples(),
                      segments.samples() / OpenUnmix.STFT.hop() + 1,
                      net.frames()));
      case Spleeter net -> checkSplits(net.splits());
    }
  }

  private void checkSamples(int hop, int frames) {
    long samples = (long) hop * (frames - 1);
    require(
        segments.samples() == samples,
        "segments.samples: must be %d · (%d − 1) = %d, is %d"
            .formatted(hop, frames, samples, segments.samples()));
  }

  private void checkSplits(int splits) {
    Stft stft = Spleeter.STFT;
    long frames = Math.ceilDiv((long) segments.samples() + stft.fftSize(), stft.hop());
    long room = (long) splits * Spleeter.SPLIT_FRAMES;
    require(
        frames <= room,
        "segments.samples: %d make %d frames, layout.splits has room for %d"
            .formatted(segments.samples(), frames, room));
    require(segments.batch() == 1, "segments.batch: spleeter networks have no axis for it");
  }

  private void checkLayout() {
    switch (layout) {
      case Waveform _, Hybrid _, Mdx23c _, Roformer _ -> {}
      case MdxNet net -> {
        require(
            net.networks().size() == files.size(),
            "layout.networks: there are %d, but %d files"
                .formatted(net.networks().size(), files.size()));
        checkOneStemEach();
      }
      case OpenUnmix net -> {
        checkOneStemEach();
        require(
            net.filter() != MagnitudeFilter.WIENER || stems.size() > 1,
            "layout.filter: wiener needs more than one stem");
      }
      case Spleeter _ -> checkOneStemEach();
    }
  }

  private void checkOneStemEach() {
    for (int network = 0; network < files.size(); network++) {
      require(
          stemsOf(network).size() == 1,
          "files[%d].stems: a %s network gives one stem, these are %s"
              .formatted(network, layout.key(), stemsOf(network)));
    }
  }

  /// Tensors of the same shape can be told apart by names only.
  private void checkNames(int network) {
    ModelFile file = files.get(network);
    checkNames(
        "files[%d].inputs".formatted(network),
        file.inputs(),
        layout.inputs(segments.batch(), stems.size(), segments));
    checkNames(
        "files[%d].outputs".formatted(network),
        file.outputs(),
        layout.outputs(segments.batch(), stems.size(), segments));
  }

  private static void checkNames(String field, List<String> names, List<TensorShape> shapes) {
    if (names.isEmpty()) {
      require(
          new HashSet<>(shapes).size() == shapes.size(),
          "%s: must name %d tensors, because two of them have the same shape"
              .formatted(field, shapes.size()));
      return;
    }
    require(
        names.size() == shapes.size(),
        "%s: must name %d tensors, names %d".formatted(field, shapes.size(), names.size()));
    require(
        new HashSet<>(names).size() == names.size(), "%s: a name is there twice".formatted(field));
  }

  private List<String> stemsOf(int network) {
    List<String> own = files.get(network).stems();
    return own.isEmpty() ? stems : own;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
