package dev.stemfleet.dispatcher.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.MagnitudeFilter;
import dev.stemfleet.common.domain.MdxNetwork;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Fill;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelMakerTest {
  private static final String HYBRID =
      "in 1,4,2048,336\nin 1,2,343980\nout 1,4,2,343980\nout 1,4,4,2048,336\n";
  private static final String MDX = "in -1,4,3072,256\nout -1,4,3072,256\n";

  @TempDir Path folder;
  private final KnownGraphs graphs = new KnownGraphs();
  private final List<String> asked = new ArrayList<>();
  private Path models;

  @BeforeEach
  void folders() {
    models = folder.resolve("models");
  }

  @Test
  void anHtdemucsExportNeedsNothingButItsLicence() throws Exception {
    CatalogModel made = add(wishes(), file("htdemucs.onnx", HYBRID));

    ModelSpec spec = made.spec();
    assertThat(spec.id()).isEqualTo("htdemucs");
    assertThat(spec.layout())
        .isEqualTo(new ModelLayout.Hybrid(ComplexParts.CHANNELS, false, false));
    assertThat(spec.stems()).containsExactly("drums", "bass", "other", "vocals");
    assertThat(spec.segments()).isEqualTo(new Segments(343_980, 257_985, Window.TRIANGLE));
    assertThat(spec.treatment().normalisation()).isEqualTo(TrackNormalisation.MONO_MEAN_DEVIATION);
    assertThat(spec.licence()).isEqualTo("research only: \"no\" # sale");
    assertThat(spec.files())
        .containsExactly(new ModelFile("htdemucs.onnx", Sha256.of(HYBRID), HYBRID.length()));
    assertThat(models.resolve("htdemucs.onnx")).hasContent(HYBRID);
    assertThat(Files.readString(models.resolve("htdemucs.yaml")))
        .contains(
            "window: triangle  # published default", "samples: 343980  # read from the network");
    assertThat(names(models)).containsExactlyInAnyOrder("htdemucs.onnx", "htdemucs.yaml");
    assertThat(graphs.verified()).containsExactly("htdemucs");
    assertThat(asked).isEmpty();
  }

  @Test
  void everyWayToLayOutHtdemucsIsToldFromItsTensors() throws Exception {
    assertThat(layout("in 1,2,343980\nin 1,2,2,2048,336\nout 1,4,2,2,2048,336\nout 1,4,2,343980\n"))
        .isEqualTo(new ModelLayout.Hybrid(ComplexParts.PAIRS, false, false));
    assertThat(layout("in 1,2,441000\nin 1,2,2048,431,2\nout 1,4,2,2048,431,2\nout 1,4,2,441000\n"))
        .isEqualTo(new ModelLayout.Hybrid(ComplexParts.LAST, false, false));
    assertThat(layout("in 1,4,2048,474\nin 1,2,485100\nout 1,16,2048,474\nout 1,8,485100\n"))
        .isEqualTo(new ModelLayout.Hybrid(ComplexParts.CHANNELS, true, true));
  }

  @Test
  void realAndImaginaryTensorsAreToldByTheirNames() throws Exception {
    String split =
        """
        in spec_real float32 1,2,2048,336
        in spec_imag float32 1,2,2048,336
        in audio float32 1,2,343980
        out out_spec_imag float32 1,4,2,2048,336
        out out_spec_real float32 1,4,2,2048,336
        out out_wave float32 1,4,2,343980
        """;

    ModelSpec spec = add(wishes(), file("next.onnx", split)).spec();

    assertThat(spec.layout()).isEqualTo(new ModelLayout.Hybrid(ComplexParts.SPLIT, false, false));
    assertThat(spec.files().getFirst().inputs()).containsExactly("audio", "spec_real", "spec_imag");
    assertThat(spec.files().getFirst().outputs())
        .containsExactly("out_wave", "out_spec_real", "out_spec_imag");
  }

  @Test
  void waveformsOfRoformersAreCutAsRoformersAre() throws Exception {
    ModelSpec demucs = spec("in mix float16 1,2,343980\nout stems float16 1,6,2,343980\n");
    assertThat(demucs.layout()).isEqualTo(new ModelLayout.Waveform());
    assertThat(demucs.dtype()).isEqualTo(Dtype.FLOAT16);
    assertThat(demucs.stems()).endsWith("guitar", "piano");

    assertThat(spec("in mix float32 1,2,343980\nout stems float16 1,4,2,343980\n").dtype())
        .isEqualTo(Dtype.MIXED);
    ModelSpec roformer = spec("in 1,2,352800\nout 1,4,2,352800\n");
    assertThat(roformer.segments())
        .isEqualTo(
            new Segments(
                352_800, 176_400, Window.FADE, 35_280, new Border(176_400, Fill.REFLECTION), 1));
    assertThat(roformer.treatment().normalisation()).isEqualTo(TrackNormalisation.NONE);
  }

  @Test
  void stemsOfAWaveformNetworkOfUnknownLengthAreAskedFor() {
    Path strange = file("net.onnx", "in 1,2,260096\nout 1,4,2,260096\n");

    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> add(wishes(), strange))
        .withMessageStartingWith("--stems is missing: Which are the 4 stems");
  }

  @Test
  void mdxNetIsKnownByItsNameElseItsFftSizeIsAskedFor() throws Exception {
    ModelSpec known = add(wishes(), file("Kim_Vocal_2.onnx", MDX)).spec();
    assertThat(known.layout())
        .isEqualTo(new ModelLayout.MdxNet(3072, 256, List.of(new MdxNetwork(7680, 1.009))));
    assertThat(known.stems()).containsExactly("vocals");
    assertThat(known.segments().samples()).isEqualTo(261_120);
    assertThat(known.segments().strideSamples()).isEqualTo(253_440);

    Path mine = file("mine.onnx", MDX);
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> add(wishes(), mine))
        .withMessageStartingWith("--fft-size is missing");
    assertThat(names(models)).containsExactlyInAnyOrder("Kim_Vocal_2.onnx", "kim_vocal_2.yaml");
  }

  @Test
  void aFileAStemMakesOneModelInAFolderOfItsOwn() throws Exception {
    List<Path> set = new ArrayList<>();
    for (String stem : List.of("vocals", "drums", "bass", "other")) {
      set.add(file(stem + ".onnx", "in 1,2,2049,256\nout 1,2,2049,256\n"));
    }

    ModelSpec spec = add(named("umxhq"), set.toArray(Path[]::new)).spec();

    assertThat(spec.layout()).isEqualTo(new ModelLayout.OpenUnmix(256, MagnitudeFilter.WIENER));
    assertThat(spec.stems()).containsExactly("vocals", "drums", "bass", "other");
    assertThat(spec.files().get(1).path()).isEqualTo("umxhq/drums.onnx");
    assertThat(spec.stemsOf(1)).containsExactly("drums");
    assertThat(models.resolve("umxhq/other.onnx")).exists();
  }

  @Test
  void aBagTakesOneStemFromEachNetwork() throws Exception {
    Path[] bag = {
      file("f7e0c4bc.onnx", HYBRID),
      file("d12395a8.onnx", HYBRID),
      file("92cfc3b6.onnx", HYBRID),
      file("04573f0d.onnx", HYBRID)
    };

    ModelSpec spec = add(named("htdemucs_ft"), bag).spec();

    assertThat(spec.stems()).containsExactly("drums", "bass", "other", "vocals");
    assertThat(spec.stemsOf(3)).containsExactly("vocals");
  }

  @Test
  void spleeterMdx23cAndRoformersAreRecognised() throws Exception {
    assertThat(layout("in 2,-1,512,1024\nout 2,-1,512,1024\n", "vocals.onnx"))
        .isEqualTo(new ModelLayout.Spleeter(1, true));
    assertThat(layout("in -1,4,4096,256\nout -1,2,4,4096,256\n"))
        .isEqualTo(new ModelLayout.Mdx23c(new Stft(8192, 1024, 4096), 256));
    assertThat(layout("in 1,801,4100\nout 1,1,2050,801,2\n"))
        .isEqualTo(new ModelLayout.Roformer(ComplexParts.FLAT, SpectrumOutput.MASK, true));
    assertThat(roformer("in 1,2,1025,801,2\nout 1,2,1025,801,2\n", 1))
        .isEqualTo(new ModelLayout.Roformer(ComplexParts.PAIRS_LAST, SpectrumOutput.MASK, true));
    assertThat(roformer("in 1,2,1025,801,2\nout 1,4,2,1025,801,2\n", 4))
        .isEqualTo(new ModelLayout.Roformer(ComplexParts.PAIRS_LAST, SpectrumOutput.MASK, true));
    assertThat(roformer("in 1,2050,1101,2\nout 1,2050,1101,2\n", 1))
        .isEqualTo(new ModelLayout.Roformer(ComplexParts.LAST, SpectrumOutput.MASK, true));
    assertThat(layout("in 1,2,343980\nout 1,2,343980\n", "vocals.onnx"))
        .isEqualTo(new ModelLayout.Waveform());
    Path open = file("r.onnx", "in 1,2050,1101,2\nout 1,4,2050,1101,2\n");
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> add(wishes(), open))
        .withMessageStartingWith("--output is missing");
  }

  @Test
  void whatIsNoModelLeavesNothingBehind() throws Exception {
    Path strange = file("strange.onnx", "in 1,3,224,224\nout 1,1000\n");
    Path text = file("text.onnx", "no network");
    Path mixed = file("mixed.onnx", "in a int8 1,2,343980\nout b float32 1,4,2,343980\n");

    for (Path file : List.of(strange, text, mixed)) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> add(wishes(), file))
          .withMessageContaining(file.toString());
    }
    graphs.refuse("htdemucs.onnx: output out1: has another shape");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> add(wishes(), file("htdemucs.onnx", HYBRID)))
        .withMessage("htdemucs.onnx: output out1: has another shape (nothing was added)");
    assertThat(names(models)).isEmpty();
  }

  @Test
  void aDefinitionIsReplacedByForceOnly() throws Exception {
    Path file = file("htdemucs.onnx", HYBRID);
    add(wishes(), file);
    Files.writeString(
        models.resolve("htdemucs.yaml"), "# mine\n", java.nio.file.StandardOpenOption.APPEND);

    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> add(wishes(), file))
        .withMessageContaining("htdemucs.yaml: is there already; --force replaces it");
    assertThat(Files.readString(models.resolve("htdemucs.yaml"))).contains("# mine");

    make(wishes(), new ModelMaker.Ways(false, true, true), file);
    assertThat(Files.readString(models.resolve("htdemucs.yaml"))).doesNotContain("# mine");
  }

  @Test
  void aFileThatLiesThereAlreadyStaysAndSideFilesComeAlong() throws Exception {
    Files.createDirectories(models.resolve("big"));
    Path file =
        Files.writeString(models.resolve("big/net.onnx"), HYBRID + "beside net.onnx.data\n");
    Files.writeString(models.resolve("big/net.onnx.data"), "weights");

    ModelSpec spec = add(wishes(), file).spec();

    assertThat(spec.files().getFirst().path()).isEqualTo("big/net.onnx");
    assertThat(spec.sideFiles())
        .containsExactly(new ModelFile("big/net.onnx.data", Sha256.of("weights"), 7));
    assertThat(names(models)).containsExactlyInAnyOrder("big", "net.yaml");
  }

  @Test
  void filesThatANetworkReadsComeAlongWhateverTheyAreCalled() throws Exception {
    Path net = file("net.onnx", HYBRID + "beside weights/w1.bin\nbeside w2\n");
    Files.createDirectories(net.resolveSibling("weights"));
    Files.writeString(net.resolveSibling("weights/w1.bin"), "first");
    Path second = file("w2", "second");
    file("net.onnx.data", "nobody reads it");

    ModelSpec spec = add(wishes(), second, net).spec();

    assertThat(spec.sideFiles())
        .containsExactly(
            new ModelFile("weights/w1.bin", Sha256.of("first"), 5),
            new ModelFile("w2", Sha256.of("second"), 6));
    assertThat(names(models)).containsExactlyInAnyOrder("net.onnx", "net.yaml", "weights", "w2");
    assertThat(models.resolve("weights/w1.bin")).hasContent("first");
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAfterADay() throws Exception {
    Path old = Files.createDirectories(models.resolve(".adding-1"));
    Files.writeString(old.resolve("net.onnx"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    Files.createDirectories(models.resolve(".adding-2"));

    add(wishes(), file("htdemucs.onnx", HYBRID));

    assertThat(names(models))
        .containsExactlyInAnyOrder(".adding-2", "htdemucs.onnx", "htdemucs.yaml");
  }

  @Test
  void linksPointToTheFileItself() throws Exception {
    Path file = file("htdemucs.onnx", HYBRID);

    make(wishes(), new ModelMaker.Ways(true, false, false), file);

    assertThat(Files.isSymbolicLink(models.resolve("htdemucs.onnx"))).isTrue();
    assertThat(models.resolve("htdemucs.onnx").toRealPath()).isEqualTo(file.toRealPath());
    assertThat(graphs.verified()).isEmpty();
  }

  private ModelLayout layout(String tensors) throws Exception {
    return spec(tensors).layout();
  }

  private ModelLayout layout(String tensors, String name) throws Exception {
    return make(wishes(), new ModelMaker.Ways(false, true, true), file(name, tensors))
        .spec()
        .layout();
  }

  /// A RoFormer that gives masks.
  private ModelLayout roformer(String tensors, int stems) throws Exception {
    Wishes wishes =
        new Wishes(
            null,
            null,
            List.of("vocals", "drums", "bass", "other").subList(0, stems),
            List.of(),
            List.of(),
            List.of(),
            SpectrumOutput.MASK,
            null,
            List.of(),
            List.of(),
            "none",
            null);
    return make(wishes, new ModelMaker.Ways(false, true, true), file("net.onnx", tensors))
        .spec()
        .layout();
  }

  private ModelSpec spec(String tensors) throws Exception {
    return make(wishes(), new ModelMaker.Ways(false, true, true), file("net.onnx", tensors)).spec();
  }

  private CatalogModel add(Wishes wishes, Path... files) throws Exception {
    return make(wishes, new ModelMaker.Ways(false, false, true), files);
  }

  private CatalogModel make(Wishes wishes, ModelMaker.Ways ways, Path... files) throws Exception {
    return new ModelMaker(models, graphs, new Nobody(), line -> {})
        .make(List.of(files), wishes, ways);
  }

  private static Wishes wishes() {
    return named(null);
  }

  private static Wishes named(@Nullable String id) {
    return new Wishes(
        id,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        "research only: \"no\" # sale",
        null);
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(Files.createDirectories(folder.resolve("in")).resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /// Nobody is there to answer.
  private final class Nobody implements Questions {
    @Override
    public <T> T ask(String flag, String question, Function<String, T> reader) {
      asked.add(flag);
      throw new RequestException(flag + " is missing: " + question + "?");
    }
  }
}
