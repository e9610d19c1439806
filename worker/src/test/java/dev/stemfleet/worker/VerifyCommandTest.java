package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.fixture.ModelYaml;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.LayoutStubs;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.StubModel;
import dev.stemfleet.worker.model.StubModel.Bag;
import dev.stemfleet.worker.model.StubWeights;
import dev.stemfleet.worker.model.graph.StubStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Every kind of broken model is refused in one line, by the check and at a worker's start alike.
class VerifyCommandTest {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @TempDir private Path folder;

  @Test
  void aModelThatIsRightIsLoadedAndRun() throws IOException {
    LayoutStubs.hybrid(ComplexParts.CHANNELS).bag(Bag.OWN_STEM_EACH).in(folder);

    Said said = verify("stub");

    assertThat(said.code()).isEqualTo(DONE);
    assertThat(said.out().lines())
        .contains("stub: ok", "stub: stems drums, bass, other, vocals")
        .anyMatch(line -> line.matches("stub: one segment in \\d.* s, \\d+ times real time"))
        .allMatch(line -> line.startsWith("stub: "));
  }

  @Test
  void allModelsOfTheFolderAreVerifiedIfNoneIsNamed() throws IOException {
    LayoutStubs.waveform().in(folder);

    assertThat(verify().out()).contains("stub: ok", "builtin: ok");
  }

  @Test
  void programsGetOneObjectAModel() throws IOException {
    LayoutStubs.waveform().in(folder);
    JsonNode good = Json.lenient().readTree(verify("--json", "stub").out());
    Files.writeString(folder.resolve("stub.onnx"), "other bytes");
    JsonNode bad = Json.lenient().readTree(verify("--json", "stub").out());

    assertThat(good.get("verdict").asText()).isEqualTo("ok");
    assertThat(good.get("device").asText()).isEqualTo("cpu");
    assertThat(good.get("dtype").asText()).isEqualTo("float32");
    assertThat(good.get("seen").get("batch").asInt()).isEqualTo(1);
    assertThat(good.get("seen").get("runSeconds").asDouble()).isPositive();
    assertThat(bad.get("verdict").asText()).contains("stub.onnx: has 11 bytes");
    assertThat(bad.get("code").asText()).isEqualTo("model_broken");
    assertThat(bad.has("seen")).isFalse();
  }

  @Test
  void aWrongShapeIsRefused() throws IOException {
    LayoutStubs.waveform().style(StubStyle.PLAIN.declaring(1000, 999)).in(folder);

    assertRefused("stub.onnx: input in0: shape is [1, 2, 999]");
  }

  @Test
  void aMissingSideFileIsRefused() throws IOException {
    StubWeights.beside(folder);
    Files.delete(folder.resolve(StubWeights.FILE));

    assertRefused("stub.onnx.data: no such file, but " + folder.resolve("stub.yaml"));
  }

  @Test
  void aSideFileWithOtherBytesIsRefused() throws IOException {
    StubWeights.beside(folder);
    Files.write(folder.resolve(StubWeights.FILE), new byte[16]);

    assertRefused("stub.onnx.data: sha256 is ");
  }

  @Test
  void aWrongDigestIsRefused() throws IOException {
    CatalogModel model = LayoutStubs.waveform().in(folder);
    String sha256 = model.spec().files().getFirst().sha256();
    change("stub.yaml", sha256, "0".repeat(64));

    assertRefused("stub.onnx: sha256 is " + sha256 + ", its definition says 0000");
  }

  @Test
  void aMissingStemIsRefused() throws IOException {
    LayoutStubs.waveform().in(folder);
    change("stub.yaml", "- \"vocals\"\n", "");

    assertRefused("stub.onnx: output out0: shape is [1, 4, 2, 1000]", "give [1, 3, 2, 1000]");
  }

  @Test
  void aStemThatNoFileGivesIsRefused() throws IOException {
    LayoutStubs.waveform().bag(Bag.ALL_STEMS_EACH).in(folder);
    change("stub.yaml", "stems:\n- \"drums\"", "stems:\n- \"piano\"\n- \"drums\"");

    Said said = verify("stub");

    assertThat(said.code()).isEqualTo(USAGE);
    assertThat(said.err())
        .isEqualTo(
            "stemfleet-worker: %s: stems: piano is given by none of the files%n"
                .formatted(folder.resolve("stub.yaml")));
  }

  @Test
  void aDefinitionWithoutStemsIsRefused() throws IOException {
    LayoutStubs.waveform().in(folder);
    String yaml = Files.readString(folder.resolve("stub.yaml"));
    int stems = yaml.indexOf("stems:\n- \"drums\"");
    Files.writeString(
        folder.resolve("stub.yaml"),
        yaml.substring(0, stems) + yaml.substring(yaml.indexOf("trackNormalisation:", stems)));

    Said said = verify("stub");

    assertThat(said.code()).isEqualTo(USAGE);
    assertThat(said.err())
        .isEqualTo(
            "stemfleet-worker: %s: stems: is missing%n".formatted(folder.resolve("stub.yaml")));
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    LayoutStubs.waveform().in(folder);
    byte[] whole = Files.readAllBytes(folder.resolve("stub.onnx"));
    Files.write(folder.resolve("stub.onnx"), Arrays.copyOf(whole, whole.length / 2));

    assertRefused("stub.onnx: has %d bytes".formatted(whole.length / 2), "says " + whole.length);
  }

  @Test
  void aFileThatWasTruncatedWhenItsDefinitionWasWrittenIsRefused() throws IOException {
    byte[] whole =
        Files.readAllBytes(
            LayoutStubs.waveform().in(folder).place().onDisk("stub.onnx").orElseThrow());
    define(Arrays.copyOf(whole, whole.length - 40));

    assertRefused("stub.onnx: ONNX Runtime cannot load it");
  }

  @Test
  void aFileThatIsNoNetworkIsRefused() throws IOException {
    define("not a network".getBytes(StandardCharsets.UTF_8));

    assertRefused("stub.onnx: ONNX Runtime cannot load it");
  }

  @Test
  void anUnknownDeviceIsRefused() {
    Said said = verify("--device", "gpu", "builtin");

    assertThat(said.code()).isEqualTo(USAGE);
    assertThat(said.err()).contains("device: must be cpu").hasLineCount(1);
  }

  private void define(byte[] graph) throws IOException {
    CatalogModel model = StubModel.in(folder, graph, 1000);
    ModelYaml.write(folder.resolve("stub.yaml"), model.spec());
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    int at = text.lastIndexOf(from);
    Files.writeString(
        folder.resolve(file), text.substring(0, at) + to + text.substring(at + from.length()));
  }

  /// One line that names the file, from the command and from what a worker does at its start.
  private void assertRefused(String... parts) {
    Said said = verify("stub");

    assertThat(said.code()).isEqualTo(FAILED);
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).hasLineCount(1).startsWith("stub: " + folder).contains(parts);
    CatalogModel model = ModelCatalog.load(List.of(folder)).require("stub");
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.system())) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> cache.get(model))
          .withMessage(said.out().strip().substring("stub: ".length()));
    }
  }

  private Said verify(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(
                (e, line, _) -> {
                  OneLine.print(line.getErr(), e);
                  return OneLine.exitCode(e);
                })
            .execute(with(arguments));
    return new Said(code, out.toString(), err.toString());
  }

  private String[] with(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--models";
    all[arguments.length + 1] = folder.toString();
    return all;
  }

  private record Said(int code, String out, String err) {}
}
