package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.dispatcher.fetch.FileServer;
import dev.stemfleet.dispatcher.fetch.Patience;
import dev.stemfleet.dispatcher.models.KnownGraphs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `models fetch` and `models add` against a server that speaks as Hugging Face does.
final class ModelsFetchCommandTest {
  private static final String NETWORK = "in 1,2,343980\nout 1,4,2,343980\n";
  private static final String MDX = "in 1,4,3072,256\nout 1,4,3072,256\n";

  @TempDir Path folder;
  private final KnownGraphs graphs = new KnownGraphs();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FileServer server;
  private Path models;

  @BeforeEach
  void serve() throws IOException {
    models = Files.createDirectories(folder.resolve("models"));
    server = new FileServer();
    repository("/me/mine/resolve/main/", "net.onnx", NETWORK);
    server.text("/me/mine/resolve/main/LICENSE", "MIT License\n\nDo as you like.\u001b[2J\n");
    repository("/me/mine/resolve/main/", "mdx.onnx", MDX);
    repository("/me/card/resolve/main/", "net.onnx", NETWORK);
    server.text(
        "/me/card/resolve/main/README.md",
        "---\ntags: [audio]\nlicense: other\nlicense_name: research-only\n---\n# Not for sale\n");
    repository("/me/bare/resolve/main/", "net.onnx", NETWORK);
  }

