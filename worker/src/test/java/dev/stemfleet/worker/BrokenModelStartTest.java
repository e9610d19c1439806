package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.fixture.ModelYaml;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.model.LayoutStubs;
import dev.stemfleet.worker.model.StubModel;
import dev.stemfleet.worker.model.StubWeights;
import dev.stemfleet.worker.model.graph.StubStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The worker program, whole and with a broker, does not start with a broken model: it says so in
/// one line that names the file and what is wrong in it, and `verify` says the same.
@ExtendWith(FleetExtension.class)
class BrokenModelStartTest {
  private static final String START = "stemfleet-worker: ";

  @TempDir private Path folder;

  @Test
  void everyKindOfBrokenModelEndsTheWorkerWithItsLine(TestFleet fleet) throws IOException {
    KafkaSettings kafka = fleet.clients().settings();
    for (Broken broken : Broken.values()) {
      Path models = Files.createDirectory(folder.resolve(broken.name()));
      broken.in(models);

      Said run =
          program(
              "run",
              "--bootstrap-servers",
              kafka.bootstrapServers(),
              "--prefix",
              kafka.prefix(),
              "--out",
              folder.resolve("out").toString(),
              "--models",
              models.toString(),
              "--model",
              "stub",
              "--worker-id",
              "broken",
              "--cache-dir",
              folder.resolve("cache").toString());
      Said verify = program("verify", "--models", models.toString(), "stub");

      String line = run.err().strip();
      assertThat(line).as(broken.name()).hasLineCount(1).startsWith(START);
      String complaint = line.substring(START.length());
      assertThat(complaint).startsWith(models + "/" + broken.complaint);
      assertThat(run.out()).isEmpty();
      assertThat(run.code()).as(complaint).isPositive();
      assertThat(verify.code()).as(complaint).isEqualTo(run.code());
      String verdict =
          verify.out().isEmpty()
              ? verify.err().strip().substring(START.length())
              : verify.out().strip().substring("stub: ".length());
      // A worker adds what can be done about it.
      assertThat(complaint).startsWith(verdict);
    }
  }

  private static Said program(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        WorkerMain.program()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  private record Said(int code, String out, String err) {}

  /// What can be wrong with a model's files.
  private enum Broken {
    WRONG_SHAPE("stub.onnx: input in0: shape is [1, 2, 999], the definition's layout") {
      @Override
      void in(Path models) throws IOException {
        LayoutStubs.waveform().style(StubStyle.PLAIN.declaring(1000, 999)).in(models);
      }
    },
    MISSING_SIDE_FILE("stub.onnx.data: no such file, but ") {
      @Override
      void in(Path models) throws IOException {
        StubWeights.beside(models);
        Files.delete(models.resolve(StubWeights.FILE));
      }
    },
    SIDE_FILE_WITHOUT_A_FIELD("stub.onnx: reads weights from stub.onnx.data, which sideFiles of ") {
      @Override
      void in(Path models) throws IOException {
        StubWeights.beside(models);
        String yaml = Files.readString(models.resolve("stub.yaml"));
        Files.writeString(
            models.resolve("stub.yaml"), yaml.replaceFirst("sideFiles:\\n([ -].*\\n)+", ""));
      }
    },
    WRONG_SHA256("stub.onnx: sha256 is ") {
      @Override
      void in(Path models) throws IOException {
        String sha256 = LayoutStubs.waveform().in(models).spec().files().getFirst().sha256();
        change(models, sha256, "0".repeat(64));
      }
    },
    MISSING_STEM(
        "stub.onnx: output out0: shape is [1, 4, 2, 1000], the definition's layout, stems") {
      @Override
      void in(Path models) throws IOException {
        LayoutStubs.waveform().in(models);
        change(models, "- \"vocals\"\n", "");
      }
    },
    NO_STEMS("stub.yaml: stems: is empty") {
      @Override
      void in(Path models) throws IOException {
        LayoutStubs.waveform().in(models);
        for (String stem : StubModel.STEMS) {
          change(models, "- \"" + stem + "\"\n", "");
        }
      }
    },
    TRUNCATED("stub.onnx: has ") {
      @Override
      void in(Path models) throws IOException {
        Path file = LayoutStubs.waveform().in(models).place().onDisk("stub.onnx").orElseThrow();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 40));
      }
    },
    NO_ONNX("stub.onnx: ONNX Runtime cannot load it") {
      @Override
      void in(Path models) throws IOException {
        byte[] text = "not a network".getBytes(StandardCharsets.UTF_8);
        ModelYaml.write(models.resolve("stub.yaml"), StubModel.in(models, text, 1000).spec());
      }
    };

    private final String complaint;

    Broken(String complaint) {
      this.complaint = complaint;
    }

    abstract void in(Path models) throws IOException;

    private static void change(Path models, String from, String to) throws IOException {
      Path yaml = models.resolve("stub.yaml");
      String text = Files.readString(yaml);
      assertThat(text).contains(from);
      int at = text.lastIndexOf(from);
      Files.writeString(yaml, text.substring(0, at) + to + text.substring(at + from.length()));
    }
  }
}
