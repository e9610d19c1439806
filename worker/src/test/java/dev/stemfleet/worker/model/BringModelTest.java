package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.GraphFacts;
import dev.stemfleet.dispatcher.models.GraphReader;
import dev.stemfleet.dispatcher.models.ModelMaker;
import dev.stemfleet.dispatcher.models.Questions;
import dev.stemfleet.dispatcher.models.Wishes;
import dev.stemfleet.worker.model.graph.StubGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real network's file, looked at by ONNX Runtime, becomes a definition that the worker loads.
final class BringModelTest {
  @TempDir Path folder;

  @Test
  void aNetworkOfItsOwnBecomesAModelThatLoads() throws Exception {
    Path file = Files.write(folder.resolve("Net.onnx"), StubGraphs.gains(8192, 1, 2, 3, 4));

    CatalogModel made = make(file, null);

    assertThat(made.spec().id()).isEqualTo("net");
    assertThat(made.spec().layout()).isEqualTo(new ModelLayout.Waveform());
    assertThat(made.spec().segments().samples()).isEqualTo(8192);
    assertThat(made.spec().stems()).containsExactly("vocals", "drums", "bass", "other");
  }

  @Test
  void weightsBesideANetworkAreFoundInItsFile() throws Exception {
    Path file = folder.resolve("net.onnx");
    Files.write(file, StubGraphs.gainsBeside(8192, 4, "w/gains"));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> make(file, null))
        .withMessage(
            "%s: reads weights from %s, which is not there"
                .formatted(file, folder.resolve("w/gains")));

    Files.createDirectories(folder.resolve("w"));
    Files.write(folder.resolve("w/gains"), new byte[16]);
    assertThat(make(file, null).spec().sideFiles())
        .extracting(ModelFile::path)
        .containsExactly("w/gains");
  }

  @Test
  void weightsElsewhereAreRefused() throws IOException {
    for (String location : List.of("../gains", "/etc/passwd")) {
      Path file = folder.resolve("net.onnx");
      Files.write(file, StubGraphs.gainsBeside(8192, 4, location));

      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> GraphInspection.of(file))
          .withMessage("%s: reads weights from %s, outside its folder".formatted(file, location));
    }
  }

  @Test
  void whatIsNoNetworkIsRefusedByItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("text.onnx"), "no network");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> GraphInspection.of(file))
        .withMessageStartingWith(file + ": ONNX Runtime cannot load it")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_BROKEN));
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> GraphInspection.of(folder.resolve("gone.onnx")))
        .withMessageContaining("no such file");
  }

  private CatalogModel make(Path file, @Nullable String id) throws Exception {
    Wishes wishes =
        new Wishes(
            id,
            null,
            List.of("vocals", "drums", "bass", "other"),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            List.of(),
            "none",
            null);
    return new ModelMaker(folder.resolve("models"), new InProcess(), new Nobody(), line -> {})
        .make(List.of(file), wishes, new ModelMaker.Ways(false, false, true));
  }

  /// The worker program without a process of its own.
  private static final class InProcess implements GraphReader {
    @Override
    public GraphFacts read(Path file) {
      return GraphInspection.of(file);
    }

    @Override
    public String verify(Path models, String id) {
      try (ModelCache cache = new ModelCache(Device.parse("cpu"), 1, Clock.systemUTC())) {
        var _ = cache.get(ModelCatalog.load(List.of(models)).require(id));
        return "";
      }
    }
  }

  private static final class Nobody implements Questions {
    @Override
    public <T> T ask(String flag, String question, Function<String, T> reader) {
      throw new AssertionError(flag + ": " + question);
    }
  }
}