  private void repository(String root, String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    server.redirect(
        root + name,
        "/cdn" + root + name,
        Map.of(
            "X-Linked-Etag",
            '"' + Sha256.of(bytes) + '"',
            "X-Linked-Size",
            Integer.toString(bytes.length)));
    server.file("/cdn" + root + name, bytes, "\"1\"");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAcceptedModelIsThereWithItsLicenceAndSource() throws IOException {
    assertThat(fetch("hf:me/mine/net.onnx", "--accept-licence")).as(said()).isZero();

    ModelSpec spec = ModelCatalog.load(List.of(models)).require("net").spec();
    assertThat(spec.licence()).isEqualTo("MIT License");
    assertThat(spec.source()).isEqualTo(server.uri("/me/mine/resolve/main/net.onnx").toString());
    assertThat(names()).containsExactlyInAnyOrder("net.onnx", "net.yaml", "net.licence.txt");
    assertThat(Files.readString(models.resolve("net.licence.txt")))
        .contains("Do as you like.")
        .doesNotContain("\u001b");
    assertThat(said()).contains("as was promised", "stemfleet local SONG --model net");
    assertThat(graphs.verified()).containsExactly("net");
  }

  @Test
  void withoutAcceptanceNothingIsFetchedAndNothingKept() throws IOException {
    assertThat(fetch("hf:me/mine/net.onnx")).isEqualTo(1);

    assertThat(said()).contains("Do as you like.", "the licence was not accepted");
    assertThat(server.ranges()).noneMatch(asked -> asked.contains("net.onnx"));
    assertThat(names()).isEmpty();
  }

  @Test
  void peopleAtATerminalAreAsked() throws IOException {
    assertThat(atTerminal("no\n", "hf:me/mine/net.onnx")).isEqualTo(1);
    assertThat(names()).isEmpty();

    assertThat(atTerminal("yes\n", "hf:me/mine/net.onnx")).as(said()).isZero();
    assertThat(said()).contains("Do you accept this licence? [y/N]");
  }

  @Test
  void theModelCardNamesTheLicenceWhereThereIsNoFile() {
    assertThat(fetch("hf:me/card/net.onnx", "--accept-licence")).as(said()).isZero();

    assertThat(ModelCatalog.load(List.of(models)).require("net").spec().licence())
        .isEqualTo("research-only");
    assertThat(said()).contains("# Not for sale");
  }

  @Test
  void withoutAnyTextTheOperatorNamesTheLicence() throws IOException {
    assertThat(fetch("hf:me/bare/net.onnx", "--accept-licence")).isEqualTo(2);
    assertThat(said()).contains("--licence is missing");
    assertThat(names()).isEmpty();

    Path text = Files.writeString(folder.resolve("terms.txt"), "Ask me first\n");
    assertThat(fetch("hf:me/bare/net.onnx", "--accept-licence", "--licence-file", text.toString()))
        .as(said())
        .isZero();
    assertThat(models.resolve("net.licence.txt")).hasContent("Ask me first");
  }

  @Test
  void aMissingAnswerKeepsTheFileAndSaysHowToGoOn() throws IOException {
    assertThat(fetch("hf:me/mine/mdx.onnx", "--accept-licence", "--stems", "vocals")).isEqualTo(2);
    Path fetched = models.resolve(".fetched/mdx.onnx");
    assertThat(said()).contains("--fft-size is missing", "stemfleet models add " + fetched);

    assertThat(
            add(fetched.toString(), "--fft-size", "6144", "--stems", "vocals", "--licence", "MIT"))
        .as(said())
        .isZero();
    assertThat(fetched).doesNotExist();
    assertThat(models.resolve("mdx.onnx")).hasContent(MDX);
  }

  @Test
  void questionsAreAskedAgainUntilTheAnswerMakesSense() {
    assertThat(atTerminal("yes\nmany\n6144\n", "hf:me/mine/mdx.onnx", "--stems", "vocals"))
        .as(said())
        .isZero();

    assertThat(said()).contains("What is the n_fft of mdx.onnx", "that is no number");
  }

  @Test
  void aRefusedModelLeavesNothingBehind() throws IOException {
    graphs.refuse("net.onnx: cannot be loaded");

    assertThat(fetch("hf:me/mine/net.onnx", "--accept-licence")).isEqualTo(1);

    assertThat(said()).contains("net.onnx: cannot be loaded");
    assertThat(names()).isEmpty();
  }

  @Test
  void wrongSumsAndSizesAreRefused() throws IOException {
    assertThat(fetch("hf:me/mine/net.onnx", "--accept-licence", "--sha256", "ab".repeat(32)))
        .isEqualTo(1);
    assertThat(fetch("hf:me/mine/net.onnx", "--accept-licence", "--max-size", "12")).isEqualTo(1);
    assertThat(fetch("hf:me/mine/net.onnx", "--accept-licence", "--max-size", "much")).isEqualTo(2);
    assertThat(fetch("hf:me/mine", "--accept-licence")).isEqualTo(2);

    assertThat(said())
        .contains("--sha256 is abab", "--max-size allows 12", "'much' is no size", "is not hf:");
    assertThat(names()).isEmpty();
  }

  @Test
  void theListShowsLayoutTypeAndLicence() {
    fetch("hf:me/mine/net.onnx", "--accept-licence");

    CommandRun run = CommandRun.of(folder, "models", "list", "--models", models.toString());

    assertThat(run.out()).contains("LAYOUT", "waveform", "float32", "MIT License");
    assertThat(
            CommandRun.of(
                    folder, "models", "list", "--models", models.toString(), "--format", "json")
                .out())
        .contains("\"layout\":\"waveform\"", "\"dtype\":\"float32\"");
  }

  private int fetch(String... args) {
    return run(new ModelsFetchCommand(here("", false), patience(), () -> graphs), args);
  }

  private int add(String... args) {
    return run(new ModelsAddCommand(here("", false), () -> graphs), args);
  }

  private int atTerminal(String answers, String... args) {
    return run(new ModelsFetchCommand(here(answers, true), patience(), () -> graphs), args);
  }

  private int run(Object command, String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--models", models.toString()));
    Failures failures = new Failures(here("", false).screen());
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(all.toArray(String[]::new));
  }

  private Surroundings here(String input, boolean terminal) {
    return new Surroundings(
        new Screen(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            terminal),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        Map.of(
            "HF_ENDPOINT", server.uri("").toString(),
            "XDG_CONFIG_HOME", folder.resolve("no-config").toString()),
        folder,
        Path.of(System.getProperty("stemfleet.home")),
        Clock.systemUTC());
  }

  private static Patience patience() {
    return new Patience(
        Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), 2, pause -> {});
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(models)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
