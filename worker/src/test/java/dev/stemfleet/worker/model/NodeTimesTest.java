package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.model.NodeTimes.Operator;
import dev.stemfleet.worker.model.graph.StubGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTimesTest {
  private static final Device GPU = new Device.Cuda(0);

  /// Two runs of a network, in the form in which ONNX Runtime 1.29 writes them: the first prepares
  /// the device, the second spends 900 of 1000 microseconds there.
  private static final String TWO_RUNS =
      """
      [
      {"cat" : "Session","pid" :1,"tid" :1,"dur" :900,"ts" :1,"ph" : "X","name" :"model_loading_uri","args" : {}},
      {"cat" : "Node","dur" :90000,"ts" :5,"ph" : "X","name" :"/conv_kernel_time","args" : {"op_name" : "Conv","provider" : "CUDAExecutionProvider","node_index" : "1"}},
      {"cat" : "Session","dur" :91000,"ts" :4,"ph" : "X","name" :"model_run","args" : {}},
      {"cat" : "Node","dur" :7,"ts" :10,"ph" : "X","name" :"/conv_fence_before","args" : {"op_name" : "Conv"}},
      {"cat" : "Node","dur" :600,"ts" :11,"ph" : "X","name" :"/conv_kernel_time","args" : {"op_name" : "Conv","provider" : "CUDAExecutionProvider","node_index" : "1"}},
      {"cat" : "Node","dur" :300,"ts" :12,"ph" : "X","name" :"/conv2_kernel_time","args" : {"op_name" : "Conv","provider" : "CUDAExecutionProvider","node_index" : "2"}},
      {"cat" : "Node","dur" :80,"ts" :13,"ph" : "X","name" :"/stft_kernel_time","args" : {"op_name" : "STFT","provider" : "CPUExecutionProvider","node_index" : "3"}},
      {"cat" : "Node","dur" :20,"ts" :14,"ph" : "X","name" :"/shape_kernel_time","args" : {"op_name" : "Shape","provider" : "CPUExecutionProvider","node_index" : "4"}},
      {"cat" : "Session","dur" :1100,"ts" :9,"ph" : "X","name" :"model_run","args" : {}}
      ]
      """;

  @TempDir private Path folder;

  @Test
  void theLastRunTellsTheShareOfTheGpuAndWhatRanOnTheProcessor() throws IOException {
    NodeTimes times = NodeTimes.read(written(TWO_RUNS));

    assertThat(times.shareOn(GPU)).isCloseTo(0.9, within(1e-9));
    assertThat(times.shareOn(new Device.Cpu())).isCloseTo(0.1, within(1e-9));
    assertThat(times.onProcessor())
        .containsExactly(
            new Operator("CPUExecutionProvider", "STFT", 1, 80),
            new Operator("CPUExecutionProvider", "Shape", 1, 20));
    assertThat(times.processorText()).isEqualTo("STFT (1 node, 8.0 %), Shape (1 node, 2.0 %)");
    assertThat(times.operators().getFirst())
        .isEqualTo(new Operator("CUDAExecutionProvider", "Conv", 2, 900));
  }

  @Test
  void networksOfOneModelAreAddedUp() throws IOException {
    NodeTimes one = NodeTimes.read(written(TWO_RUNS));

    NodeTimes two = one.plus(one);

    assertThat(two.operators().getFirst().nodes()).isEqualTo(4);
    assertThat(two.shareOn(GPU)).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void aProfileWithoutAWholeRunIsRefused() throws IOException {
    Path empty = written("[]");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> NodeTimes.read(empty))
        .withMessageContaining("holds no run");
  }

  @Test
  void aProfileMadeOnTheProcessorTellsThatAllRanThere() throws IOException {
    // Given
    CatalogModel model = StubModel.in(folder, StubGraphs.gains(1000, 0.1f, 0.2f, 0.3f, 0.4f), 1000);
    List<NodeTimes> seen = new ArrayList<>();

    // When
    ResidentModel.load(model, new Sessions(new Device.Cpu(), 1, seen::add)).close();

    // Then
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().shareOn(new Device.Cpu())).isEqualTo(1);
    assertThat(seen.getFirst().shareOn(GPU)).isZero();
    assertThat(seen.getFirst().onProcessor()).extracting(Operator::name).contains("Mul");
  }

  @Test
  void aCheckTellsTheShareOfItsDevice() throws IOException {
    CatalogModel model = StubModel.in(folder, StubGraphs.gains(1000, 0.1f, 0.2f, 0.3f, 0.4f), 1000);

    ModelCheck check = ModelCheck.of(model, new Device.Cpu(), 1);

    assertThat(check.deviceShare()).isEqualTo(1);
    assertThat(check.strayed()).isEmpty();
    assertThat(check.lines())
        .anyMatch(line -> line.startsWith("longest of its nodes: "))
        .anyMatch(line -> line.matches("takes \\d+ MB of memory, \\d+ MB as estimated"))
        .noneMatch(line -> line.contains("on the processor"));
  }

  @Test
  void aNetworkThatRunsElsewhereIsRefusedWithItsOperators() {
    try (NodeWatch watch = NodeWatch.requiring(GPU, "/models/net.onnx")) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> watch.tell(NodeTimes.read(written(TWO_RUNS))))
          .withMessageStartingWith("device cuda:0: /models/net.onnx: only 90 % of its time")
          .withMessageContaining("STFT (1 node, 8.0 %)")
          .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_FAILED));
    }
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("profile.json"), text);
  }
}
