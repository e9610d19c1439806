package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FleetCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void aWorkerThatWasBuilt() throws IOException {
    Path target = Files.createDirectories(folder.resolve("worker/target/lib")).getParent();
    Files.createFile(target.resolve("stemfleet-worker-1.jar"));
  }

  @Test
  void aDryRunShowsOneCommandPerDevice() {
    int code =
        run(
            "--devices",
            "cuda:0,cuda:1",
            "--dry-run",
            "--bootstrap-servers",
            "kafka:9092",
            "--name",
            "node-1",
            "--cache-dir",
            "stems of mine",
            "--model-memory",
            "20GB");

    assertThat(code).as(err::toString).isZero();
    assertThat(text(out).lines()).hasSize(2);
    assertThat(text(out).lines().toList().get(1))
        .contains("dev.stemfleet.worker.WorkerMain run --bootstrap-servers kafka:9092")
        .contains("--device cuda:1 --worker-id node-1-cuda-1")
        .contains("--cache-dir '" + folder.resolve("stems of mine/node-1-cuda-1") + "'")
        .endsWith("--with-parent --grace 60 --model-memory 20GB");
  }

  @Test
  void aDeviceThatIsThereTwiceIsRefused() {
    assertThat(run("--devices", "cpu,cpu", "--dry-run")).isEqualTo(2);

    assertThat(text(err)).contains("--devices: cpu is there twice").hasLineCount(1);
  }

  @Test
  void withoutABrokerADryRunSaysWhatItNeeds() {
    assertThat(run("--devices", "cpu", "--dry-run")).isEqualTo(2);

    assertThat(text(err)).contains("--bootstrap-servers").hasLineCount(1);
  }

  private int run(String... args) {
    Surroundings here =
        new Surroundings(
            new Screen(stream(out), stream(err), false, false),
            InputStream.nullInputStream(),
            Map.of("XDG_CONFIG_HOME", folder.resolve("none").toString()),
            folder,
            folder,
            Clock.systemUTC());
    String[] all = new String[args.length + 1];
    all[0] = "fleet";
    System.arraycopy(args, 0, all, 1, args.length);
    return Stemfleet.commandLine(here).execute(all);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
