package dev.stemfleet.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Where the nodes of a network ran and how long, in its last profiled run. Where several networks
/// are one model, their times are added.
///
/// @param operators per provider and kind, the longest first
public record NodeTimes(List<Operator> operators) {
  /// Nothing ran yet.
  public static final NodeTimes NONE = new NodeTimes(List.of());

  private static final ObjectReader EVENTS = JsonMapper.builder().build().readerFor(JsonNode.class);
  private static final String NODE = "_kernel_time";
  private static final String WHOLE_RUN = "model_run";
  private static final int OPERATORS_IN_A_LINE = 8;

  /// All nodes of one kind at one provider.
  ///
  /// @param provider as ONNX Runtime names it, for example `CUDAExecutionProvider`
  /// @param name of the operator, for example `Conv`
  public record Operator(String provider, String name, int nodes, long micros) {
    Operator plus(Operator other) {
      return new Operator(provider, name, nodes + other.nodes, micros + other.micros);
    }
  }

  public NodeTimes {
    operators =
        List.copyOf(
            operators.stream()
                .collect(
                    Collectors.toMap(
                        one -> one.provider() + " " + one.name(),
                        one -> one,
                        Operator::plus,
                        LinkedHashMap::new))
                .values()
                .stream()
                .sorted(Comparator.comparingLong(Operator::micros).reversed())
                .toList());
  }

  /// Reads a profile of ONNX Runtime: a JSON list of events. Earlier runs, which prepare the
  /// device, do not count.
  ///
  /// @throws IOException if it cannot be read, or holds no whole run
  static NodeTimes read(Path profile) throws IOException {
    List<Operator> running = new ArrayList<>();
    List<Operator> last = List.of();
    try (MappingIterator<JsonNode> events = EVENTS.readValues(profile.toFile())) {
      while (events.hasNext()) {
        JsonNode event = events.next();
        String name = event.path("name").asText();
        if (event.path("cat").asText().equals("Node") && name.endsWith(NODE)) {
          running.add(operator(event));
        } else if (name.equals(WHOLE_RUN)) {
          // Written when the run has ended, after its nodes.
          last = running;
          running = new ArrayList<>();
        }
      }
    }
    if (last.isEmpty()) {
      throw new IOException(profile + " holds no run of a network");
    }
    return new NodeTimes(last);
  }

  NodeTimes plus(NodeTimes other) {
    List<Operator> all = new ArrayList<>(operators);
    all.addAll(other.operators);
    return new NodeTimes(all);
  }

  /// Share of all node time that was spent on a kind of device, 0…1.
  public double shareOn(Device device) {
    long all = micros(operators);
    return all == 0 ? 0 : (double) micros(on(provider(device))) / all;
  }

  /// Operators that ran on the processor, the longest first.
  public List<Operator> onProcessor() {
    return on(provider(new Device.Cpu()));
  }

  /// `STFT (2 nodes, 35.1 %), Shape (4 nodes, 0.2 %)`, or `none`.
  String processorText() {
    long all = Math.max(1, micros(operators));
    List<Operator> here = onProcessor();
    String text =
        here.stream()
            .limit(OPERATORS_IN_A_LINE)
            .map(one -> text(one, all))
            .collect(Collectors.joining(", "));
    int more = here.size() - OPERATORS_IN_A_LINE;
    return here.isEmpty() ? "none" : more > 0 ? text + ", %d more".formatted(more) : text;
  }

  private static String text(Operator one, long all) {
    return String.format(
        Locale.ROOT,
        "%s (%d %s, %.1f %%)",
        one.name(),
        one.nodes(),
        one.nodes() == 1 ? "node" : "nodes",
        100.0 * one.micros() / all);
  }

  private List<Operator> on(String provider) {
    return operators.stream().filter(one -> one.provider().equals(provider)).toList();
  }

  private static long micros(List<Operator> operators) {
    return operators.stream().mapToLong(Operator::micros).sum();
  }

  private static Operator operator(JsonNode event) {
    JsonNode about = event.path("args");
    return new Operator(
        about.path("provider").asText("unknown"),
        about.path("op_name").asText("unknown"),
        1,
        event.path("dur").asLong());
  }

  private static String provider(Device device) {
    return switch (device) {
      case Device.Cpu() -> "CPUExecutionProvider";
      case Device.Cuda _ -> "CUDAExecutionProvider";
    };
  }
}
