package dev.stemfleet.common.domain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.domain.ModelLayout.Hybrid;
import dev.stemfleet.common.domain.ModelLayout.Mdx23c;
import dev.stemfleet.common.domain.ModelLayout.MdxNet;
import dev.stemfleet.common.domain.ModelLayout.OpenUnmix;
import dev.stemfleet.common.domain.ModelLayout.Roformer;
import dev.stemfleet.common.domain.ModelLayout.Spleeter;
import dev.stemfleet.common.domain.ModelLayout.Waveform;
import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelRulesTest {
  private static final List<String> STEMS = List.of("drums", "bass");
  private static final MdxNetwork NET = new MdxNetwork(6144, 1.035);

  @Test
  void aSegmentIsAsLongAsItsFrames() {
    ModelFile vocals = file("vocals.onnx", "drums");
    ModelFile bass = file("bass.onnx", "bass");
    List<ModelFile> both = List.of(vocals, bass);

    assertFits(new MdxNet(2048, 256, List.of(NET, NET)), both, 261_120);
    assertRefused(
        new MdxNet(2048, 256, List.of(NET, NET)),
        both,
        261_121,
        "segments.samples: must be 1024 · (256 − 1) = 261120, is 261121");
    assertFits(new Mdx23c(new Stft(8192, 1024, 4096), 256), List.of(file("a")), 261_120);
    assertRefused(
        new Mdx23c(new Stft(8192, 1024, 4096), 256),
        List.of(file("a")),
        262_144,
        "segments.samples: must be");
    assertFits(new OpenUnmix(259, MagnitudeFilter.WIENER), both, 264_600);
    assertRefused(
        new OpenUnmix(260, MagnitudeFilter.WIENER),
        both,
        264_600,
        "segments.samples: 264600 make 259 frames, layout.frames is 260");
    assertFits(new Spleeter(1, true), both, 520_192);
    assertRefused(
        new Spleeter(1, true),
        both,
        520_193,
        "segments.samples: 520193 make 513 frames, layout.splits has room for 512");
  }

  @Test
  void everyStemComesFromOneNetwork() {
    assertRefused(
        new Waveform(),
        List.of(file("a"), file("b")),
        1000,
        "files[0].stems: must say what is taken from a, because there are 2 files");
    assertRefused(
        new Waveform(), List.of(file("a", "drums")), 1000, "stems: bass is given by none");
    assertRefused(
        new Waveform(),
        List.of(file("a", "drums", "bass"), file("b", "bass")),
        1000,
        "files: bass is given by a and by b");
    assertRefused(
        new Waveform(),
        List.of(file("a", "drums"), file("b", "piano")),
        1000,
        "files[1].stems: b gives piano, stems has [drums, bass]");
  }

  @Test
  void someNetworksGiveOneStem() {
    assertRefused(
        new MdxNet(2048, 2, List.of(NET)),
        List.of(file("a")),
        1024,
        "files[0].stems: a mdx-net network gives one stem, these are [drums, bass]");
    assertRefused(
        new MdxNet(2048, 2, List.of(NET)),
        List.of(file("a", "drums"), file("b", "bass")),
        1024,
        "layout.networks: there are 1, but 2 files");
    assertRefused(
        new Spleeter(1, true), List.of(file("a")), 1000, "files[0].stems: a spleeter network");
  }

  @Test
  void tensorsOfOneShapeHaveNames() {
    ModelLayout split = new Roformer(ComplexParts.SPLIT, SpectrumOutput.MASK, true);

    assertRefused(split, List.of(file("a")), 4410, "files[0].inputs: must name 2 tensors");
    assertRefused(
        split,
        List.of(named("a", List.of("re"), List.of("ore", "oim"))),
        4410,
        "files[0].inputs: must name 2 tensors, names 1");
    assertRefused(
        split,
        List.of(named("a", List.of("re", "im"), List.of("out", "out"))),
        4410,
        "files[0].outputs: a name is there twice");
    assertFits(split, List.of(named("a", List.of("re", "im"), List.of("ore", "oim"))), 4410);
  }

  @Test
  void partsThatNoNetworkOfTheKindHasAreRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Hybrid(ComplexParts.FLAT, false, false))
        .withMessageStartingWith("parts: must be channels, pairs, last or split");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Hybrid(ComplexParts.PAIRS_LAST, false, false))
        .withMessageStartingWith("parts: must be channels, pairs, last or split");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Roformer(ComplexParts.PAIRS, SpectrumOutput.MASK, false))
        .withMessageStartingWith("parts: must be last, pairs_last, split or flat");
  }

  @Test
  void aFileIsThereOnce() {
    assertRefused(
        new Waveform(),
        List.of(file("a", "drums"), file("a", "bass")),
        1000,
        "files: a is there twice");
  }

  @Test
  void spleeterHasNoBatch() {
    Segments two = new Segments(1000, 1000, Window.FLAT, 0, Border.NONE, 2);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                rules(new Spleeter(1, true), List.of(file("a", "drums"), file("b", "bass")), two)
                    .check())
        .withMessageStartingWith("segments.batch: ");
  }

  private static ModelRules rules(ModelLayout layout, List<ModelFile> files, Segments segments) {
    return new ModelRules(layout, files, List.of(), STEMS, segments);
  }

  private static void assertFits(ModelLayout layout, List<ModelFile> files, int samples) {
    Segments segments = new Segments(samples, samples, Window.FLAT);
    assertThatCode(() -> rules(layout, files, segments).check()).doesNotThrowAnyException();
  }

  private static void assertRefused(
      ModelLayout layout, List<ModelFile> files, int samples, String message) {
    Segments segments = new Segments(samples, samples, Window.FLAT);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> rules(layout, files, segments).check())
        .withMessageStartingWith(message);
  }

  private static ModelFile file(String path, String... stems) {
    return new ModelFile(path, "0".repeat(64), 1, List.of(stems), List.of(), List.of());
  }

  private static ModelFile named(String path, List<String> inputs, List<String> outputs) {
    return new ModelFile(path, "0".repeat(64), 1, List.of(), inputs, outputs);
  }
}
